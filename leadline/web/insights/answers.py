"""All that the page "Funnel and people" shows of a question."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import base_currency
from leadline.insights import ask, charts
from leadline.insights.report import Report
from leadline.web.insights.asked import Asked
from leadline.web.insights.drawing import drawn, people_chart, stages_chart
from leadline.web.insights.figures import compared, headline
from leadline.web.insights.left_out import notes
from leadline.web.insights.people import best_first, person_lines
from leadline.web.insights.stages import Cell, lacks_stages, stage_lines
from leadline.web.insights.wording import share

WHOLE = ("booked_revenue", "win_rate", "time_to_close", "deal_size")


def stage_report(asked: Asked, user: User) -> Report:
    """Conversion by stage."""
    return _ask(asked, user, "stage_conversion", "stage")


def stay_report(asked: Asked, user: User) -> Report:
    """Days in each stage."""
    return _ask(asked, user, "time_in_stage", "stage")


def people_report(asked: Asked, user: User) -> Report:
    """The chosen metric by person or team."""
    return _ask(asked, user, asked.compare, asked.by)


def whole_report(asked: Asked, user: User) -> Report:
    """The same metric for all of them together."""
    return _ask(asked, user, asked.compare)


def answers(asked: Asked, user: User) -> dict[str, Any]:
    """What the template draws: figures, stage and person lines, notes; one moment for all of them."""
    now = timezone.now()
    rows = _whole(asked, asked, user, now)
    conversions = _ask(asked, user, "stage_conversion", "stage", now=now)
    stays = _ask(asked, user, "time_in_stage", "stage", now=now)
    people = _ask(asked, user, asked.compare, asked.by, now=now)
    left_out = notes(
        asked,
        conversions.rows,
        _ask(asked, user, "win_rate", "stage", now=now).rows,
        _ask(asked, user, "win_rate", "month", dated=False, now=now).rows if asked.dated else [],
        _ask(asked, user, "deals_added", "month", dated=False, now=now).rows,
    )
    currency = base_currency()
    figures, other = headline(asked, rows, currency), asked.other()
    if other is not None:
        at = other if other.as_of else replace(other, as_of=other.end)  # what stood open at the end of that time
        figures = compared(figures, headline(other, _whole(other, at, user, now), currency, at))
    return {
        "figures": figures,
        "other": other,
        "stages": stage_lines(asked, conversions.rows, stays.rows, was(other, user) if other else {}),
        "stages_chart": stages_chart(conversions.rows) if drawn(conversions.rows) else None,
        "stages_height": charts.height(len(drawn(conversions.rows))),
        "people": person_lines(asked, people.rows, currency),
        "people_chart": people_chart(asked, best_first(asked, people.rows), rows[asked.compare]["value"]),
        "notes": left_out,
        "people_height": charts.height(len(people.rows)),
        "currency": currency,
        "as_of": conversions.as_of,
    }


def was(other: Asked, user: User) -> dict[str | None, Cell]:
    """Each stage's conversion at another time, with the deals behind it."""
    rows = _ask(other, user, "stage_conversion", "stage").rows
    return {
        row["stage"]: Cell(share(row), other.deals("stage_conversion", "denominator", stage=row["stage"]))
        for row in rows
        if row["n"] and not lacks_stages(row)
    }


def _whole(asked: Asked, at: Asked, user: User, now: dt.datetime) -> dict[str, dict[str, Any]]:
    """The one row of each metric of the headline; `at` is the moment of what is open."""
    rows = {metric: _ask(asked, user, metric, now=now).rows[0] for metric in WHOLE}
    rows["open_value"] = _ask(at, user, "open_value", dated=False, now=now).rows[0]
    return rows


def _ask(asked: Asked, user: User, metric: str, *by: str, dated: bool = True, now: dt.datetime | None = None) -> Report:
    arguments = asked.arguments(dated=dated)
    if arguments["as_of"] is None:
        arguments["as_of"] = now
    return ask.report(metric, by=by, user=user, **arguments)
