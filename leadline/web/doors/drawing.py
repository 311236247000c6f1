"""A form as it is looked at. Its page is drawn once for each state of its door; each reader's own parts are put in."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from leadline.crm.models import Door
from leadline.crm.models.door_shape import TEXTS, WHENCE, origin_of
from leadline.web.doors.answering import closed
from leadline.web.doors.filling import Filled
from leadline.web.doors.theming import sheet

SEAL, WHENCE_HERE = "@@seal@@", "<!--whence-->"  # what stands in a drawn page for each reader's own
AUTOCOMPLETE = {
    "person": "name",
    "first_name": "given-name",
    "last_name": "family-name",
    "email": "email",
    "phone": "tel",
    "organization": "organization",
    "website": "url",
    "job_title": "organization-title",
}
TYPES = {"email": "email", "phone": "tel", "url": "text", "number": "text", "date": "date", "text": "text"}
MODES = {"number": "decimal", "url": "url"}
EMBED_JS = (Path(__file__).resolve().parent.parent / "static" / "js" / "door-embed.js").read_text()


def form_page(request: HttpRequest, door: Door, sealed: str, filled: Filled | None = None) -> HttpResponse:
    """The form, empty; or as it was filled in, with what is wrong (422)."""
    embedded = is_embedded(request)
    html = _drawn(door, embedded) if filled is None else draw(door, embedded, filled)
    html = html.replace(SEAL, escape(sealed)).replace(WHENCE_HERE, _whence(request, embedded))
    return guarded(HttpResponse(html, status=422 if filled else 200), door)


def thanks_page(request: HttpRequest, door: Door) -> HttpResponse:
    """After it was sent."""
    return guarded(HttpResponse(_page("doors/thanks.html", door, is_embedded(request))), door)


def closed_page(request: HttpRequest, door: Door) -> HttpResponse:
    """A form that takes nothing any more."""
    return guarded(HttpResponse(_page("doors/closed.html", door, is_embedded(request)), status=410), door)


def draw(door: Door, embedded: bool, filled: Filled | None) -> str:
    """The form's page with places for each reader's own; also for a preview of what is not kept yet."""
    return _page("doors/form.html", door, embedded, filled=filled or Filled())


def is_embedded(request: HttpRequest) -> bool:
    return bool(request.GET.get("embed") or request.POST.get("_embed"))


def guarded(response: HttpResponse, door: Door) -> HttpResponse:
    """May stand in frames of the door's sites, and lead nowhere but here and to where its thanks lead."""
    go_to = origin_of(door.texts.get("go_to", ""))
    frames = " ".join(["'self'", *door.origins]) if door.origins else "*"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        f"form-action 'self'{' ' + go_to if go_to else ''}; frame-ancestors {frames}"
    )
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return closed(response)


def theme_of(door: Door) -> tuple[str, str]:
    """(the style sheet, a word that changes with it)."""
    css = sheet(door.theme)
    return css, hashlib.sha256(css.encode()).hexdigest()[:12]


def _drawn(door: Door, embedded: bool) -> str:
    shown = (door.name, door.token, repr(door.fields), repr(door.texts), repr(door.theme), door.consent)
    return _drawn_once(Looks(door, (*shown, door.consent_required, embedded)))


class Looks:
    """A door with what its page depends on: equal where the pages are."""

    def __init__(self, door: Door, key: tuple[Any, ...]) -> None:
        self.door, self.key = door, key

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Looks) and self.key == other.key


@lru_cache(64)
def _drawn_once(looks: Looks) -> str:
    return draw(looks.door, looks.key[-1], None)


def _page(template: str, door: Door, embedded: bool, **more: Any) -> str:
    context = {
        "door": door,
        "texts": dict.fromkeys(TEXTS, "") | door.texts,
        "embedded": embedded,
        "theme_word": theme_of(door)[1],
        "seal": SEAL,
        "autocomplete": AUTOCOMPLETE,
        "types": TYPES,
        "modes": MODES,
        **more,
    }
    return render_to_string(template, context)


def _whence(request: HttpRequest, embedded: bool) -> str:
    """Hidden fields: where the reader came from; in a frame as its address says it, where the script has put it."""
    source = request.POST if request.method == "POST" else request.GET
    said = {name: source.get(f"_{name}" if request.method == "POST" else name, "") for name in WHENCE}
    if request.method != "POST" and not embedded:
        said["page"] = request.build_absolute_uri(request.path)
        said["referrer"] = _elsewhere(request)
    return "".join(
        f'<input type="hidden" name="_{name}" value="{escape(text[:500])}">' for name, text in said.items() if text
    )


def _elsewhere(request: HttpRequest) -> str:
    """The page that led here, if it was not one of ours."""
    referrer = request.headers.get("Referer", "")
    try:
        return "" if urlsplit(referrer).netloc == request.get_host() else referrer
    except ValueError:
        return ""
