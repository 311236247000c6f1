"""Where the records behind a goal's number are listed (R50)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from leadline.activities.models import Goal
from leadline.insights.catalogue import METRICS

LISTS = {"deal": "deals_behind", "lead": "leads_behind", "activity": "activities_behind"}


def records_href(goal: Goal, asked: Mapping[str, Any] | None, start: dt.date, end: dt.date) -> str:
    """The list of what `question_of` asks in these days; "" where nobody knows its names."""
    return hrefs(goal, asked)(start, end)


def hrefs(goal: Goal, asked: Mapping[str, Any] | None) -> Callable[[dt.date, dt.date], str]:
    """The same for many spans of one goal: all but the days is written once."""
    if asked is None:
        return lambda _start, _end: ""
    query = urlencode({"metric": goal.metric, **asked["where"]}, doseq=True)
    head = f"{reverse(LISTS[METRICS[goal.metric].rows])}?{query}"
    tail = f"&{urlencode({'pipeline': asked['pipeline']}, doseq=True)}" if asked["pipeline"] else ""
    return lambda start, end: f"{head}&from={start}&to={end}{tail}"
