"""A goal's progress equals its metric; its pace, its streak, and how likely it is before it is set (R31, R49)."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.activities.models import Activity, ActivityType, Goal
from leadline.crm.models import OwnDay
from leadline.crm.working_time import set_week
from leadline.history import members
from leadline.insights import ask
from leadline.insights.ask_goals import likelihood, standing_of, standings
from leadline.insights.goals.measured import question_of
from leadline.insights.sight import COMPANY
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2024, 2, 26)  # the week of a leap day
METRICS = (
    "activities_done", "activities_added", "conversations", "leads_worked", "deals_added", "stage_entries", "deals_won",
    "booked_revenue",
)  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def call() -> ActivityType:
    return ActivityType(name="Call").add(by=SYSTEM)


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def done(owner: Any, day: dt.date, kind: ActivityType, count: int = 1, **fields: Any) -> Activity:
    for _ in range(count):
        row = Activity(type=kind, owner=owner, created_at=at(day), **fields).add(by=SYSTEM, at=at(day))
        row.complete(by=SYSTEM, at=at(day))
    return row


def goal(owner: Any = None, **fields: Any) -> Goal:
    usual = {"metric": "activities_done", "every": "week", "amount": Decimal(5), "start_on": MONDAY}
    return Goal(owner=owner, **{**usual, **fields}).add(by=SYSTEM)


def test_a_goals_progress_equals_its_metric(cast: Cast, call: ActivityType) -> None:
    """Over a history that grows at random, for goals drawn at random, in every span that they show."""
    chance = random.Random(31)
    kinds = [call, ActivityType(name="Meeting").add(by=SYSTEM)]
    stages = factories.pipeline().kept_stages()
    people = (cast.owner, cast.teammate, cast.outsider, None)
    held = 0
    for _ in range(2):
        _live(chance, people, kinds, stages)
        goals = [_drawn(chance, metric, cast, kinds, stages) for metric in METRICS]
        for standing in standing_of(goals, None, MONDAY + chance.randint(0, 20) * DAY):
            shown = chance.sample(standing.rounds, min(2, len(standing.rounds)))
            for one in {*shown, standing.rounds[-1]}:
                asked = question_of(standing.goal)
                (row,) = ask.report(standing.goal.metric, start=one.start, end=one.end, **asked).rows
                assert one.reached == Decimal(row["value"]), standing.goal
                held += one.reached > 0
            assert (standing.reached, standing.start) == (standing.rounds[-1].reached, standing.rounds[-1].start)
    assert held > 8  # it was not nothing that was equal to nothing


def _live(chance: random.Random, people: Any, kinds: list[ActivityType], stages: list[Any]) -> None:
    for _ in range(10):
        day, owner = MONDAY + chance.randint(-40, 25) * DAY, chance.choice(people)
        deal = factories.deal(owner=owner, created_at=at(day), at=at(day), value=Decimal(chance.randint(1, 999)) / 4)
        lead = factories.lead(owner=owner)
        on = chance.choice(({"deal": deal}, {"lead": lead}, {}))
        done(owner, day, chance.choice(kinds), counts_as=chance.choice(("", "conversation")), **on)
        if chance.random() < 0.6:
            deal.move_to(stages[chance.choice((1, 2, 2))], by=SYSTEM, at=at(day + DAY))
        if chance.random() < 0.5:
            deal.win(by=SYSTEM, at=at(day + 2 * DAY))


def _drawn(chance: random.Random, metric: str, cast: Cast, kinds: list[ActivityType], stages: list[Any]) -> Goal:
    owner = chance.choice((cast.owner, cast.outsider, None))
    types = chance.choice(([], [kinds[0].pk], [kind.pk for kind in kinds]))
    return Goal(
        metric=metric, every=chance.choice(("day", "week", "month", "quarter", "year")), amount=Decimal(2), owner=owner,
        team=None if owner else chance.choice((None, cast.owner.team)), start_on=MONDAY - chance.randint(0, 60) * DAY,
        type_ids=types if metric in ("activities_done", "activities_added", "conversations") else [],
        stage=stages[2] if metric == "stage_entries" else None,
    )  # fmt: skip


def test_pace_goes_by_working_days_that_are_over(cast: Cast, call: ActivityType) -> None:
    row = goal(cast.owner)
    done(cast.owner, MONDAY, call, 2)
    monday, thursday, sunday = (standing_of([row], cast.owner, MONDAY + n * DAY)[0] for n in (0, 3, 6))
    assert (monday.expected, monday.ahead, monday.days_left) == (0, 2, 5)  # nobody is behind before the day is over
    assert (thursday.expected, thursday.ahead, thursday.days_left) == (3, -1, 2)
    assert (sunday.expected, sunday.days_left) == (5, 0)
    assert monday.share == 0.4
    assert (monday.start, monday.end) == (MONDAY, MONDAY + 6 * DAY)


def test_streaks_are_made_by_spans_and_days_off_neither_break_nor_count(cast: Cast, call: ActivityType) -> None:
    OwnDay(on_date=MONDAY + 8 * DAY, worked=False).add(by=SYSTEM)  # a Tuesday
    row = goal(cast.owner, every="day", amount=Decimal(1))
    for offset in (0, 1, 3, 4, 7, 9):  # not on Wednesday; then to Wednesday with a weekend and a day off between
        done(cast.owner, MONDAY + offset * DAY, call)
    told = {n: standing_of([row], cast.owner, MONDAY + n * DAY)[0] for n in (1, 2, 3, 7, 8, 9, 10)}
    assert {n: one.streak for n, one in told.items()} == {1: 2, 2: 2, 3: 1, 7: 3, 8: 3, 9: 4, 10: 4}
    assert told[8].off
    assert told[10].best_streak == 4
    assert told[2].best_streak == 2
    done(cast.owner, MONDAY + 2 * DAY, call)  # written down later: it is computed, not kept
    assert standing_of([row], cast.owner, MONDAY + 10 * DAY)[0].streak == 7


def test_a_span_begun_in_its_middle_asks_for_its_part(cast: Cast) -> None:
    thursday = goal(cast.owner, start_on=MONDAY + 3 * DAY)
    (first,) = standing_of([thursday], cast.owner, MONDAY + 4 * DAY)
    assert (first.start, first.end, first.amount, first.expected) == (MONDAY + 3 * DAY, MONDAY + 6 * DAY, 2, 1)
    money = goal(cast.owner, metric="booked_revenue", amount=Decimal(1000), every="month", end_on=dt.date(2024, 3, 8))
    (cut,) = standing_of([money], cast.owner, dt.date(2024, 3, 1))
    assert cut.amount == Decimal("285.71")  # 6 of March's 21 working days
    saturday = goal(cast.owner, metric="deals_won", start_on=MONDAY + 5 * DAY)
    (weekend,) = standing_of([saturday], cast.owner, MONDAY + 5 * DAY)
    assert (weekend.off, weekend.amount, weekend.streak) == (True, 0, 0)
    assert standing_of([saturday], cast.owner, MONDAY + 8 * DAY)[0].best_streak == 0


def test_weeks_and_years_are_the_companys(cast: Cast) -> None:
    set_week(by=SYSTEM, first_weekday=6, fiscal_month=4)
    week, year = goal(cast.owner), goal(cast.owner, every="year", start_on=dt.date(2023, 4, 1))
    told = standing_of([week, year], cast.owner, dt.date(2024, 3, 3))
    assert [(one.start, one.end) for one in told] == [
        (dt.date(2024, 3, 3), dt.date(2024, 3, 9)),
        (dt.date(2023, 4, 1), dt.date(2024, 3, 31)),
    ]


def test_the_pace_of_a_season_is_that_of_earlier_spans(cast: Cast, call: ActivityType) -> None:
    for week in range(1, 6):
        done(cast.teammate, MONDAY - 7 * week * DAY, call, 1)
        done(cast.teammate, MONDAY - 7 * week * DAY + 3 * DAY, call, 3)
    even, season = goal(cast.owner, amount=Decimal(8)), goal(cast.teammate, amount=Decimal(9), by_season=True)
    told = standing_of([even, season], cast.owner, MONDAY + 3 * DAY)
    assert [(one.expected, one.seasonal) for one in told] == [(4, False), (2, True)]


def test_a_goal_is_told_with_the_records_behind_it(cast: Cast, call: ActivityType) -> None:
    other = ActivityType(name="Visit, long").add(by=SYSTEM)
    kept = [done(cast.owner, MONDAY, kind).pk for kind in (call, other)]
    done(cast.owner, MONDAY, ActivityType(name="Note").add(by=SYSTEM))
    row = goal(cast.owner, type_ids=[call.pk, other.pk])
    (told,) = standing_of([row], cast.owner, MONDAY)
    query = parse_qs(urlsplit(told.href).query)
    assert (told.reached, query["activity_type"]) == (2, ["Call", "Visit, long"])
    labels = {"owner": query["owner"][0], "activity_type": tuple(query["activity_type"])}
    found = ask.records_behind("activities_done", labels, start=MONDAY, end=told.end, user=cast.owner)
    assert found == kept


def test_who_sees_what(cast: Cast, call: ActivityType) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    rows = [goal(cast.owner), goal(team=cast.owner.team), goal(), goal(cast.teammate, metric="deals_won")]
    goal(cast.owner, metric="deals_won", start_on=MONDAY + 20 * DAY)
    own, team, company, _other = rows

    def told(user: Any, of: Any = None) -> list[Goal]:
        return [one.goal for one in standings(user, MONDAY, of)]

    assert told(cast.owner) == [own]
    assert told(cast.leader, cast.owner) == told(cast.administrator, cast.owner) == [own]
    assert told(cast.leader, (None, cast.owner.team_id)) == [team]
    assert told(cast.administrator, COMPANY) == [company]
    assert told(cast.teammate, cast.owner) == []
    assert told(cast.owner, (None, cast.owner.team_id)) == []  # of whose deals they do not see all


def test_history_says_how_likely_a_goal_is(cast: Cast, call: ActivityType) -> None:
    draft = Goal(owner=cast.owner, metric="activities_done", every="week", amount=Decimal(4), start_on=MONDAY)
    assert not likelihood(draft, cast.owner, MONDAY).tells
    for week, count in enumerate((1, 2, 2, 3, 3, 3, 4, 5), 1):
        done(cast.owner, MONDAY - 7 * week * DAY, call, count)
    told = likelihood(draft, cast.owner, MONDAY)
    assert (told.n, told.reached, told.median, told.best, told.usual) == (8, 2, 3, 5, (2, 4))
    assert told.low < 2 / 8 < told.high
    assert (told.hard, told.kinder) == (True, 3)
    draft.amount = Decimal(3)
    assert not likelihood(draft, cast.owner, MONDAY).hard
    assert likelihood(draft, cast.teammate, MONDAY).n == 8  # all deals are seen by everybody here
    nothing = Goal(owner=cast.teammate, metric="deals_won", every="quarter", amount=Decimal(1), start_on=MONDAY)
    assert (likelihood(nothing, cast.teammate, MONDAY).n, likelihood(nothing, cast.teammate, MONDAY).kinder) == (
        0,
        None,
    )
