"""The notes behind a number: whom they went to, by which rule and opening, and what came back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.activities.models import Answer, TenEntry
from leadline.activities.ten.rates import BACK, notes_of, old_enough
from leadline.activities.ten.rules import BY_NAME
from leadline.history.numbers import number_of
from leadline.web.ten.cards import cards_of
from leadline.web.today.day import Day
from leadline.web.today.whose import day_of

EACH = 100


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """`rule`, `opening` ("none": words of one's own), `back` (answered, conversation), `old` (had time), `after`."""
    day, asked = day_of(request), request.GET
    rows = narrowed(day, asked)
    count = rows.count()
    at = min(max(number_of(asked.get("page", "")) or 1, 1), max(-(-count // EACH), 1))
    start = (at - 1) * EACH
    entries = list(rows.select_related("opening", "lead", "person")[start : start + EACH])
    query = asked.copy()
    query.pop("page", None)
    context = {
        "day": day,
        "of": "" if day.own else f"?of={day.person.pk}",
        "cards": cards_of(entries, day, None),
        "count": count,
        "kind": BY_NAME.get(asked.get("rule", "")),
        "opening": next((entry.opening for entry in entries if asked.get("opening")), None),
        "asked": {name: asked.get(name, "") for name in ("back", "old")},
        "query": query.urlencode(),
        "page": at,
        "pages": -(-count // EACH),
    }
    return render(request, "ten/notes.html", context)


def narrowed(day: Day, asked: Any) -> QuerySet[TenEntry]:
    """The notes that an address asks for."""
    rows = notes_of(day.person)
    if asked.get("old") == "yes":
        rows = old_enough(rows, day.now)
    if rule := asked.get("rule"):
        rows = rows.filter(rule=rule[:24])
    if opening := asked.get("opening"):
        rows = rows.filter(opening=None) if opening == "none" else rows.filter(opening=number_of(opening) or 0)
    back = asked.get("back")
    if back == "answered":
        rows = rows.filter(answer__in=BACK)
    return rows.filter(answer=Answer.CONVERSATION) if back == "conversation" else rows
