"""The share of a span that earlier spans had reached by the same part of their working days."""

from __future__ import annotations

import datetime as dt

from leadline.insights.ask_attainment import day_by
from leadline.insights.goals.measured import Days
from leadline.insights.goals.spans import DAY, Reckoning, Span

LOOKED_BACK = {"day": 0, "week": 26, "month": 24, "quarter": 12, "year": 6}
ENOUGH = {"week": 4, "month": 4, "quarter": 4, "year": 2}


def share_by(every: str, span: Span, day: dt.date, done: Days, company: Reckoning) -> float | None:
    """What earlier spans together had reached when a day as far in them began; None with too few that reached any.

    `done` is what the whole company did: one person has too few days for a season.
    """
    worked, whole = company.worked(span.start, min(day - DAY, span.end)), company.worked(span.start, span.end)
    if every == "day" or not whole or done.first is None:
        return None
    pairs = []
    for past in company.back(every, span.start, LOOKED_BACK[every]):
        total = done.between(past.start, past.end)
        if past.end >= done.first and total > 0:
            until = day_by(past.start, past.end, worked / whole, company.days)
            pairs.append((done.between(past.start, until), total))
    if len(pairs) < ENOUGH[every]:
        return None
    return float(sum(early for early, _total in pairs) / sum(total for _early, total in pairs))
