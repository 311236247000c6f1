"""A simulated company comes in without a bad row, and the numbers say of it what happened in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from pytest_django import DjangoDbBlocker

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead, Stage, Target, base_currency
from leadline.history.models import Change
from leadline.imports.example.company import Renamed
from leadline.imports.example.loading import bring_in
from leadline.imports.models import Import
from leadline.insights.ask import report
from leadline.insights.simulator.company import Batch, Part, Status
from leadline.insights.simulator.population import Simulation, simulate

pytestmark = pytest.mark.django_db
UNTIL = dt.date(2026, 11, 22)


def company() -> Simulation:
    return simulate("leaky_stage", seed=11, sellers=5, deals=260, months=18, until=UNTIL)


@pytest.fixture(scope="module")
def batch() -> Batch:
    (found,) = company().batches()
    return found


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all the tests of this file, and rolled back behind them."""
    with django_db_blocker.unblock(), transaction.atomic():
        bring_in(company(), SYSTEM)
        yield
        transaction.set_rollback(True)


def numbers_of(entity: Any) -> dict[str, int]:
    """Primary keys by what the files call the records."""
    return dict(entity.objects.values_list("external_id", "pk"))


def test_every_row_came_in(batch: Batch) -> None:
    counts = Import.objects.get().counts
    assert counts["failed"] == 0
    assert Deal.objects.count() == len(batch.deals)
    assert Lead.objects.count() == len(batch.leads)
    assert Activity.objects.exclude(type__name="Pipeline review").count() == len(batch.activities)
    assert Target.objects.filter(user__isnull=False).exists()
    parts = Counter(int(part) for part in company().company.people.part)
    assert User.objects.filter(carries_quota=True).count() == parts[Part.CLOSER] + parts[Part.ACCOUNT_MANAGER]


def test_the_report_counts_what_was_won(batch: Batch) -> None:
    deals, rates = batch.deals, [one.rate for one in Renamed(company(), base_currency()).company.currencies]
    won = deals.status == Status.WON
    (row,) = report("deals_won").rows
    assert row["value"] == won.sum()
    known = won & ~np.isnan(deals.amount)
    worth = sum(
        round(float(amount) * rates[currency], 2)
        for amount, currency in zip(deals.amount[known], deals.currency[known], strict=True)
    )
    (row,) = report("booked_revenue").rows
    assert float(row["value"]) == pytest.approx(worth, abs=0.01 * known.sum())
    by_status = Counter(Deal.objects.values_list("status", flat=True))
    assert [by_status[name] for name in ("open", "won", "lost", "nurture")] == [
        int((deals.status == status).sum()) for status in Status
    ]


def test_each_deal_went_through_the_stages_it_went_through(batch: Batch) -> None:
    position = dict(Stage.objects.values_list("pk", "position"))
    pks = numbers_of(Deal)
    paths: dict[int, list[tuple[int, int]]] = {pk: [] for pk in pks.values()}
    stages: dict[int, int | None] = {}
    for change in Change.objects.filter(entity="deal").order_by("occurred_at", "id"):
        if "stage_id" in change.new and change.new["stage_id"] != stages.get(change.record_id):
            stages[change.record_id] = change.new["stage_id"]
            paths[change.record_id].append((position[change.new["stage_id"]], int(change.occurred_at.timestamp())))
    for place in range(len(batch.deals)):
        told = slice(batch.visits.offsets[place], batch.visits.offsets[place + 1])
        wanted = list(zip(batch.visits.stage[told].tolist(), batch.visits.entered[told].tolist(), strict=True))
        assert paths[pks[f"D{place}"]] == wanted, f"D{place}"


def test_conversions_are_those_of_the_paths(batch: Batch) -> None:
    deals, reached = batch.deals, np.zeros(len(batch.deals), int)
    of = np.repeat(np.arange(len(deals)), np.diff(batch.visits.offsets))
    np.maximum.at(reached, of, batch.visits.stage)
    reached[deals.status == Status.WON] = 5
    ended = np.isin(deals.status, (Status.LOST, Status.NURTURE))
    rows = {row["stage"]: row for row in report("stage_conversion", by=("stage",)).rows}
    names = list(Stage.objects.order_by("position").values_list("name", flat=True))
    for place, name in enumerate(names):
        advanced, failed = (reached > place).sum(), ((reached == place) & ended).sum()
        assert (rows[name]["numerator"], rows[name]["n"]) == (advanced, advanced + failed), name


def test_amounts_close_dates_and_parking_have_their_own_days(batch: Batch) -> None:
    pks = numbers_of(Deal)
    pushed: Counter[int] = Counter()
    parked: dict[int, int] = {}
    for change in Change.objects.filter(entity="deal", verb=Change.CHANGE):
        pushed[change.record_id] += "expected_close_on" in change.old
        if "status" in change.old and change.new["status"] == "nurture":
            parked[change.record_id] = int(change.occurred_at.timestamp())
    of = np.diff(batch.pushes.offsets)
    assert {pks[f"D{place}"]: int(of[place]) for place in np.flatnonzero(of)} == +pushed
    places = np.flatnonzero(batch.deals.status == Status.NURTURE)
    assert parked == {pks[f"D{place}"]: int(batch.deals.closed[place]) for place in places}
    edited = {pks[f"D{place}"] for place in batch.edits.deal}
    valued = {
        change.record_id for change in Change.objects.filter(entity="deal", verb=Change.CHANGE) if "value" in change.old
    }
    assert valued == edited


def test_leads_were_qualified_and_ended_when_they_were(batch: Batch) -> None:
    leads, pks = batch.leads, numbers_of(Lead)
    reached: dict[tuple[int, str], int] = {}
    for change in Change.objects.filter(entity="lead").order_by("occurred_at", "id"):
        for word in (change.new["stage"], change.new["status"]):
            reached.setdefault((change.record_id, word), int(change.occurred_at.timestamp()))
    for place in range(len(leads)):
        for rank, name in enumerate(("mql", "sql", "sal"), start=1):
            wanted = int(getattr(leads, name)[place]) if leads.stage[place] >= rank else None
            assert reached.get((pks[f"L{place}"], name)) == wanted, (place, name)
        for status, name in ((1, "converted"), (2, "discarded"), (3, "nurture")):
            wanted = int(leads.closed[place]) if leads.status[place] == status else None
            assert reached.get((pks[f"L{place}"], name)) == wanted, (place, name)


def test_it_goes_into_an_empty_house_only() -> None:
    with pytest.raises(ValidationError, match="empty Leadline"):
        bring_in(company(), SYSTEM)
