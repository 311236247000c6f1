"""One company on both engines, for all tests of the lake."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadline.insights.lake.exporting import export
from leadline.insights.store.warehouse import Warehouse
from tests.conftest import leave_out
from tests.insights.asking import followed
from tests.strategies.ledger import DAY, START, Ledger

MICROSECONDS = 1_000_000


def company(deals: int = 60) -> Ledger:
    """Sixty deals that go on, back and nowhere, some moved by mistake; leads, activities, products, labels, targets."""
    ledger, chance = Ledger(), random.Random(7)
    sources = [ledger.add("source", name=name) for name in ("Web", "Referral")]
    people = [
        ledger.add("user", name=name, email=f"{name}@example.com", hired_on="2023-01-01", carries_quota=True)
        for name in ("Ann", "Bob", "Cleo")
    ]
    kinds = [ledger.add("activity_type", name=name) for name in ("Call", "Meeting")]
    fairs = [ledger.add("campaign", name=name) for name in ("Spring", "Autumn")]
    products = [ledger.add("product", name=name) for name in ("Roof", "Cellar")]
    firms = [ledger.add("organization", name=f"Firm {n}") for n in range(9)]
    label = ledger.add("label", name="Hot")
    stages = ledger.pipeline("Met", "Offered", "Closing")
    ledger.add("target", START, metric="booked_revenue", user_id=people[0], start_on="2024-01-01", end_on="2024-06-30",
               amount="9000")  # fmt: skip
    _write_down(ledger, stages)
    for n in range(deals):
        at = START + DAY * 3 * n
        lead = ledger.add("lead", at, status="open", stage="mql", source_id=sources[n % 2], owner_id=people[n % 3],
                          created_at=at.isoformat(" "))  # fmt: skip
        deal = ledger.deal(stages[0], at + DAY, owner_id=people[n % 3], source_id=sources[n % 2],
                           originator_id=people[n % 4 % 3], campaign_id=fairs[n % 5 % 2],
                           organization_id=firms[n % 9], value_base=f"{chance.randint(1, 9999)}.50",
                           label_ids=[label] if n % 4 == 0 else None,
                           expected_close_on=(at + 30 * DAY).date().isoformat())  # fmt: skip
        if n % 3:
            ledger.change("lead", lead, at + DAY, status="converted", deal_id=deal, closed_at=(at + DAY).isoformat(" "))
        ledger.add("deal_product", at, deal_id=deal, product_id=products[n % 2], quantity="2", unit_price="10")
        done = at + DAY * chance.randint(1, 9)
        ledger.add("activity", at, type_id=kinds[n % 2], owner_id=people[n % 3], deal_id=deal, minutes=30,
                   counts_as=("conversation", "reached")[n % 3 > 1],
                   created_at=at.isoformat(" "), done_at=done.isoformat(" "))  # fmt: skip
        _hand_over(ledger, lead, n, at)
        _live(ledger, chance, deal, stages, at + DAY, n)
        ledger.add("answer", at + 2 * DAY, deal_id=deal, key="sent", value=(True, False, "May", None)[n % 4])
        if n % 5 == 0:
            ledger.add("participant", at + DAY, deal_id=deal, role="Signs")
            ledger.add("file", at + DAY, deal_id=deal, created_at=(at + DAY).isoformat(" "))
    return ledger


def _write_down(ledger: Ledger, stages: list[int]) -> None:
    """Why deals are lost and what leads lack; two versions of a playbook with key events of every kind."""
    for kind, names in (
        ("lost_reason", ("Price", "Timing")),
        ("lack", ("Budget", "Date")),
        ("discard_reason", ("No",)),
    ):
        for name in names:
            ledger.add(kind, name=name)
    asked = (("sent", "tick", {}), ("held", "activity", {"type_id": 2}), ("signs", "person", {"role": "signs"}),
             ("told", "file", {}))  # fmt: skip
    items = [{"key": key, "name": key.title(), "kind": kind, "event": True, **more} for key, kind, more in asked]
    for version, at in ((1, START), (2, START + 60 * DAY)):
        ledger.add("playbook", at, stage_id=stages[0], version=version, items=items, published_at=at.isoformat(" "))


def _hand_over(ledger: Ledger, lead: int, n: int, at: dt.datetime) -> None:
    """Every lead to the next person: accepted, given back with what it lacks, waiting, taken back."""
    giver, taker = n % 3 + 1, (n + 1) % 3 + 1
    handed = ledger.add("hand_off", at, lead_id=lead, giver_id=giver, taker_id=taker, giver_role="inbound",
                        taker_role=("closer", "")[n % 2], state="waiting", handed_at=at.isoformat(" "))  # fmt: skip
    state = ("accepted", "returned", "waiting", "withdrawn", "accepted")[n % 5]
    if state != "waiting":
        then = at + dt.timedelta(hours=n % 7 + 1)
        ledger.change("hand_off", handed, then, state=state, answered_at=then.isoformat(" "),
                      lacks=[1, 2][: n % 3] if state == "returned" else [])  # fmt: skip
    if n % 4 == 0:
        ledger.change("lead", lead, at + DAY / 2, owner_id=taker)
    if n % 6 == 0:
        ledger.change("lead", lead, at + DAY / 2, status="discarded", closed_at=(at + DAY).isoformat(" "),
                      discard_reason_id=1)  # fmt: skip


def _live(ledger: Ledger, chance: random.Random, deal: int, stages: list[int], at: dt.datetime, n: int) -> None:
    if n % 10 == 0:  # a slip of the mouse, undone at once
        ledger.change("deal", deal, at + DAY, stage_id=stages[2])
        ledger.change("deal", deal, at + DAY + dt.timedelta(minutes=1), stage_id=stages[0])
    for stage in stages[1:]:
        at += DAY * chance.randint(2, 20) + dt.timedelta(microseconds=chance.randint(1, MICROSECONDS))
        if chance.random() < 0.3:
            ledger.change("deal", deal, at, expected_close_on=(at + 40 * DAY).date().isoformat())
            break
        ledger.change("deal", deal, at, stage_id=stage)
    status = chance.choice(("won", "lost", "open"))
    if status != "open":
        at += DAY * 3
        reason = n % 3 or None if status == "lost" else None
        ledger.change("deal", deal, at, status=status, closed_at=at.isoformat(" "), lost_reason_id=reason)


@pytest.fixture(scope="session")
def home() -> Iterator[Warehouse]:
    opened = followed(company())
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def lake(home: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    export(home, folder)
    return folder


# A Java that lives for a minute: most of its time went into compiling well what is run a few times.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@pytest.fixture(scope="session")
def java() -> Iterator[None]:
    if shutil.which("java") is None:
        leave_out("Spark needs Java: install openjdk-17-jre-headless")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", SHORT_LIVED)
        yield
