"""What came by the doors: its state, what was given, which lead came of it; let in, tried again, thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import may, refusal
from leadline.crm.doors import refuse, release, retry
from leadline.crm.intake import counts, make_now, said_of
from leadline.crm.models import Arrival, ArrivalState, Door, Lead
from leadline.crm.models.door_shape import OURS, WHENCE
from leadline.history.numbers import number_of
from leadline.web.frame.doing import done, reader_of
from leadline.web.frame.refusals import by_field, by_script
from leadline.web.settings.changing import NOTHING_WRONG, Wrong
from leadline.web.settings.doors.acts import door_of
from leadline.web.settings.doors.entrance import paths_in
from leadline.web.settings.doors.words import STATES
from leadline.web.settings.frame import draw

PAGE = 50
LONGEST = 2000  # characters of one answer that the page shows
DEEDS = {"release": release, "retry": retry, "refuse": refuse}
NAMES = ("person", "email", "organization", "phone")  # whose arrival it is, the first that says it


@dataclass(frozen=True)
class Shown:
    """An arrival as a row: `who` it is of, `given` and `whence` as (word, text), the lead if the reader may see it."""

    arrival: Arrival
    who: str
    given: list[tuple[str, str]]
    whence: list[tuple[str, str]]
    why: str
    lead: Lead | None
    test: bool


@require_safe
def arrivals(request: HttpRequest) -> HttpResponse:
    return draw_arrivals(request)


@require_safe
def door_arrivals(request: HttpRequest, pk: int) -> HttpResponse:
    return draw_arrivals(request, door=door_of(pk))


@require_POST
def arrival_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` is release, retry or refuse; what waits then becomes a lead at once, so that the row says what it became."""
    _require(request)
    found = get_object_or_404(Arrival.objects.filter(door__deleted_at=None).select_related("door"), pk=pk)
    do = request.POST.get("do", "")
    door = found.door if request.POST.get("door") == str(found.door_id) else None

    by = reader_of(request).via("web")  # without an act: an arrival has no log to be taken back by, but another button
    try:
        said = _judged(found, do, by)
    except ValidationError as error:
        return draw_arrivals(request, Wrong("arrival", {}, by_field(error)), 422, door=door)
    if by_script(request):
        return done(draw_arrivals(request, door=door), by, said)
    messages.success(request, said)
    return redirect(_address(door, request.POST.get("state", "")))


def _judged(found: Arrival, do: str, by: Actor) -> str:
    """What was done, in words."""
    if do not in DEEDS:
        raise ValidationError(_("Choose what to do with it."))
    DEEDS[do](found, by=by)
    if do == "refuse":
        return _("Thrown away. It stays here, and can be let in after all.")
    make_now(found.pk)
    found.refresh_from_db()
    return f"{ {str(state): word for state, word, _icon in STATES}[found.state] }."


def draw_arrivals(
    request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200, *, door: Door | None = None
) -> HttpResponse:
    _require(request)
    asked = request.POST if request.method == "POST" else request.GET
    state = asked.get("state", "")
    state = state if state in ArrivalState.values else ""
    rows = Arrival.objects.filter(door__deleted_at=None).select_related("door").order_by("-pk")
    rows = rows.filter(**({"door": door} if door else {}), **({"state": state} if state else {}))
    if (before := number_of(asked.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    counted = counts(door)
    context: dict[str, Any] = {
        "door": door,
        "here": _address(door, state),
        "state": state,
        "states": [("", _("All"), "", counted.came, _address(door, ""))]
        + [(str(s), word, icon, getattr(counted, str(s)), _address(door, str(s))) for s, word, icon in STATES],
        "words": {str(s): word for s, word, _icon in STATES},
        "icons": {str(s): icon for s, _word, icon in STATES},
        "rows": _shown(request, page[:PAGE]),
        "older": f"{_address(door, state, before=page[PAGE - 1].pk)}" if len(page) > PAGE else "",
        "before": asked.get("before", ""),
        "wrong": wrong,
    }
    return draw(request, "settings/doors/arrivals.html", context, part="settings/doors/_arrivals.html", status=status)


def _shown(request: HttpRequest, page: list[Arrival]) -> list[Shown]:
    wanted = {arrival.lead_id for arrival in page if arrival.lead_id}
    leads = Lead.objects.visible_to(reader_of(request)).in_bulk(wanted)
    return [_row(arrival, leads) for arrival in page]


def _row(arrival: Arrival, leads: dict[int, Lead]) -> Shown:
    words = {field["name"]: field["word"] for field in arrival.door.fields}
    flat = dict(paths_in(arrival.given))
    named = {place: flat.get(path, "") for path, place in arrival.door.mapping.items()} | flat
    consent = arrival.origin.get("consent") if isinstance(arrival.origin.get("consent"), dict) else {}
    whence = [(_WHENCE[name], str(arrival.origin[name])) for name in WHENCE if arrival.origin.get(name)]
    if consent and consent.get("text"):
        whence.append((_("Agreed to"), str(consent["text"])))
    return Shown(
        arrival,
        next((named[name] for name in NAMES if named.get(name)), _("Nobody named")),
        [(words.get(path) or _ours(path), text[:LONGEST]) for path, text in flat.items() if text],
        whence,
        said_of(arrival),
        leads.get(arrival.lead_id or 0),
        bool(arrival.origin.get("test")),
    )


def _ours(path: str) -> str:
    return str(OURS[path][0]) if path in OURS else path


def _address(door: Door | None, state: str, **more: Any) -> str:
    asked = {**({"state": state} if state else {}), **more}
    here = reverse("door_arrivals", args=[door.pk]) if door else reverse("arrivals")
    return f"{here}?{urlencode(asked)}" if asked else here


_WHENCE = {
    "page": _("Page"),
    "referrer": _("Came there from"),
    **{name: name for name in WHENCE if name.startswith("utm_")},
}


def _require(request: HttpRequest) -> None:
    """What people have sent is read by those who keep the forms."""
    if not may(reader_of(request), "change", Door()):
        raise PermissionDenied(refusal("change", Door.ENTITY))
