"""The door to the numbers: what people see, in words they use, up to the last change."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.crm.models import CustomField, Source
from leadline.history import members
from leadline.insights import ask, warehouse
from leadline.insights.question import BadQuestion
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed

JANUARY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def won(owner, value=Decimal(1000), at=JANUARY, **fields):
    deal = factories.deal(owner=owner, value=value, created_at=at, at=at, **fields)
    return deal.win(by=SYSTEM, at=at + 10 * DAY)


def test_a_report_knows_the_last_change(cast: Cast) -> None:
    assert ask.report("booked_revenue").rows[0]["value"] == 0
    won(cast.owner)
    assert ask.report("booked_revenue").rows[0]["value"] == Decimal(1000)
    won(cast.owner, Decimal("0.50"))
    (row,) = ask.report("booked_revenue", by=["month", "owner"]).as_json_rows()
    assert row == {
        "month": "2026-01", "owner": "Olga", "value": 1000.5, "n": 2, "low": None, "high": None, "left_out": 0,
    }  # fmt: skip


def test_everybody_sees_the_numbers_of_the_deals_they_may_see(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    for person in (cast.owner, cast.owner, cast.teammate, cast.outsider):
        won(person)
    seen = {part: ask.report("deals_added", user=getattr(cast, part)).rows[0]["n"] for part in Cast.PARTS}
    assert seen["administrator"] == seen["leader"] == 4
    assert (seen["owner"], seen["teammate"], seen["outsider"], seen["inactive"]) == (2, 1, 1, 0)
    assert ask.report("deals_added").rows[0]["n"] == 4
    assert len(ask.records_behind("deals_added", {"owner": "Theo"}, user=cast.owner)) == 0


def test_every_number_opens_to_its_deals(cast: Cast) -> None:
    first, second = won(cast.owner), won(cast.teammate)
    lost = factories.deal(owner=cast.owner)
    lost.lose(by=SYSTEM)
    assert ask.records_behind("win_rate", {}) == [first.pk, second.pk, lost.pk]
    assert ask.records_behind("win_rate", {"owner": "Olga"}) == [first.pk, lost.pk]
    assert ask.records_behind("win_rate", {"owner": "Olga", "part": "numerator"}) == [first.pk]
    assert ask.records_behind("win_rate", {"month": "2026-01"}, where={"team": "North"}) == [first.pk, second.pk]
    assert ask.records_behind("win_rate", {"source": None}, end=JANUARY.date()) == []


def test_broken_down_by_a_field_of_ones_own(cast: Cast) -> None:
    field = CustomField(
        name="Deal size", entity="deal", kind="choice", options=[{"id": 1, "label": "S"}, {"id": 2, "label": "L"}]
    ).add(by=SYSTEM)
    for option in (1, 2, 2):
        won(cast.owner, custom={field.key: option})
    found = ask.report("win_rate", by=["deal size"])
    assert [(row["Deal size"], row["n"]) for row in found.rows] == [("L", 2), ("S", 1)]
    assert "Deal size" in ask.dimensions("win_rate")
    several = CustomField(
        name="Needs", entity="deal", kind="choices", options=[{"id": 1, "label": "A"}, {"id": 2, "label": "B"}]
    ).add(by=SYSTEM)
    won(cast.owner, custom={several.key: [1, 2]})
    assert [(r["Needs"], r["n"]) for r in ask.report("win_rate", by=["needs"]).rows] == [("A", 1), ("B", 1), (None, 3)]


def test_only_one_pipeline_one_source_one_period(cast: Cast) -> None:
    referral = Source(name="Referral").add(by=SYSTEM)
    won(cast.owner, source=referral)
    won(cast.owner, at=JANUARY + 60 * DAY)
    name = factories.pipeline().name
    assert ask.report("win_rate", pipeline=name.lower()).rows[0]["n"] == 2
    assert ask.report("win_rate", where={"source": "Referral"}).rows[0]["n"] == 1
    closed = dt.date(2026, 1, 15)
    assert ask.report("win_rate", start=closed, end=closed).rows[0]["n"] == 1
    assert ask.report("win_rate", as_of=dt.date(2026, 1, 15)).rows[0]["n"] == 1
    assert ask.report("win_rate", as_of=dt.date(2026, 1, 14)).rows[0]["n"] == 0
    assert ask.report("win_rate", as_of=JANUARY + 10 * DAY).rows[0]["n"] == 1
    with pytest.raises(BadQuestion, match=f"Try {name}"):
        ask.report("win_rate", pipeline=name[:-1])


def test_a_report_as_csv(cast: Cast) -> None:
    won(cast.owner)
    (row,) = csv.DictReader(io.StringIO(ask.report("booked_revenue", by=["owner"]).as_csv()))
    assert (row["owner"], row["value"], row["n"]) == ("Olga", "1000.00", "1")
    assert ask.report("booked_revenue", by=["campaign"], start=dt.date(1999, 1, 1), end=dt.date(1999, 1, 1)).as_csv()


def test_json_rows_are_plain(cast: Cast) -> None:
    won(cast.owner, Decimal("12.34"))
    for metric in ask.catalogue.METRICS.values():
        json.dumps(ask.report(metric.name, by=metric.dimensions[:1]).as_json_rows(), allow_nan=False)


def test_the_warehouse_says_what_the_log_says(cast: Cast) -> None:
    won(cast.owner)
    ask.report("win_rate")
    won(cast.owner)
    assert warehouse.agrees()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("metric", ["win_rate", "time_in_stage", "deals_added"])
def test_the_ends_of_the_calendar_are_the_ends_of_time(cast: Cast, settings, metric: str, zone: str) -> None:
    settings.LEADLINE_TIME_ZONE = zone
    won(cast.owner)
    first, last = dt.date.min, dt.date.max
    assert ask.report(metric, start=first, end=last, as_of=last).rows[0]["n"] == 1
    for moment in (last, dt.datetime.max, dt.datetime.max.replace(tzinfo=dt.timezone(-DAY / 2))):
        assert ask.report(metric, as_of=moment).rows[0]["n"] == 1
    for moment in (first, dt.datetime.min, dt.datetime.min.replace(tzinfo=dt.timezone(DAY / 2))):
        assert ask.report(metric, as_of=moment).rows[0]["n"] == 0
    assert ask.report(metric, start=last, end=last).rows[0]["n"] == 0
    assert ask.report(metric, start=first, end=first).rows[0]["n"] == 0


def test_what_somebody_does_while_another_asks_costs_no_edition(cast: Cast) -> None:
    """The present is not cut off at the microsecond of the question; a moment that is named is."""
    asked = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    factories.deal(owner=cast.owner)  # a change behind the question's moment
    found = warehouse.warehouse()
    with found.as_of(asked, present=True) as tables:
        assert tables.moment is None
        assert tables.arrow("SELECT count(*) AS n FROM deals").to_pylist() == [{"n": 1}]
    with found.as_of(asked) as tables:
        assert tables.moment is not None
        assert tables.arrow("SELECT count(*) AS n FROM deals").to_pylist() == [{"n": 0}]
