"""One import: how far it is while it is written, what became of it, its bad rows, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.imports import failing, jobs
from leadline.imports.drafts import working
from leadline.imports.gathering import EXAMPLES, gathered
from leadline.imports.models import Draft, Import, State
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.imports import words
from leadline.web.imports.finding import import_of, may_import
from leadline.web.imports.landing import go_there_next, landing
from leadline.web.imports.outcome import of_counts
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.naming import attached

PAGE, PART = "imports/import.html", "imports/_import.html"
PROBLEMS = 200
UNDER_WAY = (State.PLANNED, State.WRITING, State.UNDOING)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an import; it asks for itself anew until the import has come to its end."""
    arrival = import_of(request, pk)
    draft = Draft.objects.filter(arrival=arrival, by=reader_of(request)).first()
    if arrival.state == State.PLANNED and (draft is None or not working.at_work(draft)):
        if draft is None:
            raise Http404
        return redirect("import_draft", draft.pk)  # it was never begun
    return shown(request, arrival)


def shown(request: HttpRequest, arrival: Import) -> HttpResponse:
    """The page or the part of it that asked."""
    return page(request, PAGE, PART, context(request, arrival))


def context(request: HttpRequest, arrival: Import) -> dict[str, Any]:
    """What the templates need."""
    user = reader_of(request)
    mine = arrival.by_id == user.pk
    draft = Draft.objects.filter(arrival=arrival, by=user).first()
    pipeline = landing(arrival, user) if arrival.state == State.DONE else None
    if pipeline and mine:
        go_there_next(request, arrival, pipeline)
    return {
        "pipeline": pipeline,
        "arrival": arrival,
        "under_way": arrival.state in UNDER_WAY,
        "percent": min(99, round(100 * arrival.written / arrival.total)) if arrival.total else 0,
        "left": seconds_left(arrival),
        "outcome": of_counts(arrival.counts, arrival.notes) if arrival.counts else None,
        "problems": problems(arrival),
        "bad_tables": list(
            arrival.failures.filter(fatal=True).values_list("file", flat=True).order_by("file").distinct()
        ),
        "again": draft,
        "may_undo": arrival.can_be_taken_back and (mine or user.is_administrator) and may_import(user),
        "may_stop": arrival.state in (State.PLANNED, State.WRITING) and (mine or user.is_administrator),
        "may_import": may_import(user),
        "words": words,
    }


def bad_tables(arrival: Import) -> list[str]:
    """The tables of which rows did not come in."""
    rows = arrival.failures.filter(fatal=True, row__gt=0)
    return list(rows.values_list("file", flat=True).order_by("file").distinct())


def seconds_left(arrival: Import) -> int | None:
    """How long the rest takes at the pace so far; None while that cannot be told."""
    if arrival.state != State.WRITING or arrival.started_at is None or not arrival.written:
        return None
    spent = (timezone.now() - arrival.started_at).total_seconds()
    return round(spent / arrival.written * max(0, arrival.total - arrival.written)) if spent > 2 else None


def problems(arrival: Import) -> list[dict[str, Any]]:
    """What was wrong, by kind: what kept rows out first, the most frequent first, with the first rows of each."""
    kinds = arrival.failures.values("file", "column", "reason", "mend", "fatal")
    counted = kinds.annotate(count=Count("row", distinct=True), last=Max("pk"))
    found: list[dict[str, Any]] = []
    for kind in counted.order_by("-fatal", "-count", "last")[:PROBLEMS]:
        same = {name: value for name, value in kind.items() if name not in ("count", "last")}
        rows = arrival.failures.filter(**same).order_by("row", "pk").values("row", "value")
        found.append({**same, "count": kind["count"], "rows": list(rows[:EXAMPLES])})
    return gathered(found)


@require_safe
def bad_rows(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """The rows of one table (`?table=`, else the first) that did not come in, as they stood, with reason and mend."""
    arrival = import_of(request, pk)
    wanted = request.GET.get("table", "")
    for label, lines in failing.tables(arrival):
        if wanted in ("", label):
            name = f"{Path(label.partition('[')[0]).stem}-to-mend.csv"
            response = StreamingHttpResponse(
                csv_lines(lines[0], iter(lines[1:])), content_type="text/csv; charset=utf-8"
            )
            response.headers["Content-Disposition"] = attached(name)
            return response
    raise Http404


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the writer to stop: it takes back what it has written. One that is done already is not touched."""
    arrival = import_of(request, pk)
    if arrival.state in (State.PLANNED, State.WRITING):
        jobs.cancel(arrival)
    return again(request, arrival)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the whole import back, in the background. Raises ValidationError where it is not one that can be."""
    arrival = import_of(request, pk)
    if not may_import(reader_of(request)) or not arrival.can_be_taken_back:
        raise ValidationError(_("Only an import that is done can be undone."))
    jobs.undo(arrival).join(0.7)
    return again(request, arrival)


def again(request: HttpRequest, arrival: Import) -> HttpResponse:
    """The part anew, or the page for those who have no script."""
    arrival.refresh_from_db()
    if request.headers.get("HX-Request"):
        return shown(request, arrival)
    return redirect(reverse("import", args=[arrival.pk]))
