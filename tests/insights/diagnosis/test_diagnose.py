"""The whole diagnosis: what is planted is named first, nothing is made up, and nothing breaks it."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from leadline.insights.diagnosis import diagnose as module
from leadline.insights.diagnosis.diagnose import diagnose
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.narrowing import narrowed
from tests.insights.fitted import companies


@pytest.mark.parametrize(
    ("scenario", "kind", "place"),
    [
        ("lead_drought", "fewer_leads", "source"),
        ("slow_response", "slow_response", None),
        ("leaky_stage", "stage_conversion", "stage"),
        ("slow_stage", "stage_time", "stage"),
        ("inbound_only", "one_stream", None),
        ("small_deals", "small_deals", None),
    ],
)
def test_what_began_half_a_year_ago_is_named_first_with_its_place_date_and_price(scenario, kind, place):
    ledger, truth = companies.company(scenario, 11, 12, 6_000)
    found = diagnose(ledger)
    first = found.findings[0].candidate
    assert first.kind == kind
    assert place is None or getattr(first.place, place) == getattr(truth, place)
    assert abs(first.since - truth.begins / 86_400) < 65
    assert 0 < first.worth.low < first.worth.value < first.worth.high
    assert first.certainty > 0.99
    assert found.constraint.key == kind
    assert not found.failed
    assert len({one.key for one in found.findings}) == len(found.findings)
    if kind == "one_stream":  # the sources that dwindled are shown under it, not beside it
        assert {one.kind for one in found.findings[0].shows} == {"fewer_leads"}
        assert "fewer_leads" not in {one.candidate.kind for one in found.findings}


def test_in_a_healthy_company_nothing_is_found_and_the_same_is_said_again():
    ledger, _truth = companies.company("healthy", 11, 12, 6_000)
    found = diagnose(ledger)
    assert not found.findings
    assert found.constraint.key in ("sound", "lever")
    assert found.looked_at > 20
    assert diagnose(ledger).cannot_tell == found.cannot_tell


def test_it_survives_what_is_missing_and_tells_no_wonders():
    for name, ledger in companies.poor():
        found = diagnose(ledger)
        assert not found.failed, name
        _all_known(found.findings, name)
        _all_known(found.constraint, name)
        if name.startswith(("0 ", "1 ", "5 ")):
            assert not found.findings, name
            assert found.constraint.key == "early", name
            assert found.cannot_tell, name


def test_it_grows_up_with_the_records():
    ledger, _truth = companies.company()
    for days in (-30, 0.01, 1, 30, 200):
        found = diagnose(as_of(ledger, ledger.start + days))
        assert not found.findings
        assert not found.failed
        assert found.cannot_tell


def test_where_no_lead_came_for_months_answers_cannot_be_told():
    ledger, _truth = companies.company()
    before = ledger.leads.created < ledger.as_of - 180
    found = diagnose(narrowed(ledger, np.ones(len(ledger.deals), bool), before))
    assert not found.failed
    assert "slow_response" in {one.kind for one in found.cannot_tell}


def test_a_check_that_breaks_is_named_and_takes_nothing_with_it(monkeypatch, caplog):
    ledger, _truth = companies.company("slow_stage", 11, 12, 6_000)

    def broken(ledger, fitted):
        raise ZeroDivisionError

    broken.__module__ = "leadline.insights.diagnosis.checks.broken"
    monkeypatch.setattr(module, "CHECKS", (broken, *module.CHECKS))
    found = diagnose(ledger)
    assert found.failed == ("broken",)
    assert "broken" in caplog.text
    assert found.findings[0].candidate.kind == "stage_time"


def _all_known(thing, name):
    """No NaN and no infinity anywhere in what is said."""
    if is_dataclass(thing):
        for one in fields(thing):
            _all_known(getattr(thing, one.name), name)
    elif isinstance(thing, tuple | list):
        for one in thing:
            _all_known(one, name)
    elif isinstance(thing, dict):
        _all_known(list(thing.values()), name)
    elif isinstance(thing, float | np.floating):
        assert math.isfinite(thing), name
