"""One form or webhook: what it asks and says, where its leads go; saved as a whole, seen before it is."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.models import Role, User
from leadline.accounts.permissions import may, refusal
from leadline.crm.doors import counts_of, old_holds_until
from leadline.crm.intake import secret_of
from leadline.crm.models import Arrival, Campaign, Door, DoorKind, LeadStage, Source
from leadline.crm.models.door_shape import FONTS, SCHEMES, SIZES, FieldKind
from leadline.crm.naming import require_new
from leadline.history.expecting import Conflict
from leadline.history.models import Change
from leadline.history.numbers import number_of
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.policy import POLICY
from leadline.web.frame.refusals import by_field
from leadline.web.records.answering import did
from leadline.web.settings.doors.acts import SHOWN_ONCE, door_of
from leadline.web.settings.doors.entrance import address_of, curl, guessed, paths_in
from leadline.web.settings.doors.places import grouped, shown_as
from leadline.web.settings.doors.typed import HOUSE, Draft, shown, typed
from leadline.web.settings.doors.words import FONT_WORDS, SCHEME_WORDS, SIZE_WORDS
from leadline.web.settings.frame import draw


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: int) -> HttpResponse:
    found = door_of(pk)
    _require(request, found)
    return _saved(request, found) if request.method == "POST" else _draw(request, shown(found), found)


@require_POST
def door_typed(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with a row more, less, or elsewhere; nothing is kept."""
    found = door_of(pk)
    _require(request, found)
    draft = typed(request.POST)
    if request.POST.get("do") == "read":
        _read_example(draft, request.POST.get("example", ""))
    return _draw(request, draft, found, status=422 if draft.wrong else 200)


def _read_example(draft: Draft, text: str) -> None:
    """What an example names and nothing maps yet, each with the place it most likely goes to."""
    try:
        sent = json.loads(text)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        draft.wrong = {"example": [_("This is no JSON object. It begins with { and ends with }.")]}
        return
    mapped, taken = {row["path"] for row in draft.mapping}, {row["place"] for row in draft.mapping}
    for path, _value in paths_in(sent):
        if path not in mapped:
            place = guessed(path)
            draft.mapping.append({"path": path, "place": "" if place in taken else place, "name": ""})
            taken.add(place)


def _saved(request: HttpRequest, found: Door) -> HttpResponse:
    draft, by = typed(request.POST), doer(request)
    try:
        with writing():
            require_new(found, draft.name)
            _expect_mine(request, found)
            found.edit(by=by, **draft.values(found))
    except ValidationError as error:
        draft.wrong = by_field(error)
        return _draw(request, draft, found, status=409 if isinstance(error, Conflict) else 422)
    here = reverse("door", args=[found.pk])
    return did(request, by, _("%(name)s is saved.") % {"name": found}, here, go=here)


def _expect_mine(request: HttpRequest, found: Door) -> None:
    """Raises ValidationError where it was changed since the page was drawn: a whole form would write over it."""
    seen = number_of(request.POST.get("seen", ""))
    if seen is not None and seen < last_change(found):
        raise ValidationError(_("Somebody has changed it meanwhile. Load the page to see it as it is now."))


def last_change(found: Door) -> int:
    """The number of its last change."""
    rows = Change.objects.filter(entity=Door.ENTITY, record_id=found.pk).order_by("-id").values_list("pk", flat=True)
    return rows.first() or 0


def _draw(request: HttpRequest, draft: Draft, found: Door, status: int = 200) -> HttpResponse:
    hook = found.kind == DoorKind.HOOK
    counts, last = counts_of([found])[found.pk]
    context: dict[str, Any] = {
        "door": found,
        "draft": draft,
        "hook": hook,
        "seen": request.POST.get("seen") or last_change(found),
        "address": address_of(request, found),
        "counts": counts,
        "last": last,
        "groups": grouped(),
        "kinds": FieldKind.choices,
        "stages": [(value, word) for value, word in LeadStage.choices if value != LeadStage.SAL],
        "sources": list(Source.objects.kept()),
        "campaigns": list(Campaign.objects.kept().select_related("source").order_by("source__name", "name")),
        "people": _people(draft.owner_id),
        **(_of_hook(request, found) if hook else _of_form(request, found)),
    }
    part = "settings/doors/_hook.html" if hook else "settings/doors/_form.html"
    response = draw(request, "settings/doors/door.html", context, part=part, status=status)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"  # the preview
    return response


def _of_form(request: HttpRequest, found: Door) -> dict[str, Any]:
    script = request.build_absolute_uri(reverse("door_embed", args=[found.token]))
    return {
        "embed": f'<script src="{script}" async></script>',
        "house": HOUSE,
        "schemes": [(name, SCHEME_WORDS[name]) for name in SCHEMES],
        "fonts": [(name, FONT_WORDS[name]) for name in FONTS],
        "sizes": [(name, SIZE_WORDS[name]) for name in SIZES],
    }


def _of_hook(request: HttpRequest, found: Door) -> dict[str, Any]:
    fresh = request.session.get(SHOWN_ONCE) == found.pk and request.method != "POST"
    if fresh:
        del request.session[SHOWN_ONCE]
    newest = Arrival.objects.filter(door=found).order_by("-pk").first()
    return {
        "secret": secret_of(found) if fresh else "",
        "old_until": old_holds_until(found, timezone.now()),
        "curl": curl(address_of(request, found), found),
        "came": dict(paths_in(newest.given)) if newest else {},
        "example": request.POST.get("example", ""),
        "shown_as": shown_as,
    }


def _people(owner_id: int | None) -> list[User]:
    people = list(User.objects.who_may_own().exclude(role=Role.READER))
    if owner_id and owner_id not in {user.pk for user in people}:
        people += User.objects.filter(pk=owner_id)
    return people


def _require(request: HttpRequest, found: Door) -> None:
    """For those who may change forms: others see them in the list."""
    if not may(reader_of(request), "change", found):
        raise PermissionDenied(refusal("change", Door.ENTITY))
