"""A new form or webhook, a copy, closing and opening, deleting, another secret, a test."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import may, refusal
from leadline.crm.doors import add_form, add_hook, copy, rotate
from leadline.crm.doors.trying import send_test
from leadline.crm.models import Door, DoorKind
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.refusals import by_field, by_script
from leadline.web.settings.changing import Wrong, act
from leadline.web.settings.doors.entrance import sample_of
from leadline.web.settings.doors.listing import draw_doors

SHOWN_ONCE = "door_secret"  # in the session: the webhook whose secret its page shows this once


@require_POST
def door_add(request: HttpRequest) -> HttpResponse:
    """Then its page, which shows a webhook's secret this once."""
    by, hook = doer(request), request.POST.get("kind") == DoorKind.HOOK
    name = request.POST.get("name", "")
    try:
        door = (add_hook if hook else add_form)(name, by=by)
    except ValidationError as error:
        place = "add-hook" if hook else "add-form"
        return draw_doors(request, Wrong(place, request.POST.dict(), by_field(error)), 422)
    if hook:
        request.session[SHOWN_ONCE] = door.pk
    return _go(request, door)


@require_POST
def door_copy(request: HttpRequest, pk: int) -> HttpResponse:
    door = door_of(pk)
    name = free_name(_("%(name)s, copy") % {"name": door})
    made = copy(door, name, by=doer(request))
    if made.kind == DoorKind.HOOK:
        request.session[SHOWN_ONCE] = made.pk
    return _go(request, made)


@require_POST
def door_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed: its page says so, and nothing comes in; opened again under the same address."""
    door = door_of(pk)

    def deed(by: Actor) -> str:
        door.edit(by=by, active=request.POST.get("active") == "yes")
        return (_("%(name)s is open.") if door.active else _("%(name)s is closed.")) % {"name": door}

    return _act(request, deed)


@require_POST
def door_delete(request: HttpRequest, pk: int) -> HttpResponse:
    door = door_of(pk)

    def deed(by: Actor) -> str:
        door.trash(by=by)
        return _("%(name)s deleted.") % {"name": door}

    return _act(request, deed)


@require_POST
def door_restore(request: HttpRequest, pk: int) -> HttpResponse:
    door = get_object_or_404(Door.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        with writing():
            door.restore(by=by)
        return _("%(name)s restored.") % {"name": door}

    return _act(request, deed)


@require_POST
def door_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Another secret; the page shows it this once."""
    door = door_of(pk, kind=DoorKind.HOOK)
    rotate(door, by=doer(request))
    request.session[SHOWN_ONCE] = door.pk
    messages.success(request, _("Another secret is made. It is shown this once."))
    return redirect("door", pk)


@require_POST
def door_test(request: HttpRequest, pk: int) -> HttpResponse:
    """A sample by the door as if it had come from outside; then what came of it."""
    door = door_of(pk)
    if not may(reader_of(request), "change", door):
        raise PermissionDenied(refusal("change", Door.ENTITY))
    try:
        send_test(door, sample_of(door), by=doer(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("door", pk)
    messages.success(request, _("A test came by %(name)s.") % {"name": door})
    return redirect("door_arrivals", pk)


def door_of(pk: int, **more: str) -> Door:
    row: Door = get_object_or_404(Door.objects.kept().select_related("source", "campaign", "owner"), pk=pk, **more)
    return row


def _go(request: HttpRequest, door: Door) -> HttpResponse:
    """To the page of a door that was just made; js/rows.js goes there itself."""
    to = reverse("door", args=[door.pk])
    return HttpResponse(status=204, headers={"HX-Redirect": to}) if by_script(request) else redirect(to)


def free_name(name: str) -> str:
    """The name itself, or with the first number that makes it another."""
    taken = {other.casefold() for other in Door.objects.kept().values_list("name", flat=True)}
    names = (name if at == 1 else f"{name} {at}" for at in range(1, len(taken) + 2))
    return next(one for one in names if one.casefold() not in taken)


def _act(request: HttpRequest, deed: Callable[[Actor], str]) -> HttpResponse:
    back = request.POST.get("back", "")
    return act(
        request, deed, draw_doors, back=back if back.startswith("/settings/forms/") else reverse("doors"), place="act"
    )
