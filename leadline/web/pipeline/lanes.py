"""The columns of a view: stages on the board, months in the forecast. Each is a condition on deals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel import dates
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext as _

from leadline.crm.models import Stage
from leadline.web.frame.reader import reader
from leadline.web.pipeline import months


@dataclass(frozen=True)
class Lane:
    """A column. `key` names it in addresses; `rows` is the same condition in the words of the filter of lists."""

    key: str
    name: str
    among: Q
    rows: str
    stage: Stage | None = None
    takes: bool = True  # whether a card can be put here


def stage_lanes(stages: Sequence[Stage]) -> list[Lane]:
    return [Lane(str(s.pk), s.name, Q(stage_id=s.pk), f"stage={s.pk}", s) for s in stages]


def month_lanes(today: dt.date) -> list[Lane]:
    """Overdue, six months from this one on, later, without a date."""
    lanes = [
        Lane(months.OVERDUE, _("Overdue"), Q(expected_close_on__lt=today), _days(None, today), takes=False),
    ]
    for month in months.months_from(today):
        start, end = max(month, today), months.first_of(month, 1)
        among = Q(expected_close_on__gte=start, expected_close_on__lt=end)
        lanes.append(Lane(months.name_of(month), month_word(month, today), among, _days(start, end)))
    after = months.first_of(today, months.AHEAD)
    lanes.append(Lane(months.LATER, _("Later"), Q(expected_close_on__gte=after), _days(after, None)))
    lanes.append(Lane(months.UNDATED, _("No date"), Q(expected_close_on=None), "expected_close_on=none"))
    return lanes


def lane_key(lanes: Sequence[Lane]) -> Any:
    """The key of a deal's lane, as the database works it out."""
    if all(lane.stage for lane in lanes):
        return F("stage_id")
    cases = [When(lane.among, then=Value(lane.key)) for lane in lanes]
    return Case(*cases, default=Value(""), output_field=CharField())


def month_word(month: dt.date, today: dt.date) -> str:
    """November; Jan 2027 where the year is another one."""
    pattern = "LLLL" if month.year == today.year else "LLL y"
    return dates.format_date(month, pattern, locale=reader().locale)


def _days(start: dt.date | None, before: dt.date | None) -> str:
    last = before - dt.timedelta(days=1) if before else None
    return f"expected_close_on={start or ''}..{last or ''}"
