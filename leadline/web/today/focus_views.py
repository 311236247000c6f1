"""The page of focus, and what one does there: done, skip."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.activities.models import Activity, Outcome
from leadline.history.numbers import number_of
from leadline.history.writing import writing
from leadline.web.activities import composing
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.refusals import by_script
from leadline.web.records.answering import did
from leadline.web.timeline.finding import row_of
from leadline.web.today import focusing
from leadline.web.today.ending import ending
from leadline.web.today.whose import own_day


@require_safe
def today_focus(request: HttpRequest) -> HttpResponse:
    """The one thing to do now; when nothing is left, what was done today and what could be next."""
    day = own_day(request)
    found = focusing.focus(request, day)
    more = focusing.surroundings(found, day) if found.row else ending(day)
    context = {"day": day, "focus": found, **more}
    return page(request, "today/focus.html", "today/_focus.html", context)


@require_POST
def focus_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, with what came of it (`outcome`), a `note`, and what is next in one line (`subject`): one act, one undo."""
    row, by = row_of(request, Activity, pk), doer(request)
    outcome, note = _outcome(request), request.POST.get("note", "").strip()
    with writing():
        if note:
            row.edit(by=by, note="\n\n".join(filter(None, (row.note.strip(), note))))
        row.complete(by=by, outcome=outcome)
        following = _next(request, row, by)
    text = _("%(what)s done.") % {"what": row}
    return _on(request, by, f"{text} {_('Next: %(what)s.') % {'what': following}}" if following else text, row)


@require_POST
def focus_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """To the end of the line, or `back` to its place; nothing of it is changed."""
    row = row_of(request, Activity, pk)
    put = focusing.unskip if request.POST.get("back") else focusing.skip
    put(request, own_day(request), row.pk)
    return HttpResponse(status=204) if by_script(request) else redirect("today_focus")


def _outcome(request: HttpRequest) -> str:
    asked = request.POST.get("outcome", "")
    if not asked:
        return ""
    found: Any = Outcome.objects.kept().filter(pk=number_of(asked) or 0).first()
    if found is None:
        raise ValidationError({"outcome": _("Choose one of the list.")})
    return str(found.name)


def _next(request: HttpRequest, row: Activity, by: Actor) -> Activity | None:
    """The activity that follows, where a line says one."""
    if not request.POST.get("subject", "").strip():
        return None
    return composing.planned_after(row, request.POST, reader_of(request)).add(by=by)


def _on(request: HttpRequest, by: Actor, text: str, row: Activity) -> HttpResponse:
    return did(request, by, text, reverse("today_focus"), kind="activity", id=row.pk)
