"""Metrics of people and work against their second, slow definition; and what stands behind them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights import catalogue
from leadline.insights.metrics.answering import KINDS
from leadline.insights.metrics.reviewing import weekdays_from
from leadline.insights.question import BadQuestion
from tests.insights.people.companies import companies
from tests.insights.people.company import LATER, START, Company, behind, rows
from tests.oracle import people as oracle


@settings(max_examples=20, deadline=None)
@given(
    company=companies(),
    period=st.none() | st.tuples(st.integers(0, 70), st.integers(0, 40)),
    days=st.integers(20, 90),
    by=st.sampled_from(("owner", "month")),
)
def test_metrics_are_what_the_slow_definition_says(
    company: Company, period: tuple[int, int] | None, days: int, by: str
) -> None:
    zone = "America/New_York"
    start = START.date() + dt.timedelta(days=period[0]) if period else None
    end = start + dt.timedelta(days=period[1]) if start and period else None
    as_of = START + dt.timedelta(days=days)
    slow = oracle.Slow(company.rows, zone, as_of)
    for metric in oracle.METRICS:
        for dimension in (None, by):
            if dimension and dimension not in catalogue.find(metric).dimensions:
                continue
            asked = {"start": start, "end": end, "zone": zone, "as_of": as_of}
            found = rows(company, metric, *filter(None, [dimension]), **asked)
            expected = oracle.answer(slow, metric, dimension, start, end)
            told = {row.get(dimension) if dimension else None: row for row in found}
            assert told.keys() == expected.keys(), metric
            for label, row in expected.items():
                for name, value in row.items():
                    assert told[label][name] == pytest.approx(value), (metric, label, name)
    for metric in ("activities_per_win", "activities_per_passage"):
        expected = oracle.effort_by_type(slow, metric)
        found = {row["activity_type"]: row for row in rows(company, metric, "activity_type", zone=zone)}
        assert {label: (row["value"], row["n"]) for label, row in found.items()} == {
            label: (pytest.approx(row["value"]), row["n"]) for label, row in expected.items()
        }


COUNTED = {  # what is counted of each metric, by part
    "index": {"": "n", "won": "won", "left_out": "left_out"},
    "activities_done": {"": "n"},
    "activities_added": {"": "n"},
    "conversations": {"": "n"},
    "activities_per_win": {"": "n", "denominator": "denominator"},
    "stage_to_won": {"": "n", "numerator": "numerator", "pending": "pending"},
    "review_growth": {"": "n", "numerator": "numerator", "other": "other_n", "other_numerator": "other_numerator"},
    "time_on_lost": {"": "n"},
}


@settings(max_examples=10, deadline=None)
@given(company=companies(), by=st.sampled_from(("owner", "activity_type")))
def test_every_number_opens_as_many_records_as_it_counts(company: Company, by: str) -> None:
    for metric, parts in COUNTED.items():
        if by not in catalogue.find(metric).dimensions:
            continue
        for row in rows(company, metric, by):
            stage = {"stage": "Stage 1"} if metric == "stage_to_won" else {}  # elsewhere a deal counts once
            (counted,) = rows(company, metric, where={by: row[by], **stage}) or [row]
            for part, key in parts.items():
                assert len(behind(company, metric, part, where={by: row[by], **stage})) == counted[key], (metric, part)


@pytest.mark.parametrize(
    "metric", [*oracle.METRICS, "adjusted_conversion", "adjusted_win_rate", "ramp", "reviews_held"]
)
def test_a_company_of_nothing_has_no_numbers_and_one_deal_is_enough(metric: str) -> None:
    company = Company()
    (row,) = rows(company, metric)
    assert not row["n"]
    assert not row["value"]
    assert rows(company, metric, "owner") == []
    company.person(1, "Ann", hired_on=dt.date(2024, 2, 29))
    deal = company.deal("won", START, owner=1, value_base=100)
    company.passage(deal, 1, "advanced")
    company.name("activity_type", 1, "Call")
    company.done(1, START, deal, owner=1, minutes=3, counts_as="conversation")
    if metric not in ("review_growth", "reviews_held"):
        (row,) = rows(company, metric, "owner")
        assert row["owner"] == "Ann"
        assert (row["value"] is None) == (metric == "ramp")
    for part in KINDS[catalogue.find(metric).kind].parts:
        assert isinstance(behind(company, metric, part), list)


def test_numbers_keep_to_what_may_be_seen_and_to_the_pipeline() -> None:
    company = Company()
    for pipeline in (1, 2):
        deal = company.deal("won", START, pipeline=pipeline, value_base=100)
        company.done(1, START, deal)
    assert rows(company, "index", pipeline=2)[0]["n"] == 1
    assert rows(company, "activities_done", pipeline=2)[0]["n"] == 1
    assert rows(company, "activities_per_win", seen=(1,))[0]["denominator"] == 1
    assert behind(company, "activities_per_win", "denominator", seen=(2,)) == [2]
    with pytest.raises(BadQuestion, match="cannot be broken down"):
        rows(company, "ramp", "source")


def test_a_review_of_friday_reaches_to_tuesday_and_young_deals_wait() -> None:
    company = Company()
    company.name("activity_type", 1, "Pipeline review")
    friday = START + dt.timedelta(days=4)
    company.done(1, friday)
    for days in (0, 2, 3, 4, 5):  # Friday, Sunday, Monday, Tuesday, Wednesday
        company.deal("won", friday + dt.timedelta(days=days))
    company.deal("open", LATER - dt.timedelta(days=29))
    (row,) = rows(company, "review_growth", end=friday.date() + dt.timedelta(days=6))
    assert (row["n"], row["other_n"], row["reviews"]) == (3, 2, 1)
    assert behind(company, "review_growth", "other") == [2, 5]


def test_reviews_are_told_of_to_the_calendars_last_day() -> None:
    company = Company()
    company.name("activity_type", 1, "Pipeline review")
    company.done(1, START)
    for day in (START, dt.datetime(9999, 11, 1)):
        company.deal("won", day)
    (row,) = rows(company, "review_growth", end=dt.date.max, as_of=dt.datetime.max)
    assert (row["n"], row["other_n"], row["reviews"]) == (1, 1, 1)
    assert weekdays_from(dt.date.max) == [dt.date.max]
