"""A key on a card: written, answered, skipped; and the list is filled up. Each answers with the page's part anew."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role
from leadline.activities.models import Answer, TenEntry
from leadline.activities.ten import fill_up, marking
from leadline.activities.ten.listing import kept
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.refusals import by_script
from leadline.web.ten.showing import PART, surroundings
from leadline.web.ten.words import opening_of
from leadline.web.today.whose import day_of

ANSWERS = {one.value for one in Answer}
WRITTEN, SKIPPED = "written", "skipped"


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """`act` is written, skipped, or what came back; `opening` the words that were used. Raises Http404 for others'."""
    entry, by = own(request, pk), doer(request)
    act = request.POST.get("act", "")
    opening = opening_of(entry, reader_of(request), request.POST.get("opening", ""))
    name = str(entry)
    if act == SKIPPED:
        marking.skip(entry, by=by)
        text = _("%(name)s is skipped.") % {"name": name}
    elif act == WRITTEN:
        marking.write(entry, by=by, opening=opening)
        text = _("Note to %(name)s logged.") % {"name": name}
    elif act in ANSWERS:
        marking.mark(entry, Answer(act), by=by, opening=opening)
        text = _("%(name)s: %(answer)s.") % {"name": name, "answer": Answer(act).label}
    else:
        raise ValidationError(_("Say what became of the note."))
    return _answer(request, by, text)


@require_POST
def fill(request: HttpRequest) -> HttpResponse:
    """As many more as there is room for."""
    user, by = reader_of(request), doer(request)
    if user.role == Role.READER:
        raise PermissionDenied(_("Readers write to nobody."))
    day = day_of(request)
    before = sum(entry.skipped_at is None for entry in kept(user, day.date))
    after = sum(entry.skipped_at is None for entry in fill_up(user, day.date, by=by))
    text = (
        _("%(count)s more found.") % {"count": after - before} if after > before else _("The rules find nobody else.")
    )
    return _answer(request, by, text)


def own(request: HttpRequest, pk: int) -> TenEntry:
    """An entry of one's own list. Raises Http404; PermissionDenied of somebody's whom one leads: theirs to mark."""
    user = reader_of(request)
    found: TenEntry | None = TenEntry.objects.visible_to(user).kept().filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.owner_id != user.pk:
        raise PermissionDenied(_("This is somebody else's list, to read."))
    return found


def _answer(request: HttpRequest, by: Actor, text: str) -> HttpResponse:
    if not by_script(request):
        messages.success(request, text)
        return HttpResponseRedirect(reverse("ten"))
    return done(render(request, PART, surroundings(day_of(request))), by, text)
