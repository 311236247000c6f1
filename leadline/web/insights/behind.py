"""Which deals stand behind a number, read from the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.dateparse import parse_date

from leadline.accounts.models import User
from leadline.insights import ask
from leadline.insights.catalogue import find
from leadline.insights.catalogue.metric import Metric
from leadline.insights.dimensions import UnknownName
from leadline.insights.question import BadQuestion

ASIDE = frozenset({"metric", "part", "from", "to", "as_of", "pipeline", "sort", "page"})


def metric_of(query: QueryDict) -> Metric:
    """Raises BadRequest for a metric that there is not."""
    try:
        return find(query.get("metric", ""))
    except UnknownName as error:
        raise BadRequest(str(error)) from error


def labels_of(query: QueryDict) -> dict[str, str | None]:
    """The row: labels by dimension; an empty one is "not recorded"."""
    return {name: query.get(name) or None for name in query if name not in ASIDE}


def deal_ids(query: QueryDict, user: User) -> list[int]:
    """The deals behind the number, of those that the user may see. Raises BadRequest for what makes no sense."""
    row: dict[str, Any] = {**labels_of(query), "part": query.get("part", "")}
    try:
        return ask.records_behind(
            metric_of(query).name,
            row,
            start=_day(query, "from"),
            end=_day(query, "to"),
            as_of=_day(query, "as_of"),
            pipeline=query.get("pipeline") or None,
            user=user,
        )
    except (BadQuestion, UnknownName) as error:
        raise BadRequest(str(error)) from error


def _day(query: QueryDict, name: str) -> dt.date | None:
    text = query.get(name, "")
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise BadRequest(f"{name} is not a day; write it like 2026-11-22.")
    return found
