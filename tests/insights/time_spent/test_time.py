"""Where time goes and what meetings cost (R37): held against adding up activity by activity, and exact cases."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.activities.blocks.setting_up import set_up
from leadline.activities.models import ActivityType, HourRate, Sitting
from leadline.crm.models import Currency
from leadline.crm.rates import add_rate, set_base_currency
from leadline.insights.ask_time import Asked, asked_by, behind, meeting_costs, people_of, time_spent
from leadline.insights.time_spent.counting import Counted, Kind, Sat, spent
from tests import factories as make
from tests.cast import assemble, person

MONDAY = dt.date(2026, 3, 2)
KINDS = {1: Kind("prospecting", 10), 2: Kind("selling", None), 3: Kind("", 5)}
rows = st.lists(
    st.tuples(st.integers(1, 2), st.integers(1, 3), st.sampled_from((None, 0, 15, 60)), st.integers(0, 2)), max_size=30
)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=dt.UTC)


@settings(max_examples=25)
@given(rows)
def test_time_is_the_sum_of_what_each_activity_took(done: list[tuple[int, int, int | None, int]]) -> None:
    slow: dict[tuple[int, str, dt.date], float] = defaultdict(float)
    counted = []
    for who, kind, minutes, week in done:
        start = MONDAY + dt.timedelta(days=7 * week)
        said = minutes is not None
        counted.append(Counted(who, kind, start, 1, int(said), minutes or 0))
        slow[who, KINDS[kind].work, start] += minutes if minutes is not None else KINDS[kind].minutes or 0
    found = spent(counted, [Sat(1, "care", MONDAY, 30)], KINDS)
    slow[1, "care", MONDAY] += 30
    assert {key: one.minutes for key, one in found.items()} == slow
    assert sum(one.unknown for one in found.values()) == sum(kind == 2 and m is None for _w, kind, m, _ in done)


@pytest.mark.django_db
def test_an_activity_inside_a_sitting_counts_once_and_colleagues_spend_their_own_time() -> None:
    olga, theo = person("Olga"), person("Theo")
    call = ActivityType(name="Call", work="prospecting", minutes=10).add(by=SYSTEM)
    meeting = ActivityType(name="Meeting", work="selling").add(by=SYSTEM)
    block = set_up(olga, by=olga, name="B", weekdays=[0], starts_at=dt.time(9), zone="UTC", start_on=MONDAY)
    pause = [at(2, 9, 30).isoformat(), at(2, 10).isoformat()]
    Sitting(
        owner=olga, block=block, on_date=MONDAY, began_at=at(2, 9), ended_at=at(2, 10, 30), pauses=[pause]
    ).add(by=olga)  # fmt: skip
    make.activity(olga, type=call, done_at=at(2, 9, 15))  # while sitting
    make.activity(theo, type=call, done_at=at(2, 9, 15))  # somebody else
    paused = make.activity(olga, type=call, done_at=at(2, 9, 45))  # in the pause
    met = make.activity(olga, type=meeting, minutes=45, done_at=at(3, 12), colleague_ids=[theo.pk])
    make.activity(olga, type=meeting, done_at=at(3, 12))  # nobody said how long
    make.activity(olga, type=call, due_at=at(3, 12))  # not done
    asked = Asked((olga.pk, theo.pk), MONDAY, MONDAY + dt.timedelta(days=6), "week")
    found = time_spent(asked)
    told = {key: (one.minutes, one.assumed, one.sat, one.unknown) for key, one in found.items()}
    assert told == {
        (olga.pk, "prospecting", MONDAY): (60 + 10, 10, 60, 0),
        (theo.pk, "prospecting", MONDAY): (10, 10, 0, 0),
        (olga.pk, "selling", MONDAY): (45, 0, 0, 1),
        (theo.pk, "selling", MONDAY): (45, 0, 0, 0),
    }
    rows = behind(Asked((olga.pk,), asked.start, asked.end, "week"), "prospecting")
    assert (rows.people, [minutes for _one, minutes in rows.sittings]) == ({paused.pk: 1}, [60])
    assert behind(asked, "selling").people[met.pk] == 2


@pytest.mark.django_db
def test_what_internal_meetings_cost() -> None:
    """People x rate x length: two at 60 EUR, one at 80 USD, one without a rate of its currency, for half an hour."""
    set_base_currency("EUR", by=SYSTEM)
    Currency(code="USD").add(by=SYSTEM)
    add_rate("USD", dt.date(2026, 1, 1), Decimal("0.5"), by=SYSTEM)
    olga, theo, umar, ada = (person(name) for name in ("Olga", "Theo", "Umar", "Ada"))
    review = ActivityType(name="Review", work="internal", minutes=30).add(by=SYSTEM)
    HourRate(amount=Decimal(60), currency="EUR").add(by=SYSTEM)
    HourRate(user=umar, amount=Decimal(80), currency="USD").add(by=SYSTEM)
    HourRate(user=ada, amount=Decimal(80), currency="CHF").add(by=SYSTEM)
    make.activity(olga, type=review, done_at=at(3, 12), colleague_ids=[theo.pk, umar.pk, ada.pk])
    make.activity(olga, done_at=at(3, 12), minutes=60)  # not internal
    everybody = tuple(one.pk for one in (olga, theo, umar, ada))
    found = meeting_costs(Asked(everybody, MONDAY, dt.date(2026, 3, 31), "month"))
    cost = found[review.pk, dt.date(2026, 3, 1)]
    assert list(found) == [(review.pk, dt.date(2026, 3, 1))]
    assert (cost.meetings, cost.hours, cost.unrated) == (1, 2, 0.5)
    assert cost.amount == pytest.approx(30 + 30 + 20)


@pytest.mark.django_db
def test_who_sees_whose_time() -> None:
    cast = assemble()
    seen = {part: {one.name for one in people_of(getattr(cast, part))} for part in ("owner", "leader", "reader")}
    assert seen["owner"] == {"Olga"}
    assert seen["leader"] >= {"Lena", "Olga", "Theo", "Umar"}
    assert seen["reader"] == {"Rita"}
    assert asked_by(cast.owner, MONDAY, MONDAY, "week", [cast.teammate.pk]).people == ()
