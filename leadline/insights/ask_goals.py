"""The door to goals: how each stands, and how likely one is before it is set (R31, R49)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.activities.models import Goal
from leadline.activities.models.goal import GoalQuerySet
from leadline.activities.models.goal_rules import MEASURES, missing
from leadline.crm.models import WorkingWeek
from leadline.crm.working_time import company_days
from leadline.insights.goals.linking import hrefs, records_href
from leadline.insights.goals.measured import Days, measured, measured_of_people, question_of, whose
from leadline.insights.goals.season import LOOKED_BACK, share_by
from leadline.insights.goals.spans import Reckoning, Span
from leadline.insights.goals.standing import SHOWN, Round, Standing, expected, rounds_of, streaks
from leadline.insights.looking import one_look
from leadline.insights.periods import Calendar
from leadline.insights.sight import COMPANY, Whose, sight_of

if TYPE_CHECKING:
    from leadline.insights.goals.likely import Likely

LOOKED_BACK_FOR = {"day": 20, "week": 12, "month": 12, "quarter": 8, "year": 5}  # spans, for how likely a goal is
EARLIER = 2  # as many times further back it is asked whether there was anything at all


def standings(user: User, on: dt.date | None = None, of: Whose | User | None = None) -> list[Standing]:
    """How the goals stand that run on a day (today), of one person (the asker), a team or the company (COMPANY).

    In the order in which they were set. `reached` is `ask.report` of the goal's metric, filters and span, for this
    asker. Of those whose deals the asker does not see all (`sight`), nothing is told. Days are the company's.
    """
    who = (user.pk, None) if of is None else (of.pk, None) if isinstance(of, User) else of
    today = on or company_day()
    goals = list(goals_of(user, who).running(today))
    if not goals or not (who[0] == user.pk or sight_of(user).whole(*who)):
        return []
    return standing_of(goals, user, today)


def goals_of(user: User, who: Whose) -> GoalQuerySet:
    """The goals of a person, of a team or of the company that the asker may see."""
    rows = Goal.objects.visible_to(user).kept().filter(owner=who[0], team=who[1], metric__in=MEASURES)
    found: GoalQuerySet = rows.select_related("owner", "team", "stage", "pipeline")
    return found


def standing_of(goals: Sequence[Goal], user: User | None, today: dt.date) -> list[Standing]:
    """How these goals stand, as this asker (None: who sees everything) sees it."""
    company = reckoning()
    now = [company.span_of(goal.every, today, goal.start_on, goal.end_on) for goal in goals]
    past = [company.back(goal.every, today, SHOWN - 1) for goal in goals]
    first = min(min([goal.start_on, *(span.start for span in spans)]) for goal, spans in zip(goals, past, strict=True))
    with one_look():
        done = measured(goals, user, first, max(span.end for span in now))
        seasons = _seasons(goals, now, today, company)
        return [
            _standing(goal, days, span, back, today, company, share)
            for goal, days, span, back, share in zip(goals, done, now, past, seasons, strict=True)
        ]


def likelihood(goal: Goal, user: User, on: dt.date | None = None) -> Likely:
    """How often a goal, which need not be kept yet, was reached in the last whole spans of whoever it is of."""
    from leadline.insights.goals.likely import likely  # noqa: PLC0415  numpy stays off the start-up path

    company, today = reckoning(), on or company_day()
    count = LOOKED_BACK_FOR[goal.every]
    spans = company.back(goal.every, today, count * EARLIER)
    if not spans or not (goal.owner_id == user.pk or sight_of(user).whole(*whose(goal))):
        return likely(goal.amount, [])
    (days,) = measured([goal], user, spans[0].start, spans[-1].end)
    known = [span for span in spans[-count:] if days.first is not None and span.end >= days.first]
    return likely(goal.amount, [days.between(span.start, span.end) for span in known])


def rounds_within(goals: Sequence[Goal], first: dt.date, today: dt.date, company: Reckoning) -> list[list[Round]]:
    """The spans of people's goals that ended since a day and before today; whatever is whose, for it counts all."""
    spans = [_ended(goal, first, today, company) for goal in goals]
    began = min((one.start for some in spans for one in some), default=first)
    done = measured_of_people(goals, began, today)
    return [rounds_of(goal, days, some) for goal, days, some in zip(goals, done, spans, strict=True)]


def _ended(goal: Goal, first: dt.date, today: dt.date, company: Reckoning) -> list[Span]:
    begins = company.span_of(goal.every, max(first, goal.start_on), goal.start_on).start
    run = company.spans(goal.every, max(begins, goal.start_on), today)
    return [span for span in run if first <= span.end < today]


def reckoning() -> Reckoning:
    """How the company reckons its days."""
    week = WorkingWeek.company()
    return Reckoning(Calendar(week.first_weekday, week.fiscal_month), company_days())


def company_day() -> dt.date:
    """The day it is where the company reckons."""
    return timezone.now().astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()


def _standing(
    goal: Goal, done: Days, span: Span, back: list[Span], today: dt.date, company: Reckoning, share: float | None
) -> Standing:
    (now,), asked = rounds_of(goal, done, [span]), question_of(goal)
    run = rounds_of(goal, done, _run(goal, span, company))
    row, best = streaks(run, now if span.part else None)
    earlier = rounds_of(goal, done, [one for one in back if one.end < goal.start_on], before=True)
    return Standing(
        goal=goal,
        start=span.start,
        end=span.end,
        reached=now.reached,
        amount=now.amount,
        expected=expected(goal, span, today, company, share),
        streak=row,
        best_streak=best,
        rounds=(*earlier, *run, now)[-SHOWN:],
        days_left=company.worked(max(today, span.start), span.end),
        off=not span.part,
        seasonal=share is not None,
        types=_types(asked),
        mend=missing(goal),
        href=records_href(goal, asked, span.start, span.end),
    )


def _types(asked: Mapping[str, Any] | None) -> tuple[str, ...]:
    found = asked["where"].get("activity_type", ()) if asked else ()
    return (found,) if isinstance(found, str) else tuple(found)


def _run(goal: Goal, span: Span, company: Reckoning) -> list[Span]:
    """The spans before this one in which the goal ran."""
    if goal.start_on >= span.start:
        return []
    return company.spans(goal.every, goal.start_on, span.start - dt.timedelta(days=1))


def _seasons(goals: Sequence[Goal], now: list[Span], today: dt.date, company: Reckoning) -> list[float | None]:
    """The share of its span that each goal by season should have reached when this day began."""
    found: dict[int, float | None] = defaultdict(lambda: None)
    for place, goal in enumerate(goals):
        past = company.back(goal.every, today, LOOKED_BACK[goal.every]) if goal.by_season else []
        if past:
            (done,) = measured([goal], None, past[0].start, past[-1].end, COMPANY)
            found[place] = share_by(goal.every, now[place], today, done, company)
    return [found[place] for place in range(len(goals))]


def round_hrefs(standing: Standing) -> list[str]:
    """Where the records behind each of its spans are listed."""
    href = hrefs(standing.goal, question_of(standing.goal))
    return [href(one.start, one.end) for one in standing.rounds]
