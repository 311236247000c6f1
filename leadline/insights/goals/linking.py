"""Where the records behind a goal's number are listed (R50)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from leadline.activities.models import Goal
from leadline.insights.catalogue import METRICS

LISTS = {"deal": "deals_behind", "lead": "leads_behind", "activity": "activities_behind"}


def records_href(goal: Goal, asked: Mapping[str, Any] | None, start: dt.date, end: dt.date) -> str:
    """The list of what `question_of` asks in these days; "" where nobody knows its names."""
    if asked is None:
        return ""
    query: dict[str, Any] = {"metric": goal.metric, **asked["where"]}
    query |= {"from": start, "to": end, **({"pipeline": asked["pipeline"]} if asked["pipeline"] else {})}
    return f"{reverse(LISTS[METRICS[goal.metric].rows])}?{urlencode(query, doseq=True)}"
