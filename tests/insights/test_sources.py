"""What sources are worth: lag, lifetime value, leakage and mix, against a slow definition and in exact cases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.insights.bare import BARE, behind, rows, same
from tests.oracle import leads as slowly
from tests.oracle import shares
from tests.oracle import sources as oracle
from tests.strategies.streams import AS_OF, Company, companies

DAY = dt.timedelta(days=1)
AT = dt.datetime(2024, 3, 1, 12)


@settings(max_examples=15, deadline=None)
@given(company=companies(), period=st.booleans(), by=st.sampled_from((None, "source", "owner", "month")))
def test_metrics_of_sources_are_what_the_slow_definition_says(company: Company, period: bool, by: str | None) -> None:
    BARE.hold(company)
    start, end = (dt.date(2024, 3, 1), dt.date(2024, 3, 31)) if period else (None, None)
    slow = slowly.Slow(company, AS_OF, "UTC")
    for metric in oracle.FACTS:
        if (metric, by) != ("effective_sources", "source"):
            found = rows(metric, *filter(None, [by]), start=start, end=end)
            same(found, slow.answer(oracle, metric, by, start, end), by, metric)
    for metric, part in (
        ("lag", ""),
        ("lag", "from_creation"),
        ("lifetime_value", ""),
        ("deals_untouched", "numerator"),
    ):
        (row,) = rows(metric)
        assert len(behind(metric, part)) == row[part or "n"], (metric, part)


@settings(max_examples=12, deadline=None)
@given(
    company=companies(),
    period=st.booleans(),
    by=st.sampled_from(((), ("source",), ("month",), ("owner", "source"), ("month", "source"))),
    zone=st.sampled_from(("UTC", "America/New_York")),
)
def test_shares_are_what_the_slow_definition_says(
    company: Company, period: bool, by: tuple[str, ...], zone: str
) -> None:
    BARE.hold(company)
    start, end = (dt.date(2024, 3, 1), dt.date(2024, 3, 31)) if period else (None, None)
    slow = slowly.Slow(company, AS_OF, zone)
    for metric in shares.METRICS:
        found = rows(metric, *by, start=start, end=end, zone=zone)
        told = [{**row, "labels": tuple(row[name] for name in by)} for row in found]
        same(told, shares.answer(slow, metric, by, start, end), "labels", metric)


def deal(number: int, value: int | None = 100, **fields: Any) -> dict[str, Any]:
    worth = None if value is None else Decimal(value)
    return {
        "deal": number, "status": "won", "value_base": worth, "created_at": AT, "closed_at": AT + number * DAY,
        "revenue_type": "new", "source": 1, "organization": 1, **fields,
    }  # fmt: skip


def test_a_customer_counts_where_it_was_first_won_with_all_that_it_bought_since() -> None:
    """One bought 100 by Inbound and 300 by Referral: all of it is Inbound's. Another bought 50."""
    deals = [
        deal(2, 300, source=2, revenue_type="add_on"),
        deal(1, 100),
        deal(3, 50, organization=None, person=1, source=None),
    ]
    BARE.hold(Company(deals=[*deals, deal(4, 7, organization=None), deal(5, 9, status="lost")]))
    found = {row["source"]: (row["value"], row["n"]) for row in rows("lifetime_value", "source")}
    assert found == {"Inbound": (400.0, 1), None: (50.0, 1)}
    assert behind("lifetime_value", "deals", where={"source": "Inbound"}) == [1, 2]


@pytest.mark.parametrize("due", [29, 30])
def test_lifetime_is_projected_from_thirty_renewals(due: int) -> None:
    """Bought once for 1,000; renewals at 200, two of three won."""
    deals = [deal(n, 1000, organization=n) for n in range(1, due + 1)]
    renewals = [
        deal(100 + n, 200, organization=n, revenue_type="renewal", status="lost" if n % 3 == 0 else "won")
        for n in range(1, due + 1)
    ]
    BARE.hold(Company(deals=deals + renewals))
    (row,) = rows("lifetime_value", "source")
    assert row["renewals"] == due
    if due < 30:
        assert row["projected"] is None
    else:
        rate = 20.5 / 31
        assert row["value"] == pytest.approx(1000 + 200 * 20 / 30)
        assert row["projected"] == pytest.approx(1000 + 200 * rate / (1 - rate))
        assert row["projected_low"] < row["projected"] < row["projected_high"]


def test_lag_begins_with_the_first_conversation_about_lead_or_deal() -> None:
    lead = {"lead": 1, "deal": 1, "status": "converted", "created_at": AT - 9 * DAY, "sal_at": AT}
    touches = [{"lead": 1, "touched_at": AT - 5 * DAY}, {"deal": 1, "touched_at": AT - DAY}]
    late = {"deal": 2, "touched_at": AT + 3 * DAY}  # logged after the close: no beginning of it
    BARE.hold(Company(deals=[deal(1), deal(2), deal(3, closed_at=AT - DAY)], leads=[lead], touches=[*touches, late]))
    (row,) = rows("lag")
    assert (row["value"], row["n"], row["from_creation"], row["left_out"]) == (4.0, 2, 1, 1)  # 6 days and 2


def _mix(**counts: int) -> Company:
    numbers = {"inbound": 1, "referral": 2}
    leads: list[dict[str, Any]] = []
    for name, count in counts.items():
        leads += [{"lead": len(leads) + n, "created_at": AT, "source": numbers.get(name)} for n in range(1, count + 1)]
    return Company(leads=leads)


def test_shares_of_leads_are_of_all_sources_whatever_is_looked_at() -> None:
    BARE.hold(_mix(inbound=6, referral=3, unknown=1))
    found = {row["source"]: (row["value"], row["n"]) for row in rows("source_share", "source")}
    assert found == {"Inbound": (0.6, 10), "Referral": (0.3, 10), None: (0.1, 10)}
    (row,) = rows("source_share", "month", where={"source": "Referral"})
    assert (row["value"], row["numerator"], row["n"]) == (0.3, 3, 10)
    where = {"source": "Referral"}
    assert (len(behind("source_share", where=where)), len(behind("source_share", "numerator", where=where))) == (10, 3)


def test_two_equal_sources_are_two_and_one_is_one() -> None:
    BARE.hold(_mix(inbound=5, referral=5, unknown=2))
    (row,) = rows("effective_sources")
    assert (row["value"], row["sources"], row["n"], row["left_out"]) == (2.0, 2, 10, 2)
    BARE.hold(_mix(inbound=5))
    (row,) = rows("effective_sources")
    assert (row["value"], row["top"], row["top_share"], row["low"], row["high"]) == (1.0, "Inbound", 1.0, 1.0, 1.0)


def test_won_value_is_shared_out_to_the_cent() -> None:
    BARE.hold(Company(deals=[deal(1, 100), deal(2, 300, source=2), deal(3, None)]))
    found = {row["source"]: row for row in rows("source_value_share", "source")}
    assert {label: row["value"] for label, row in found.items()} == {"Inbound": 0.25, "Referral": 0.75}
    assert (found["Inbound"]["amount"], found["Inbound"]["left_out"]) == (Decimal(100), 1)


def test_deals_leak_where_they_end() -> None:
    passages = [
        {"deal": n, "pipeline": 1, "stage": stage, "entered_at": AT, "outcome": outcome, "source": 1, "skipped": False}
        for n, stage, outcome in ((1, 1, "advanced"), (1, 2, "failed"), (2, 1, "failed"), (3, 1, "pending"))
    ]
    BARE.hold(Company(deals=[deal(n) for n in (1, 2, 3)], passages=passages))
    (row,) = rows("deal_leakage", "source")
    assert (row["numerator"], row["n"], row["pending"]) == (2, 3, 1)
    assert behind("deal_leakage", "numerator") == [1, 2]
