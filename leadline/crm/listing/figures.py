"""What a whole selection comes to: how many records, their value, their weighted value."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Max, Sum

from leadline.crm.models import Stage, base_currency
from leadline.crm.sums import LEFT_OUT
from leadline.history.models import Change

KEPT, SECONDS = 500, 20  # selections remembered, and for how long at most


@dataclass(frozen=True)
class Figures:
    """Money in the base currency, None where this kind has none; what `crm.sums` leaves out is in no sum."""

    count: int
    total: Decimal | None = None
    weighted: Decimal | None = None
    without_value: int = 0
    without_rate: int = 0
    currency: str = ""


_known: OrderedDict[Any, tuple[float, Figures]] = OrderedDict()
_turn = Lock()


def figures_of(kind: str, rows: Any) -> Figures:
    """The figures of a selection; the same question is not asked again until something has been changed."""
    rows = rows.order_by()
    try:
        question = (kind, str(rows.query.sql_with_params()), _last_change())
    except EmptyResultSet:  # nobody can match it
        rows, question = rows.none(), (kind, "", 0)
    with _turn:
        at, found = _known.get(question, (0.0, None))
    if found is None or time.monotonic() - at > SECONDS:
        found = _sums(rows) if kind == "deal" else Figures(rows.count())
        with _turn:
            _known[question] = (time.monotonic(), found)
            while len(_known) > KEPT:
                _known.popitem(last=False)
    return found


def forget() -> None:
    """For tests, whose log begins anew with each."""
    with _turn:
        _known.clear()


def _last_change() -> int:
    """Rolls on with every change to anything; a late one of a smaller number is caught by the seconds."""
    last: int | None = Change.objects.aggregate(last=Max("pk"))["last"]
    return last or 0


def _sums(rows: Any) -> Figures:
    """One grouped question; stages' probabilities are applied here. Only open deals are weighted."""
    probabilities = dict(Stage.objects.filter(probability__isnull=False).values_list("pk", "probability"))
    groups = rows.values("status", "stage_id").annotate(n=Count("pk"), sum=Sum("value_base"), **LEFT_OUT)
    count = valueless = rateless = 0
    total, weighted, any_weighted = Decimal(0), Decimal(0), False
    for row in groups:
        money, stage = row["sum"] or Decimal(0), row["stage_id"]
        count, total = count + row["n"], total + money
        valueless, rateless = valueless + row["without_value"], rateless + row["without_rate"]
        if row["status"] == "open" and stage in probabilities:
            weighted, any_weighted = weighted + money * probabilities[stage] / 100, True
    return Figures(count, total, weighted if any_weighted else None, valueless, rateless, base_currency())
