"""Companies as change logs: deals that skip, go back, close, reopen, park, vanish, and history written out of order."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.strategies.ledger import START, Ledger

STAGES = (1, 2, 3, 4, 5, 6)  # four in the first pipeline, two in the second
OWNERS, SOURCES, PRODUCTS = (1, 2, 3), (1, 2), (1, 2)
GAPS = (0, 1, 9, 10, 11, 60, 1440, 10_000)  # minutes; around the ten of an undone move
VALUES = ("0.00", "0.01", "10.00", "99.99", "12345.67", "1000000.00")

_maybe = st.none() | st.sampled_from((1, 2))
_act = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(STAGES)),
    st.tuples(st.just("move"), st.sampled_from(STAGES[:4])),
    st.tuples(st.just("back"), st.none()),
    st.tuples(st.sampled_from(("won", "lost", "nurture", "open", "delete", "restore", "merge")), st.none()),
    st.tuples(st.just("value"), st.none() | st.sampled_from(VALUES)),
    st.tuples(st.just("owner"), st.sampled_from((None, *OWNERS))),
)
_step = st.tuples(st.sampled_from(GAPS), _maybe, _act, st.booleans())


@st.composite
def ledgers(draw: st.DrawFn, deals: int = 15, steps: int = 8) -> Ledger:
    """A small company with its whole history."""
    ledger = company()
    late: list[tuple[int, dt.datetime, int | None, dict[str, Any]]] = []
    for _ in range(draw(st.integers(0, deals))):
        deal, at = _born(draw, ledger)
        for gap, actor, act, written_late in draw(st.lists(_step, max_size=steps)):
            at += dt.timedelta(minutes=gap)
            change = _change(ledger, deal, at, act)
            if written_late and "deleted_at" not in change:
                late.append((deal, at, actor, change))
            else:
                ledger.change("deal", deal, at, by=actor, **change)
    for deal, at, actor, change in late:
        ledger.change("deal", deal, at, by=actor, via="import", **change)
    return ledger


def company() -> Ledger:
    """Two teams, three people, two pipelines, two sources, two products, a choice field; no deals."""
    ledger = Ledger()
    for team in ("North", "South"):
        ledger.add("team", name=team)
    for number in OWNERS:
        ledger.add("user", name=f"Person {number}", email=f"p{number}@example.org", team_id=1 + number % 2)
    ledger.pipeline("One", "Two", "Three", "Four")
    stages = ("First", "Last")
    second = ledger.add("pipeline", name="Renewals", position=1)
    for position, name in enumerate(stages):
        ledger.add("stage", pipeline_id=second, name=name, position=position)
    for name in ("Referral", "Inbound"):
        ledger.add("source", name=name)
    for name in ("Lamp", "Shade"):
        ledger.add("product", name=name)
    ledger.add("label", name="Hot")
    ledger.add(
        "custom_field", entity="deal", key="a" * 40, name="Size", kind="choice",
        options=[{"id": 1, "label": "Small"}, {"id": 2, "label": "Large"}],
    )  # fmt: skip
    return ledger


def _born(draw: st.DrawFn, ledger: Ledger) -> tuple[int, dt.datetime]:
    at = START + dt.timedelta(minutes=draw(st.integers(0, 200_000)))
    status = draw(st.sampled_from(("open", "open", "open", "won", "lost")))
    stage = draw(st.sampled_from(STAGES)) if status == "open" else draw(st.none() | st.sampled_from(STAGES))
    deal = ledger.deal(
        stage,
        at,
        pipeline_id=_pipeline(stage),
        status=status,
        created_at=draw(st.sampled_from((at, at, None))),
        closed_at=at if status != "open" else None,
        owner_id=draw(st.sampled_from((None, *OWNERS))),
        source_id=draw(st.sampled_from((None, *SOURCES))),
        value_base=draw(st.none() | st.sampled_from(VALUES)),
        custom=draw(st.sampled_from(({}, {"a" * 40: 1}, {"a" * 40: 2}))),
        label_ids=draw(st.sampled_from(([], [1]))),
    )
    for product in draw(st.lists(st.sampled_from(PRODUCTS), max_size=3)):
        price = draw(st.none() | st.sampled_from(("1.00", "3.00")))
        ledger.add(
            "deal_product", at, deal_id=deal, product_id=product, quantity="1.000", unit_price=price, discount="0"
        )
    return deal, at


def _pipeline(stage: int | None) -> int:
    return 2 if stage in STAGES[4:] else 1


def _change(ledger: Ledger, deal: int, at: dt.datetime, act: tuple[str, Any]) -> dict[str, Any]:
    kind, what = act
    state = ledger.states["deal", deal]
    if kind == "move":
        return {"stage_id": what, "pipeline_id": _pipeline(what), "status": "open", "closed_at": None}
    if kind == "back":
        stage = 1 if state["stage_id"] is None else max(state["stage_id"] - 1, 1)
        return {"stage_id": stage, "pipeline_id": _pipeline(stage)}
    if kind in ("won", "lost"):
        return {"status": kind, "closed_at": at}
    if kind == "nurture":
        return {"status": kind, "closed_at": None}
    if kind == "open":
        return {
            "status": kind,
            "closed_at": None,
            "stage_id": state["stage_id"] or 1,
            "pipeline_id": state["pipeline_id"],
        }
    if kind in ("delete", "restore"):
        return {"deleted_at": at if kind == "delete" else None}
    if kind == "merge":
        return {"merged_into_id": 1}
    return {"value_base": what and Decimal(what)} if kind == "value" else {"owner_id": what}
