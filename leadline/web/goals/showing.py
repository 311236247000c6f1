"""A goal's card: its ring, its words, its last spans as bars."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import dates
from django.utils.translation import gettext as _

from leadline.activities.models import Goal
from leadline.insights.ask_goals import round_hrefs
from leadline.insights.goals.standing import Round, Standing
from leadline.web.frame.formats import day as day_said
from leadline.web.frame.reader import reader
from leadline.web.goals.words import Said, amount, in_a_row, said, streak

HEIGHT, TALLEST = 40, 1.25  # of the bars; times the amount that a bar shows at most


@dataclass(frozen=True)
class Bar:
    """One span: when, how much of how much, where its records are, and how it is drawn."""

    when: str
    reached: str
    amount: str
    hit: bool
    before: bool
    now: bool
    href: str
    y: float
    height: float
    word: str


@dataclass(frozen=True)
class Card:
    """A goal with everything that its card shows."""

    goal: Goal
    standing: Standing
    said: Said
    streak: str
    best: str
    bars: list[Bar]
    line: float

    @property
    def span(self) -> str:
        return when(self.goal.every, self.standing.start, self.standing.end)


def card(standing: Standing) -> Card:
    best = in_a_row(standing.goal.every, standing.best_streak) if standing.best_streak > max(standing.streak, 1) else ""
    bars = [_bar(standing, *one) for one in zip(standing.rounds, round_hrefs(standing), strict=True)]
    return Card(standing.goal, standing, said(standing), streak(standing), best, bars, _y(1.0))


def when(every: str, start: dt.date, end: dt.date) -> str:
    """The span in short: a day, "24–30 Nov", a month, or its days."""
    return _spelled(every, start, end, reader().locale) or f"{day_said(start)} – {day_said(end)}"


@lru_cache(4096)  # a page of goals names the same weeks and days again and again
def _spelled(every: str, start: dt.date, end: dt.date, locale: Any) -> str:
    if every == "day":
        return str(dates.format_skeleton("EEEMMMd", start, locale=locale))
    if every == "month" and start.day == 1:
        return str(dates.format_skeleton("yMMM", start, locale=locale))
    return str(dates.format_interval(start, end, "MMMd", locale=locale)) if every == "week" else ""


def ring(standing: Standing) -> dict[str, Any]:
    """What the ring is drawn of: the part that is reached and the mark of what is expected, in hundredths."""
    due = float(standing.expected / standing.amount) if standing.amount else 0.0
    return {"part": round(100 * min(standing.share, 1.0), 1), "due": round(360 * min(due, 1.0), 1)}


def _bar(standing: Standing, one: Round, href: str) -> Bar:
    part = min(one.share, TALLEST)
    top = _y(part)
    now = one.start == standing.start
    if one.before:
        word = _("before the goal")
    elif now:
        word = _("runs")
    else:
        word = _("reached") if one.hit else _("missed")
    return Bar(
        when(standing.goal.every, one.start, one.end), amount(one.reached, standing.money),
        amount(one.amount, standing.money), one.hit, one.before, now, href, top,
        round(max(HEIGHT - top, 1.0), 1), word,
    )  # fmt: skip


def _y(part: float) -> float:
    return round(HEIGHT * (1 - part / TALLEST), 1)
