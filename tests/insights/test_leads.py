"""Metrics of leads against their second, slow definition, and the corners that no random company visits often."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights import catalogue
from leadline.insights.metrics import answering
from tests.insights.bare import BARE, behind, rows, same
from tests.oracle import leads as oracle
from tests.strategies.streams import AS_OF, Company, companies

DAY = dt.timedelta(days=1)
AT = dt.datetime(2024, 3, 1, 12)


@settings(max_examples=12, deadline=None)
@given(
    company=companies(),
    period=st.none() | st.tuples(st.integers(0, 50), st.integers(0, 30)),
    zone=st.sampled_from(("UTC", "America/New_York")),
    by=st.sampled_from((None, "source", "owner", "month")),
)
def test_metrics_of_leads_are_what_the_slow_definition_says(
    company: Company, period: tuple[int, int] | None, zone: str, by: str | None
) -> None:
    BARE.hold(company)
    start = dt.date(2024, 2, 20) + period[0] * DAY if period else None
    end = start + period[1] * DAY if start and period else None
    slow = oracle.Slow(company, AS_OF, zone)
    for metric in oracle.FACTS:
        found = rows(metric, *filter(None, [by]), start=start, end=end, zone=zone)
        same(found, slow.answer(oracle, metric, by, start, end), by, metric)
    steps = rows("lead_leakage", "lead_stage", zone=zone)
    same(steps, slow.answer(oracle, "lead_leakage", "lead_stage"), "lead_stage", "lead_leakage")
    places = [("Lead: Target", "Lead: MQL", "Lead: SQL").index(row["lead_stage"]) for row in steps]
    assert places == sorted(places)


@settings(max_examples=5, deadline=None)
@given(company=companies())
def test_every_count_opens_so_many_leads(company: Company) -> None:
    BARE.hold(company)
    for metric in set(oracle.FACTS) - {"lead_step_conversion"}:  # that counts steps, and a lead has several
        kind = answering.KINDS[catalogue.find(metric).kind]
        for row in rows(metric, "source"):
            where = {"source": row["source"]}
            assert len(behind(metric, where=where)) == row["n"], metric
            for column in kind.columns:
                if column.unit == "leads" and column.part is not None:
                    assert len(behind(metric, column.part, where=where)) == row[column.key], (metric, column.key)


@settings(max_examples=8, deadline=None)
@given(company=companies())
def test_the_marketing_funnel_never_widens(company: Company) -> None:
    BARE.hold(company)
    (mql,), (sql,), (sal,) = rows("mql_to_sql"), rows("sql_to_sal"), rows("sal")
    assert mql["n"] + mql["pending"] >= sql["n"] + sql["pending"] >= sal["n"]
    assert (mql["numerator"], sql["numerator"]) == (sql["n"] + sql["pending"], sal["n"])


def lead(number: int, **fields: Any) -> dict[str, Any]:
    return {"lead": number, "status": "open", "created_at": AT, "owner": 1, "source": 1, **fields}


def test_a_lead_accepted_at_once_came_to_every_step_at_that_moment() -> None:
    company = Company(leads=[lead(1, status="converted", sal_at=AT + DAY, deal=1)])
    company.deals = [{"deal": 1, "status": "won", "value_base": Decimal(500), "created_at": AT + DAY, "pipeline": 1}]
    BARE.hold(company)
    (row,) = rows("mql_to_sql")
    assert (row["numerator"], row["n"], row["skipped"], row["pending"]) == (1, 1, 1, 0)
    assert rows("sal_value")[0]["value"] == Decimal(500)
    assert rows("lead_to_won")[0]["so_far"] == 1.0
    assert behind("mql_to_sql", "skipped") == [1]


def test_r14_the_funnels_of_leads_and_of_their_deals_are_one() -> None:
    """Three leads: one ends as MQL, two become deals, of which one is lost at the first stage and one goes on."""
    leads = [lead(1, mql_at=AT, status="discarded")]
    leads += [lead(n, status="converted", mql_at=AT, sql_at=AT + DAY, sal_at=AT + DAY, deal=n) for n in (2, 3)]
    company = Company(leads=leads, deals=[{"deal": 2, "status": "lost"}, {"deal": 3, "status": "open"}])
    company.names += [{"kind": "stage", "id": n, "place": n, "label": name} for n, name in ((1, "Talk"), (2, "Offer"))]
    outcomes = ((2, 1, "failed"), (3, 1, "advanced"), (3, 2, "pending"))
    company.passages = [{"deal": d, "stage": s, "entered_at": AT + DAY, "outcome": o} for d, s, o in outcomes]
    BARE.hold(company)
    found = [
        (row["lead_stage"], row["numerator"], row["n"], row["pending"])
        for row in rows("lead_step_conversion", "lead_stage")
    ]
    assert found == [
        ("Lead: Target", 3, 3, 0), ("Lead: MQL", 2, 3, 0), ("Lead: SQL", 2, 2, 0), ("Talk", 1, 2, 0), ("Offer", 0, 0, 1)
    ]  # fmt: skip
    (row,) = rows("lead_leakage")
    assert (row["numerator"], row["n"], row["pending"]) == (2, 3, 1)


def test_so_far_counts_those_that_nobody_knows_of_yet() -> None:
    won = lead(10, sal_at=AT, status="converted", deal=1)
    leads = [*(lead(n) for n in range(1, 9)), lead(9, status="discarded"), won]
    BARE.hold(Company(leads=leads, deals=[{"deal": 1, "status": "won"}]))
    (row,) = rows("lead_to_won", "source")
    assert (row["value"], row["numerator"], row["n"], row["pending"], row["so_far"]) == (0.5, 1, 2, 8, 0.1)
    assert row["so_far_low"] < 0.1 < row["so_far_high"]


def test_response_minds_who_answers_and_who_never_does() -> None:
    """Ann answers after two hours; what Bob does to her lead is no answer; a lead handed over starts again."""
    leads = [lead(1), lead(2), lead(3, handed_at=AT + DAY), lead(4, created_at=AS_OF - dt.timedelta(minutes=30))]
    done = ((1, 2, 1), (1, 120, 1), (2, 5, 2), (3, 60, 1), (3, 24 * 60 + 4, 1))
    touches = [{"lead": n, "touched_at": AT + dt.timedelta(minutes=m), "actor": who} for n, m, who in done[1:]]
    BARE.hold(Company(leads=leads, touches=touches))
    (row,) = rows("response_time")
    assert (row["n"], row["unanswered"]) == (2, 2)
    assert row["value"] == pytest.approx((2 + 4 / 60) / 2)
    # The one of half an hour ago says nothing of hours and days yet.
    assert (row["within_5_minutes"], row["within_1_hour"], row["within_1_day"]) == (1 / 4, 1 / 3, 2 / 3)
    assert (behind("response_time", "within_1_day"), behind("response_time", "unanswered")) == ([1, 3], [2, 4])
    assert row["km_median"] == pytest.approx(2.0)  # a quarter by 4 minutes, half by 2 hours, with the unanswered in


def test_leads_are_of_no_pipeline_until_they_are_accepted() -> None:
    accepted = [lead(n, status="converted", sal_at=AT, deal=n) for n in (1, 2)]
    BARE.hold(Company(leads=[*accepted, lead(3)], deals=[{"deal": n, "pipeline": n, "status": "open"} for n in (1, 2)]))
    counts = {metric: rows(metric, pipeline=1)[0]["n"] for metric in ("leads_added", "sal", "mql")}
    assert counts == {"leads_added": 3, "sal": 1, "mql": 2}


def test_days_are_the_companys_also_when_clocks_change() -> None:
    """New York's clocks went forward at 7:00 UTC on March 10, 2024; February had 29 days."""
    moments = [dt.datetime(2024, 3, 1, 4, 59), dt.datetime(2024, 3, 11, 3, 59), dt.datetime(2024, 3, 11, 4)]
    BARE.hold(Company(leads=[lead(n, created_at=at) for n, at in enumerate(moments, 1)]))
    found = {row["day"]: row["n"] for row in rows("leads_added", "day", zone="America/New_York")}
    assert found == {"2024-02-29": 1, "2024-03-10": 1, "2024-03-11": 1}


def test_a_company_without_leads_has_none_and_no_shares_of_nothing() -> None:
    BARE.hold(Company())
    for metric in oracle.FACTS:
        (row,) = rows(metric)
        assert row["n"] == 0
        assert row["value"] in (None, 0)
        assert rows(metric, "source") == []
