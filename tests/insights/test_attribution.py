"""The attribution audit (R20): credit without a trace, and what sources are worth if the traces are believed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.metrics.attribution import believed, believed_behind, contradictions
from tests.insights.bare import BARE, behind, question, rows, same
from tests.oracle import attribution
from tests.oracle.leads import Slow
from tests.strategies.streams import AS_OF, Company, audits

AT = dt.datetime(2024, 3, 1, 12)
HOUR = dt.timedelta(hours=1)
INBOUND, OUTREACH = 1, 2  # "Inbound" and, here, "Referral"
ANN, BOB = 1, 2


def lead(number: int, **fields: Any) -> dict[str, Any]:
    return {"lead": number, "status": "open", "created_at": AT, "source": OUTREACH, "originator": ANN, **fields}


def call(lead: int | None, before: dt.timedelta = HOUR, owner: int = ANN, **about: int) -> dict[str, Any]:
    return {"lead": lead, "done_at": AT - before, "owner": owner, **about}


def audited(*leads: dict[str, Any], calls: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    BARE.hold(Company(leads=list(leads), activities=calls, **more))
    (row,) = rows("misattribution")
    return row


def test_r20_originated_by_the_sdr_without_any_activity_before_is_listed() -> None:
    leads = [lead(1), lead(2), lead(3, created_at=AT + HOUR), lead(4, source=INBOUND, originator=None)]
    touches = [{"lead": n, "touched_at": AT + HOUR, "actor": BOB, "kind": "activity"} for n in (2, 4)]
    row = audited(*leads, calls=[call(1), call(2, -HOUR), call(3, owner=BOB)], touches=touches)
    assert (row["numerator"], row["n"], row["pending"]) == (2, 3, 0)
    assert behind("misattribution", "numerator") == [2, 3]
    latest, other = contradictions(BARE, question("misattribution"))
    assert (latest["lead"], latest["worker"], latest["evidenced"]) == (3, "Bob", None)
    assert (other["lead"], other["originator"], other["worker"], other["evidenced"]) == (2, "Ann", None, "Inbound")
    assert (other["first_touch_by"], other["first_touch_at"]) == ("Bob", AT + HOUR)


def test_where_nothing_is_ever_logged_before_leads_nobody_is_accused() -> None:
    """Leads of the web come by themselves: that their developer did nothing before is no contradiction."""
    inbound = [lead(n, source=INBOUND, originator=BOB) for n in range(1, 21)]
    row = audited(*inbound, lead(21), calls=[call(21)])
    assert (row["numerator"], row["n"], row["pending"]) == (0, 1, 20)


@pytest.mark.parametrize(
    ("about", "counts"),
    [({"person": 1}, True), ({"organization": 1}, True), ({"organization": 1, "deal": 9}, False), ({"deal": 5}, True)],
)
def test_work_on_the_person_or_organization_alone_is_a_trace(about: dict[str, int], counts: bool) -> None:
    traced = [lead(n) for n in range(2, 5)]
    mine = lead(1, person=1, organization=1, deal=5, sal_at=AT + HOUR, status="converted")
    row = audited(mine, *traced, calls=[call(None, **about), *(call(n) for n in range(2, 5))])
    assert row["numerator"] == (0 if counts else 1)


def test_a_creation_without_a_time_is_known_by_the_end_of_its_day() -> None:
    midnight = AT.replace(hour=0)
    row = audited(lead(1, created_at=midnight), lead(2), calls=[call(1), call(2)])
    assert row["numerator"] == 0
    BARE.hold(Company(leads=[lead(1, created_at=midnight), lead(2)], activities=[call(1), call(2)]))
    (row,) = rows("misattribution", zone="America/New_York")  # there it was 19:00
    assert row["numerator"] == 1


@settings(max_examples=25, deadline=None)
@given(
    company=audits(),
    period=st.booleans(),
    by=st.sampled_from((None, "source", "owner", "month")),
    zone=st.sampled_from(("UTC", "America/New_York")),
)
def test_the_audit_is_what_the_slow_definition_says(company: Company, period: bool, by: str | None, zone: str) -> None:
    BARE.hold(company)
    start, end = (dt.date(2024, 3, 1), dt.date(2024, 3, 31)) if period else (None, None)
    slow = Slow(company, AS_OF, zone)
    found = rows("misattribution", *filter(None, [by]), start=start, end=end, zone=zone)
    same(found, slow.answer(attribution, "misattribution", by, start, end), by, "misattribution")
    doubted = [fact["id"] for fact in attribution.credited(slow) if fact["fate"] == "numerator"]
    assert behind("misattribution", "numerator", zone=zone) == doubted


def test_believed_evidence_moves_a_sources_numbers_and_loses_none() -> None:
    won = {"status": "converted", "sal_at": AT + HOUR}
    leads = [
        lead(1, deal=1, **won), lead(2, deal=2, **won), lead(3, status="discarded"),
        lead(4, source=INBOUND, originator=None, deal=3, **won),
    ]  # fmt: skip
    worth = {1: 1000, 2: 200, 3: 30}
    deals = [
        {"deal": n, "status": "won", "value_base": Decimal(value), "source": INBOUND if n == 3 else OUTREACH}
        for n, value in worth.items()
    ]
    touches = [{"lead": n, "touched_at": AT + HOUR, "actor": BOB, "kind": "activity"} for n in (2, 4)]
    BARE.hold(Company(leads=leads, deals=deals, activities=[call(1), call(3)], touches=touches))
    inbound, outreach = believed(BARE, question("misattribution"), None)
    assert (inbound["source"], inbound["leads"], inbound["leads_evidenced"]) == ("Inbound", 1, 2)
    assert (outreach["booked"], outreach["booked_evidenced"]) == (Decimal(1200), Decimal(1000))
    assert (inbound["booked"], inbound["booked_evidenced"]) == (Decimal(30), Decimal(230))
    assert (outreach["opportunities"], outreach["decided"]) == (2, 3)
    assert (outreach["opportunities_evidenced"], outreach["decided_evidenced"]) == (1, 2)
    assert (inbound["sals_won_evidenced"], inbound["sal_value_evidenced"]) == (2, Decimal(230))
    for name in ("leads", "sals", "booked", "decided"):
        assert inbound[name] + outreach[name] == inbound[f"{name}_evidenced"] + outreach[f"{name}_evidenced"]
    assert believed_behind(BARE, question("misattribution"), "leads_added", "Inbound") == [2, 4]
    # What a user may not see is not counted.
    narrowed = believed(BARE, question("misattribution", seen=(1,)), (1,))
    assert [(row["source"], row["leads"], row["booked"]) for row in narrowed] == [("Referral", 1, Decimal(1000))]
