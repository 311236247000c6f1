"""What changed between two moments (R29): it adds up to the cent, and a slow second count says the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.changes.answer import Changes, changes, parts
from leadline.insights.changes.reasons import NAMES
from leadline.insights.changes.steps import Scope
from leadline.insights.store.warehouse import Warehouse
from tests.oracle.changes import bars
from tests.strategies.changes import ledgers
from tests.strategies.ledger import DAY, START, Ledger

MAY, JUNE, JULY = dt.date(2024, 5, 15), dt.date(2024, 6, 15), dt.date(2024, 7, 15)
SPRING = (dt.date(2024, 5, 1), dt.date(2024, 6, 30))


def asked(warehouse: Warehouse, scope: Scope, after: dt.datetime, until: dt.datetime) -> Changes:
    return changes(warehouse, scope, after, until)


@st.composite
def companies(draw: st.DrawFn) -> Ledger:
    """Ledgers in which deals are also re-dated, and change their value in their own currency."""
    ledger = draw(ledgers(deals=8, steps=6))
    for deal in range(1, ledger.ids.get("deal", 0) + 1):
        for minutes in draw(st.lists(st.integers(0, 250_000), max_size=3)):
            values = draw(
                st.sampled_from(
                    [
                        *({"expected_close_on": day} for day in (MAY, JUNE, JULY, None)),
                        {"value": Decimal("7.70"), "value_base": Decimal("7.07")},
                        {"value": Decimal("7.70"), "value_base": Decimal("6.93"), "expected_close_on": MAY},
                        {"source_id": 2},
                    ]
                )
            )
            ledger.change("deal", deal, START + dt.timedelta(minutes=minutes), via="import", **values)
    return ledger


scopes = st.builds(
    Scope,
    pipeline=st.sampled_from((None, 1, 2)),
    owners=st.sampled_from((None, (1,), (1, None), (2, 3))),
    sources=st.sampled_from((None, (2,), (None,))),
    closing=st.sampled_from((None, SPRING)),
    seen=st.sampled_from((None, (1, 2, 3, 4))),
)
moments = st.integers(-1_000, 260_000).map(lambda minutes: START + dt.timedelta(minutes=minutes))


@settings(max_examples=25, deadline=None)
@given(companies(), scopes, moments, moments)
def test_it_adds_up_and_a_slow_count_says_the_same(
    warehouse: Warehouse, ledger: Ledger, scope: Scope, one: dt.datetime, other: dt.datetime
) -> None:
    warehouse.follow(ledger)
    after, until = sorted((one, other))
    found = asked(warehouse, scope, after, until)
    assert found.opening.amount + sum(step.amount for step in found.steps) == found.closing.amount
    slow = bars(ledger.rows, scope, after, until)
    every = (found.opening, *found.steps, found.closing)
    assert {step.name: (step.amount, step.deals, step.blank) for step in every} == {
        name: (amount, len(deals), blank) for name, (amount, deals, blank) in slow.items()
    }
    assert [step.name for step in found.steps] == [name for name in NAMES if name in slow]
    for name, (amount, deals, _) in slow.items():
        behind = parts(warehouse, scope, after, until, name)
        assert [part.deal for part in behind] == sorted(deals)
        assert sum(part.amount for part in behind) == amount
    # Two spans that follow each other make one.
    middle = after + (until - after) / 2
    first, second = asked(warehouse, scope, after, middle), asked(warehouse, scope, middle, until)
    assert first.closing == dataclasses.replace(second.opening, name="closing")
    for name in NAMES:
        halves = [step.amount for half in (first, second) for step in half.steps if step.name == name]
        assert sum(halves) == sum(step.amount for step in found.steps if step.name == name)


def test_every_reason_by_name(warehouse: Warehouse) -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("One", "Two")
    ledger.add("pipeline", name="Renewals", position=1)
    other = ledger.add("stage", pipeline_id=2, name="First", position=0)
    for name in ("Ann", "Bob"):
        ledger.add("user", name=name)
    cents = iter(range(1, 99))

    def deal(at: dt.datetime = START, **more: object) -> int:
        amount = Decimal(next(cents)) / 100
        more = {"pipeline_id": 1, "owner_id": 1, "expected_close_on": MAY, **more}
        return ledger.deal(one, at, value=amount, value_base=amount, currency="EUR", **more)

    later = START + DAY
    for status in ("won", "lost", "nurture"):
        ledger.close(deal(), status, later)
    reopened = deal(status="lost")
    ledger.reopen(reopened, later)
    deal(later)
    ledger.change("deal", deal(), later, pipeline_id=2, stage_id=other)
    ledger.change("deal", deal(pipeline_id=2), later, pipeline_id=1, stage_id=two)
    ledger.change("deal", deal(), later, expected_close_on=JULY)
    ledger.change("deal", deal(expected_close_on=None), later, expected_close_on=MAY)
    ledger.change("deal", deal(), later, owner_id=2)
    ledger.change("deal", deal(owner_id=2), later, owner_id=1)
    ledger.change("deal", deal(), later, value=Decimal(5), value_base=Decimal(5))
    ledger.change("deal", deal(), later, value_base=Decimal(6))
    ledger.delete(deal(), later)
    ledger.change("deal", deal(), later, merged_into_id=1)
    ledger.change("deal", deal(deleted_at=START), later, deleted_at=None)
    warehouse.follow(ledger)
    found = asked(warehouse, Scope(pipeline=1, owners=(1,), closing=SPRING), START, later)
    assert {step.name: step.amount * 100 for step in found.steps} == {
        "won": -1, "lost": -2, "parked": -3, "reopened": 4, "added": 5, "moved_out": -6, "moved_in": 7, "dated_out": -8,
        "dated_in": 9, "handed_out": -10, "handed_in": 11, "revalued": 488, "rerated": 587, "deleted": -14,
        "merged": -15, "restored": 16,
    }  # fmt: skip
    assert {step.name for step in found.steps} == set(NAMES)
    assert [step.deals for step in found.steps] == [1] * len(NAMES)


def test_nothing_happened_and_nothing_is_there(warehouse: Warehouse) -> None:
    warehouse.follow(Ledger())
    found = asked(warehouse, Scope(), START, START + DAY)
    assert (found.opening.amount, found.steps, found.closing.deals) == (0, (), 0)
