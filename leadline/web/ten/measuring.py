"""The figures of the page: rates as they were measured, and what so many notes come to at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.activities.models import Habits, Opening
from leadline.activities.ten.arithmetic import Plan, by_the_book, by_the_calendar, conversations
from leadline.activities.ten.rates import notes_of
from leadline.activities.ten.rules import BY_NAME
from leadline.crm.working_days import DAY
from leadline.crm.working_time import company_days
from leadline.insights.ask_ten import Measured, Rates, Share, measured
from leadline.web.frame.formats import number, percent
from leadline.web.today.day import Day

LATELY = 28  # days


@dataclass(frozen=True)
class Told:
    """A share in words, with the rows behind it: "10 of 100", and once one can tell "10 %" and "6 % to 16 %"."""

    share: Share
    href: str

    @property
    def of(self) -> str:
        return _("%(count)s of %(notes)s") % {"count": number(self.share.count), "notes": number(self.share.notes)}

    @property
    def said(self) -> str:
        return self.of if self.share.value is None else percent(self.share.value)

    @property
    def between(self) -> str:
        if self.share.low is None or self.share.high is None:
            return ""
        return _("90 %%: %(low)s to %(high)s") % {"low": percent(self.share.low), "high": percent(self.share.high)}


@dataclass(frozen=True)
class Row:
    """A rule or an opening: how many notes, and what came back, each with the rows behind it."""

    name: str
    notes: int
    href: str
    replies: Told
    conversations: Told


@dataclass(frozen=True)
class Sum:
    """A plan, and the conversations in a year that it comes to at the measured rate; None where nobody can tell."""

    says: str
    plan: Plan
    expected: int | None
    low: int | None
    high: int | None


def figures(day: Day) -> dict[str, Any]:
    """Everything measured that the page shows."""
    found = measured(day.person, day.now)
    size = Habits.of(day.person).ten_size
    mine = by_the_calendar(size, company_days(), day.date)
    says = _("Your company's calendar: %(month)s working days this month, %(year)s in the next twelve months")
    book = _("By the book: 22 working days a month, twelve months")
    return {
        "measured": found,
        "rate": row("", found.all, day),
        "by_rule": [row(_rule(one.key), one, day, rule=one.key) for one in found.by_rule],
        "by_opening": _by_opening(found, day),
        "sums": [
            _sum(book, by_the_book(size), found),
            _sum(says % {"month": number(mine.month), "year": number(mine.year)}, mine, found),
        ],
        "lately": lately(day),
        "notes_at": notes_at(day),
    }


def row(name: str, rates: Rates, day: Day, **narrowed: Any) -> Row:
    return Row(
        name,
        rates.notes,
        notes_at(day, old="yes", **narrowed),
        Told(rates.replies, notes_at(day, old="yes", back="answered", **narrowed)),
        Told(rates.conversations, notes_at(day, old="yes", back="conversation", **narrowed)),
    )


def lately(day: Day) -> dict[str, Any]:
    """How many notes were written in the last four weeks, and on how many working days that was."""
    since = day.begins - LATELY * DAY
    return {
        "notes": notes_of(day.person).filter(written_at__gte=since).count(),
        "days": company_days().working_days_between(day.date - LATELY * DAY, day.date),
    }


def notes_at(day: Day, **asked: Any) -> str:
    """The address of the notes behind a number."""
    query = {**({} if day.own else {"of": day.person.pk}), **{key: value for key, value in asked.items() if value}}
    return reverse("ten_notes") + (f"?{urlencode(query)}" if query else "")


def _by_opening(found: Measured, day: Day) -> list[Row]:
    names = Opening.objects.visible_to(day.person).in_bulk([one.key for one in found.by_opening if one.key])
    return [
        row(str(names.get(one.key) or _("Words of one's own")), one, day, opening=one.key or "none")
        for one in found.by_opening
    ]


def _rule(name: str) -> str:
    kind = BY_NAME.get(name)
    return str(kind.word) if kind else name


def _sum(says: str, plan: Plan, found: Measured) -> Sum:
    share = found.all.conversations
    low, expected, high = (
        None if rate is None else conversations(plan.a_year, rate) for rate in (share.low, share.value, share.high)
    )
    return Sum(says, plan, expected, low, high)
