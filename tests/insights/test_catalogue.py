"""Names of metrics and dimensions, and questions that make no sense."""

from __future__ import annotations

import datetime as dt

import pytest

from leadline.insights import catalogue, dimensions
from leadline.insights.catalogue import METRICS
from leadline.insights.catalogue.metric import UnknownMetric
from leadline.insights.dimensions import Dimension, UnknownDimension
from leadline.insights.facts.expressions import FACTS
from leadline.insights.metrics.answering import KINDS
from leadline.insights.question import BadQuestion
from leadline.insights.store.warehouse import Warehouse
from tests.insights.asking import behind, question
from tests.strategies.ledger import Ledger


def test_every_metric_says_what_it_is() -> None:
    for name, metric in METRICS.items():
        assert catalogue.find(name) is metric
        assert metric.sentence.endswith(".")
        assert metric.kind in KINDS
        assert "" in KINDS[metric.kind].parts
        assert metric.facts in FACTS
        assert FACTS[metric.facts].rows == metric.rows
        assert metric.good_direction in ("up", "down", "neither")
        assert set(metric.dimensions) <= {*dimensions.BUILT_IN, *dimensions.OTHERS}


def test_an_unknown_metric_names_the_nearest() -> None:
    with pytest.raises(UnknownMetric, match=r"no metric 'win_rat'. Try win_rate"):
        catalogue.find("win_rat")
    assert catalogue.find("Win-Rate").name == "win_rate"


def test_an_unknown_dimension_names_the_nearest() -> None:
    with pytest.raises(UnknownDimension, match="Try owner"):
        dimensions.find("ownr", ())
    with pytest.raises(UnknownDimension, match="deal size"):
        dimensions.find("deal siz", (Dimension("deal size", "a" * 40),))


def test_fields_of_ones_own_are_found_by_name() -> None:
    own = Dimension("Deal Size", "a" * 40)
    assert dimensions.find("deal size", (own,)) is own
    assert dimensions.find("deal_size", (own,)) is own
    assert own.compared


def test_a_breakdown_that_says_nothing_is_refused() -> None:
    with pytest.raises(BadQuestion, match="booked_revenue cannot be broken down by lost_reason"):
        question("booked_revenue", "lost_reason")


def test_a_period_ends_after_it_begins() -> None:
    with pytest.raises(BadQuestion, match="ends"):
        question("win_rate", start=dt.date(2024, 2, 1), end=dt.date(2024, 1, 1))


def test_an_unknown_part_names_those_there_are(warehouse: Warehouse) -> None:
    warehouse.follow(Ledger())
    with pytest.raises(BadQuestion, match="numerator"):
        behind(warehouse, "win_rate", "denominatr")
