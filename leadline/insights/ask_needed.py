"""The one door to the needed numbers (R7, R8): what a target takes, from what this team's own history says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm.models import Stage
from leadline.crm.working_time import company_days
from leadline.insights.aims import Aim
from leadline.insights.measuring import ids, measured

if TYPE_CHECKING:
    from leadline.insights.needed.answer import Needed
    from leadline.insights.needed.measures import Measures
    from leadline.insights.needed.plan import Goal, Plan, Step, Work

DAY = dt.timedelta(days=1)
WINS, MONEY = "wins", "money"


@dataclass(frozen=True)
class Asked:
    """A target and whose it is; `typed` and `guesses` are shares by stage, `per_win` and `per_win_guesses` by type.

    What is typed counts instead of what is measured, a guess only where nothing is. `since`: what was won from that day
    on counts towards the target, in this pipeline or (`everywhere`) in any. `where` narrows whose deals, by label:
    {"owner": "Ann"} or {"team": "North"}.
    """

    amount: Decimal
    unit: str
    until: dt.date
    pipeline: int
    since: dt.date | None = None
    everywhere: bool = False
    where: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[int, float] = field(default_factory=dict)
    guesses: Mapping[int, float] = field(default_factory=dict)
    mean_won: Decimal | None = None
    days_to_close: float | None = None
    per_win: Mapping[int, float] = field(default_factory=dict)
    per_win_guesses: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The plan, what it needs, and what was measured for it."""

    asked: Asked
    measures: Measures
    plan: Plan
    needed: Needed


def asked_of(aim: Aim, pipeline: int, where: Mapping[str, str] | None = None) -> Asked:
    """The question of a target, in one pipeline; about whose deals it is said by the target, if not by `where`."""
    narrowed = whose(aim.person, aim.team) if where is None else where
    return Asked(
        aim.amount, aim.unit, aim.end, pipeline, since=aim.start, everywhere=aim.pipeline is None, where=narrowed
    )


def whose(person: int | None, team: int | None) -> dict[str, str]:
    """A person or a team (neither: nothing) by the label under which the numbers know them."""
    for name, pk in (("owner", person), ("team", team)):
        label = next((label for label, known in ids(name).items() if known == pk), None) if pk else None
        if label:
            return {name: label}
    return {}


def needed_for(asked: Asked, user: User | None, today: dt.date | None = None) -> Answer:
    """What the target needs from `today` (the company's day) on, of the deals that `user` may see (None: all).

    Raises ValueError for an amount below 0, and as `ask.report` does.
    """
    # numpy stays off the start-up path
    from leadline.insights.needed.needing import needed  # noqa: PLC0415
    from leadline.insights.needed.plan import Plan  # noqa: PLC0415

    day = today or timezone.now().astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()
    found = measured(asked.pipeline, asked.where, user, day)
    days = asked.days_to_close if asked.days_to_close is not None else found.days_to_close
    plan = Plan(
        _goal(asked, found, user, day),
        _steps(asked, found),
        days,
        max(company_days().working_days_between(day - DAY, asked.until), 0),
        _work(asked, found),
    )
    return Answer(asked, found, plan, needed(plan))


def _goal(asked: Asked, found: Measures, user: User | None, today: dt.date) -> Goal:
    from leadline.insights.measuring import won_since  # noqa: PLC0415  ask_needed is imported by pages at the start
    from leadline.insights.needed.plan import Goal  # noqa: PLC0415  see needed_for

    reached = Decimal(0)
    if asked.since is not None and asked.since <= today:
        of = None if asked.everywhere else asked.pipeline
        value, wins = won_since(asked.since, min(today, asked.until), of, asked.where, user)
        reached = value if asked.unit == MONEY else Decimal(wins)
    mean = asked.mean_won if asked.mean_won is not None else found.mean
    return Goal(asked.amount, asked.unit, today, asked.until, max(reached, Decimal(0)), mean)


def _steps(asked: Asked, found: Measures) -> tuple[Step, ...]:
    from leadline.insights.needed.plan import Step  # noqa: PLC0415  see needed_for
    from leadline.insights.needed.share import Share  # noqa: PLC0415

    stages = Stage.objects.kept().filter(pipeline=asked.pipeline).order_by("position", "pk")
    return tuple(
        Step(
            pk,
            name,
            Share(*found.conversions.get(pk, (0, 0)), typed=asked.typed.get(pk), guess=asked.guesses.get(pk)),
            found.there.get(pk, 0),
        )
        for pk, name in stages.values_list("pk", "name")
    )


def _work(asked: Asked, found: Measures) -> tuple[Work, ...]:
    from leadline.insights.needed.plan import Work  # noqa: PLC0415  see needed_for

    return tuple(
        Work(
            pk, name, found.work.get(pk, 0), found.won, found.lost, asked.per_win.get(pk), asked.per_win_guesses.get(pk)
        )
        for pk, name in ActivityType.objects.kept().values_list("pk", "name")
    )
