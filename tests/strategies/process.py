"""Teams that hand leads over, lose deals for reasons, publish playbooks and answer them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.strategies.ledger import DAY, START, Ledger

ROLES = ("inbound", "closer")
EVENTS = {"sent": "Proposal sent", "told": "Budget told", "held": "Meeting held", "signs": "Who signs is known",
          "plan": "Plan is there", "bill": "Bill is there"}  # fmt: skip
_who = st.sampled_from((1, 2))
_said = st.sampled_from((True, False, None, "", "May", 0))


def item(key: str, kind: str, event: bool = True, **more: Any) -> dict[str, Any]:
    """An item of a playbook as it is kept."""
    return {"key": key, "name": EVENTS[key], "kind": kind, "required": False, "weight": 0, "help": "", "event": event,
            **more}  # fmt: skip


@st.composite
def teams(draw: st.DrawFn, steps: int = 14) -> Ledger:
    """Two people, two stages, three leads and three deals, and what they did with them."""
    ledger = Ledger()
    ledger.pipeline("First", "Last")
    for name in ("Ann", "Bob"):
        ledger.add("user", name=name, email=f"{name}@example.org")
    for kind, names in (
        ("source", ("Web", "Fair")),
        ("lack", ("Budget", "Date")),
        ("lost_reason", ("Price", "Timing")),
    ):
        for name in names:
            ledger.add(kind, name=name)
    ledger.add("discard_reason", name="Wrong number")
    ledger.add("activity_type", name="Meeting")
    ledger.add("playbook", START - DAY, stage_id=1, version=1, items=[item("sent", "tick", draw(st.booleans()))],
               published_at=draw(st.sampled_from((None, START - DAY))))  # fmt: skip
    for number in (1, 2, 3):
        ledger.deal(1, START, owner_id=draw(_who), source_id=draw(_who), person_id=draw(st.sampled_from((None, 1))))
        ledger.add("lead", START, stage="sql", status="open", owner_id=draw(st.none() | _who), source_id=draw(_who),
                   created_at=START if number < 3 else draw(st.sampled_from((START, None))))  # fmt: skip
    at = START
    for _ in range(draw(st.integers(0, steps))):
        at += dt.timedelta(minutes=draw(st.sampled_from((0, 3, 50, 600, 3000))))
        _step(draw, ledger, at)
    return ledger


def _step(draw: st.DrawFn, ledger: Ledger, at: dt.datetime) -> None:
    record, deed = draw(st.sampled_from((1, 2, 3))), draw(st.sampled_from(sorted(DEEDS)))
    DEEDS[deed](draw, ledger, at, record)


def _hand(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    giver = draw(_who)
    about = draw(st.sampled_from(("lead_id", "lead_id", "lead_id", "deal_id")))
    ledger.add("hand_off", at, giver_id=giver, taker_id=3 - giver, giver_role=draw(st.sampled_from(ROLES)),
               taker_role=draw(st.sampled_from(("", *ROLES))), state="waiting", handed_at=at,
               **{about: record})  # fmt: skip


def _answer(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, _record: int) -> None:
    made = ledger.ids.get("hand_off", 0)
    if not made:
        return
    state = draw(st.sampled_from(("accepted", "returned", "withdrawn")))
    lacks = draw(st.sampled_from(([], [1], [1, 2]))) if state == "returned" else []
    ledger.change("hand_off", draw(st.integers(1, made)), at, state=state, answered_at=at, lacks=lacks)


def _own(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    ledger.change("lead", record, at, owner_id=draw(st.none() | _who))


def _close_lead(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    status = draw(st.sampled_from(("discarded", "open")))
    closed, reason = (at, draw(st.sampled_from((None, 1)))) if status == "discarded" else (None, None)
    ledger.change("lead", record, at, status=status, closed_at=closed, discard_reason_id=reason)


def _call(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    about = draw(st.sampled_from(("lead_id", "deal_id")))
    ledger.add("activity", at, type_id=1, owner_id=draw(_who), created_at=at, done_at=at, **{about: record})


def _lose(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    status = draw(st.sampled_from(("lost", "lost", "won")))
    rival = draw(st.sampled_from(("", "Acme", "Acme", "acme", " ACME ", "Globex")))
    said = {"lost_reason_id": draw(st.sampled_from((None, 1, 2))), "competitor": rival}
    ledger.change("deal", record, at, status=status, closed_at=at, **said)


def _move(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    ledger.change("deal", record, at, stage_id=draw(_who))


def _publish(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, _record: int) -> None:
    items = [item("sent", "tick"), item("told", "text", draw(st.booleans())), item("held", "activity", type_id=1),
             item("signs", "person", role=draw(st.sampled_from(("Signs", "")))),
             item("plan", "file"), item("bill", "file")]  # fmt: skip
    ledger.add("playbook", at, stage_id=draw(_who), version=ledger.ids["playbook"] + 1, items=items, published_at=at)


def _tell(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    key = draw(st.sampled_from(("sent", "told")))
    known = [n for (kind, n), state in ledger.states.items()
             if kind == "answer" and (state["deal_id"], state["key"]) == (record, key)]  # fmt: skip
    if known:
        ledger.change("answer", known[0], at, value=draw(_said))
    else:
        ledger.add("answer", at, deal_id=record, key=key, value=draw(_said))


def _join(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    ledger.add("participant", at, deal_id=record, role=draw(st.sampled_from(("signs ", "uses it"))))


def _file(draw: st.DrawFn, ledger: Ledger, at: dt.datetime, record: int) -> None:
    """Some are named for one of the items."""
    made = ledger.add("file", at, deal_id=record, created_at=at)
    key = draw(st.sampled_from((None, "plan", "bill")))
    known = [state for (kind, _n), state in ledger.states.items() if kind == "answer" and state["key"] == key]
    if key and not known:
        ledger.add("answer", at, deal_id=record, key=key, value=made)


DEEDS = {
    "hand": _hand,
    "answer": _answer,
    "own": _own,
    "close_lead": _close_lead,
    "call": _call,
    "lose": _lose,
    "move": _move,
    "publish": _publish,
    "tell": _tell,
    "join": _join,
    "file": _file,
}
