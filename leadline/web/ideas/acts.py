"""Ideas are added, contacted, and given a floor. Each act answers with the page's part anew."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, User
from leadline.activities.ideas import contacted, set_floor
from leadline.activities.models import Activity
from leadline.activities.ten.marking import MOST_SUBJECT, type_for
from leadline.crm.models import Lead
from leadline.history.numbers import number_of
from leadline.history.writing import locked, writing
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.refusals import by_script
from leadline.web.ideas.adding import Held
from leadline.web.ideas.adding import add as add_lines
from leadline.web.ideas.lines import read, read_one
from leadline.web.ideas.showing import PART, surroundings
from leadline.web.records.finding import find_kept
from leadline.web.today.whose import day_of

MOST_FLOOR = 1000


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """`lines`: one idea each; or several `line`, with `anyway` where they are known and wanted all the same."""
    user, by = reader_of(request), doer(request)
    if user.role == Role.READER:
        raise PermissionDenied(_("You may not add leads."))
    lines = read(request.POST.get("lines", "")) + [read_one(raw) for raw in request.POST.getlist("line") if raw.strip()]
    if not lines:
        raise ValidationError(_("Write a line: name, organization, e-mail address."))
    with writing():
        list(locked(User.objects.filter(pk=user.pk)))  # the same lines sent twice at once: the second finds them there
        added, held = add_lines(lines, user, by, anyway=bool(request.POST.get("anyway")))
    text = ngettext("%(count)s idea added.", "%(count)s ideas added.", len(added)) % {"count": len(added)}
    return _answer(request, by, text if added else "", held)


@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The first touch, just now: a done e-mail, or a call where there is only a phone."""
    lead, by = find_kept(Lead, request, pk), doer(request)
    first = Activity(
        type=type_for(lead.person),
        subject=(_("First contact with %(lead)s") % {"lead": lead})[:MOST_SUBJECT],
        owner=reader_of(request),
        lead=lead,
        person=lead.person,
        organization=lead.organization,
        done_at=timezone.now(),
    )
    with writing():
        list(locked(Lead.objects.filter(pk=pk)))  # a double click waits here for itself
        late = Lead.objects.filter(contacted(), pk=pk).exists()
        if not late:
            first.add(by=by)
    if late:
        text = _("Somebody has been in touch about %(lead)s already.") % {"lead": lead}
        return _answer(request, reader_of(request).via("web"), text)
    return _answer(request, by, _("First contact with %(lead)s logged.") % {"lead": lead})


@require_POST
def floor(request: HttpRequest) -> HttpResponse:
    """How many ideas one wants to have at least; 0 for no warning."""
    wanted = number_of(request.POST.get("floor", ""))
    if wanted is None or wanted > MOST_FLOOR:
        raise ValidationError({"floor": _("Write a number from 0 to %(most)s.") % {"most": MOST_FLOOR}})
    set_floor(reader_of(request), wanted)
    return _answer(request, reader_of(request).via("web"), _("Your floor is %(floor)s ideas.") % {"floor": wanted})


def _answer(request: HttpRequest, by: Actor, text: str, held: list[Held] | None = None) -> HttpResponse:
    """To a script the part of the page; to a form the way back, and the whole page where lines were held back."""
    context = surroundings(day_of(request), {}, held)
    if by_script(request):
        return done(render(request, PART, context), by, text)
    if text:
        messages.success(request, text)
    return render(request, "ideas/ideas.html", context) if held else HttpResponseRedirect(reverse("ideas"))
