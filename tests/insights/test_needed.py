"""Magic numbers (R7, R8): the exact cases, and what must hold for any plan."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadline.insights.needed.needing import needed
from leadline.insights.needed.plan import MONEY, WINS, Goal, Plan, Step, Work
from leadline.insights.needed.share import Share

TODAY, DEADLINE = dt.date(2026, 1, 5), dt.date(2026, 3, 30)  # twelve weeks


def plan(amount: object, *shares: Share, unit: str = WINS, there: tuple[int, ...] = (), **more: object) -> Plan:
    goal = {name: more.pop(name) for name in ("reached", "mean_won", "deadline") if name in more}
    steps = tuple(
        Step(number, f"Stage {number}", share, there[number] if there else 0) for number, share in enumerate(shares)
    )
    asked = Goal(Decimal(str(amount)), unit, TODAY, **{"deadline": DEADLINE, **goal})  # type: ignore[arg-type]
    return Plan(asked, steps, **more)  # type: ignore[arg-type]


def typed(*percents: float) -> list[Share]:
    return [Share(typed=percent / 100) for percent in percents]


def wholes(asked: Plan) -> list[int | None]:
    return [stage.needed.whole for stage in needed(asked).stages]


def test_r7_four_stages_at_a_half_and_one_win_are_8_4_2_1() -> None:
    assert wholes(plan(1, *typed(50, 50, 50, 100))) == [8, 4, 2, 1]
    assert wholes(plan(1, Share(10, 20), Share(5, 10), Share(1, 2))) == [8, 4, 2]


def test_r7_money_is_turned_into_wins_by_the_mean_won_value() -> None:
    asked = plan(100_000, *typed(40, 50, 25), unit=MONEY, mean_won=Decimal(12_500))
    found = needed(asked)
    assert found.to_win == 8
    assert [stage.needed.whole for stage in reversed(found.stages)] == [32, 64, 160]
    assert [stage.per_win.whole for stage in found.stages] == [20, 8, 4]
    assert needed(plan(100_000, *typed(40), unit=MONEY)).stages[0].needed.value is None


def test_what_is_won_and_what_is_open_are_taken_off() -> None:
    asked = plan(10, *typed(50, 50), reached=Decimal(2), there=(4, 6), days_to_close=28.0)
    found = needed(asked)
    assert found.to_win == 8
    assert found.expected.value == 4 * 0.25 + 6 * 0.5
    assert found.to_add.value == (8 - 4) / 0.25
    assert (found.last_day, found.weeks) == (DEADLINE - dt.timedelta(days=28), 8)
    assert found.per_week.value == 2
    assert [stage.missing.value for stage in found.stages] == [(8 - 4) / 0.25, (8 - 3) / 0.5]


def test_after_the_last_useful_day_nothing_can_be_added_in_time() -> None:
    found = needed(plan(1, *typed(50), days_to_close=90.0))
    assert found.too_late
    assert found.per_week.value is None
    reached = needed(plan(1, *typed(50), days_to_close=90.0, reached=Decimal(1)))
    assert not reached.too_late
    assert (reached.to_add.value, reached.per_week.value) == (0, 0)


def test_without_a_history_nothing_is_said_until_somebody_guesses() -> None:
    empty = needed(plan(1, Share(), Share(1, 2)))
    assert [stage.needed.value for stage in empty.stages] == [None, 2]
    assert (empty.to_add.value, empty.expected.value) == (None, 0)
    assert wholes(plan(1, Share(guess=0.1), Share(1, 2))) == [20, 2]
    assert Share(3, 4, guess=0.1).origin == "measured"  # data replaces the guess
    assert Share(3, 4, typed=0.5).value == 0.5
    assert needed(plan(1)).to_add.value is None
    assert wholes(plan(1, Share(0, 9), Share(1, 2))) == [None, 2]  # none of nine went on: no number is enough


def test_r8_activities_per_win_become_activities_a_day() -> None:
    calls = Work(1, "Call", done=200, won=4, lost=16)
    found = needed(plan(8, *typed(50), working_days=50, work=(calls, Work(2, "Demo", guess=3.0), Work(3, "Mail"))))
    assert [doing.per_win.value for doing in found.work] == [50, 3, None]
    assert found.work[0].per_day.value == 8 * 50 / 50
    low, high = found.work[0].per_day.low, found.work[0].per_day.high
    assert low and high and low < 8 < high  # noqa: PT018
    assert (found.work[1].per_day.low, found.work[1].per_day.high) == (24 / 50, 24 / 50)
    assert needed(plan(8, *typed(50), work=(calls,))).work[0].per_day.value is None  # no working day is left


@pytest.mark.parametrize("broken", [lambda: Share(3, 2), lambda: Share(typed=1.2), lambda: plan(-1)])
def test_nonsense_is_refused(broken: object) -> None:
    with pytest.raises(ValueError, match=r"share|below 0"):
        broken()  # type: ignore[operator]


shares = st.integers(1, 400).flatmap(lambda n: st.builds(Share, st.integers(1, n), st.just(n)))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(shares, st.integers(0, 50)), min_size=1, max_size=6),
    st.integers(1, 500),
    st.floats(1, 80),
    st.data(),
)
def test_any_plan(stages: list[tuple[Share, int]], wins: int, days: float, data: st.DataObject) -> None:
    own, there = [share for share, _there in stages], tuple(number for _share, number in stages)
    asked = plan(wins, *own, there=there, days_to_close=days)
    found = needed(asked)
    assert found == needed(asked)
    for number, stage in enumerate(found.stages):  # a second definition: step by step, backwards
        wanted = float(wins)
        for share in reversed(own[number:]):
            wanted /= share.advanced / share.entered
        assert stage.needed.value == pytest.approx(wanted)
        assert stage.needed.low <= stage.needed.value <= stage.needed.high  # type: ignore[operator]
    assert [stage.needed.value for stage in found.stages] == sorted(
        (stage.needed.value for stage in found.stages), reverse=True
    )
    assert found.to_add.value is not None
    # What is added and what is there bring what is wanted, or what is there is enough.
    bring = found.expected.value + found.to_add.value * math.prod(share.advanced / share.entered for share in own)  # type: ignore[operator]
    assert bring == pytest.approx(max(wins, found.expected.value))  # type: ignore[type-var]
    at = data.draw(st.integers(0, len(own) - 1))
    assume(own[at].value < 1)  # type: ignore[operator]
    better = [*own]
    better[at] = Share(typed=min(1.0, own[at].value * 1.5))  # type: ignore[operator]
    eased = needed(plan(wins, *better, there=there, days_to_close=days))
    for number, (was, now) in enumerate(zip(found.stages, eased.stages, strict=True)):
        assert now.needed.value < was.needed.value if number <= at else now.needed == was.needed  # type: ignore[operator]


def test_more_history_narrows_the_interval() -> None:
    few, many = (needed(plan(8, Share(k, 2 * k))).stages[0].needed for k in (5, 500))
    assert few.value == many.value == 16
    assert few.low < many.low < 16 < many.high < few.high  # type: ignore[operator]
    # As the posterior itself: 8 over the 90 % interval of Beta(500.5, 500.5).
    from scipy import stats

    low, high = stats.beta(500.5, 500.5).ppf((0.95, 0.05))
    assert (many.low, many.high) == pytest.approx((8 / low, 8 / high), rel=0.01)
