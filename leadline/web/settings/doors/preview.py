"""The form as visitors will see it, drawn from what is typed and not kept yet; it sends nothing."""

from __future__ import annotations

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.permissions import may, refusal
from leadline.crm.models import Door, DoorKind
from leadline.crm.models.door_shape import checked, clean_theme
from leadline.web.doors import drawing
from leadline.web.doors.theming import sheet
from leadline.web.frame.doing import reader_of
from leadline.web.settings.doors.acts import door_of
from leadline.web.settings.doors.typed import THEME, shown, typed

# Nothing can be sent from it, and no script of it runs.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
def door_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: as typed; GET: as it is kept. What is wrong in it is said instead."""
    door = door_of(pk, kind=DoorKind.FORM)
    if not may(reader_of(request), "change", door):
        raise PermissionDenied(refusal("change", Door.ENTITY))
    draft = typed(request.POST) if request.method == "POST" else shown(door)
    try:
        for name, value in draft.values(door).items():
            setattr(door, name, value)
        door.active = True
        checked(door)
    except ValidationError as error:
        html = render_to_string("settings/doors/preview_wrong.html", {"wrong": error.messages})
        return _guarded(HttpResponse(html))
    return _guarded(HttpResponse(_themed(drawing.draw(door, True, None), door)))


@require_safe
def door_preview_theme(request: HttpRequest, pk: int) -> HttpResponse:
    """The look as it is typed, which stands in the address."""
    asked = {name: request.GET.get(name, "") for name in THEME}
    try:
        css = sheet(clean_theme(asked))
    except ValidationError:
        css = ""
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def _themed(html: str, door: Door) -> str:
    """With the style sheet of the theme as typed in place of the kept one, and without scripts."""
    here = f"{reverse('door_preview_theme', args=[door.pk])}?{urlencode(door.theme)}".replace("&", "&amp;")
    kept = re.escape(reverse("door_theme", args=[door.token]))
    return re.sub(kept + r'[^"]*', lambda _found: here, re.sub(r"<script[^>]*></script>", "", html))


def _guarded(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
