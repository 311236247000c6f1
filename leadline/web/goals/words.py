"""What a goal and its standing are called on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.activities.models import MEASURES, Goal
from leadline.crm.models import base_currency
from leadline.insights.goals.standing import Standing
from leadline.web.frame import formats

WHEN: dict[str, str | Promise] = {
    "day": gettext_lazy("today"),
    "week": gettext_lazy("this week"),
    "month": gettext_lazy("this month"),
    "quarter": gettext_lazy("this quarter"),
    "year": gettext_lazy("this year"),
}
SHORT: dict[str, str | Promise] = {
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "quarter": gettext_lazy("a quarter"),
    "year": gettext_lazy("a year"),
}


@dataclass(frozen=True)
class Said:
    """A standing in words; `tone` is reached, ahead, even, behind or off, and `all` the whole in one sentence."""

    name: str
    reached: str
    amount: str
    percent: str
    when: str
    pace: str
    tone: str

    @property
    def all(self) -> str:
        told = {"name": self.name, "reached": self.reached, "amount": self.amount, "when": self.when, "pace": self.pace}
        return _("%(name)s: %(reached)s of %(amount)s %(when)s, %(pace)s") % told


def said(standing: Standing) -> Said:
    """For `goals/parts.html`."""
    goal, money = standing.goal, standing.money
    tone = _tone(standing)
    return Said(
        name=goal_name(goal, standing.types),
        reached=amount(standing.reached, money),
        amount=amount(standing.amount, money),
        percent=formats.percent(standing.share),
        when=str(WHEN[goal.every]),
        pace=_pace(standing, tone),
        tone=tone,
    )


def goal_name(goal: Goal, types: Sequence[str] = ()) -> str:
    """Its own name, else what it counts."""
    if goal.name:
        return goal.name
    word = str(MEASURES[goal.metric].word)
    if types and goal.metric == "activities_done":
        return ", ".join(types)
    if types:
        return f"{word}: {', '.join(types)}"
    if goal.stage_id is not None:
        return _("Deals into %(stage)s") % {"stage": goal.stage}
    return f"{word}, {goal.pipeline}" if goal.pipeline_id is not None else word


def amount(value: Decimal, money: bool) -> str:
    return formats.short_money(value, base_currency()) if money else formats.number(value)


def whose_name(goal: Goal) -> str:
    """The person, the team or the company."""
    return str(goal.owner or goal.team or _("The company"))


def streak(standing: Standing) -> str:
    """ "3 weeks in a row"; "" for none."""
    if standing.streak < 2:
        return ""
    return in_a_row(standing.goal.every, standing.streak)


def in_a_row(every: str, count: int) -> str:
    """ "3 weeks in a row"."""
    phrases = {
        "day": ngettext("%(count)s day in a row", "%(count)s days in a row", count),
        "week": ngettext("%(count)s week in a row", "%(count)s weeks in a row", count),
        "month": ngettext("%(count)s month in a row", "%(count)s months in a row", count),
        "quarter": ngettext("%(count)s quarter in a row", "%(count)s quarters in a row", count),
        "year": ngettext("%(count)s year in a row", "%(count)s years in a row", count),
    }
    return phrases[every] % {"count": formats.number(count)}


def _tone(standing: Standing) -> str:
    if standing.off:
        return "off"
    if standing.is_reached:
        return "reached"
    if not standing.expected:
        return "even"
    return "ahead" if standing.ahead > 0 else "behind" if standing.ahead < 0 else "even"


def _pace(standing: Standing, tone: str) -> str:
    told = amount(abs(standing.ahead), standing.money)
    if tone == "off":
        return _("a day off") if standing.goal.every == "day" else _("nobody works in these days")
    if tone == "reached":
        return _("reached")
    if tone == "even":
        return _("%(amount)s to go") % {"amount": amount(standing.to_go, standing.money)}
    return (_("%(amount)s ahead") if tone == "ahead" else _("%(amount)s behind")) % {"amount": told}
