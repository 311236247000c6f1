"""What one does to an activity: tick it off, say what came of it, plan the next one, change it, throw it away."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.activities.models import Activity, Outcome
from leadline.history.numbers import number_of
from leadline.history.once import known, marked
from leadline.history.writing import locked, writing
from leadline.web.activities import composing, due
from leadline.web.frame.doing import doer, reader_of
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import row_of


@require_POST
def activity_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Ticked off, or to be done again. With `after` the answer is {"after": the line that asks what came of it}."""
    row, by = row_of(request, Activity, pk), doer(request)
    if request.POST.get("done", "1") == "1":
        row.complete(by=by, outcome=request.POST.get("outcome", "").strip())
        said = {"after": _after(request, row)} if request.POST.get("after") else None
        return answer(request, by, _("%(what)s done.") % {"what": row}, row.guarded_by(), row, said=said)
    row.reopen(by=by)
    return answer(request, by, _("%(what)s is to be done again.") % {"what": row}, row.guarded_by(), row)


@require_POST
def activity_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it: `outcome` is one of the company's list; none takes it off again."""
    row, by = row_of(request, Activity, pk), doer(request)
    word = request.POST.get("outcome", "")
    found = Outcome.objects.kept().filter(pk=number_of(word) or 0).first() if word else None
    if word and found is None:
        raise ValidationError({"outcome": _("Choose one of the list.")})
    row.edit(by=by, outcome=found.name if found else "")
    text = _("%(what)s: %(outcome)s.") % {"what": row, "outcome": found or _("no outcome")}
    return answer(request, by, text, row.guarded_by(), row)


@require_POST
def activity_next(request: HttpRequest, pk: int) -> HttpResponse:
    """What is next, in one line (`subject`), on the same record with the same people; once for each `mark`."""
    row, by = row_of(request, Activity, pk), doer(request)
    if mark := request.POST.get("mark", ""):
        by = marked(by, f"next-{row.pk}-{by.id}-{mark}")
    following = composing.planned_after(row, request.POST, reader_of(request))
    with writing():
        list(locked(Activity.objects.filter(pk=row.pk)))  # what is sent twice at once waits here for itself
        before = known(by, Activity.ENTITY)
        following = Activity.objects.get(pk=before) if before else following.add(by=by)
    return answer(request, by, composing.added(following), following.guarded_by(), following)


@require_POST
def activity_trash(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = row_of(request, Activity, pk), doer(request)
    row.trash(by=by)
    return answer(request, by, _("%(what)s deleted.") % {"what": row}, row.guarded_by(), row)


def _after(request: HttpRequest, row: Activity) -> str:
    """One line below the row that was ticked: what came of it, and what is next."""
    on = next((f"{kind}-{pk}" for kind in composing.ON if (pk := getattr(row, f"{kind}_id"))), "")
    context = {
        "activity": row,
        "on": on,
        "outcomes": list(Outcome.objects.kept()),
        "following": _following(row),
        "mark": uuid.uuid4(),
    }
    return render_to_string("activities/_after.html", context, request)


def _following(row: Activity) -> str:
    """When it comes again, in words; "" for what does not."""
    if not row.series:
        return ""
    rows = Activity.objects.planned().filter(series=row.series, occurrence__gt=row.occurrence)
    following = rows.first()
    return due.when(following) if following else ""
