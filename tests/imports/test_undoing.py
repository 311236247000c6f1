"""A whole import is taken back: nothing of it is left, in the tables, in the log's past, in people's lists."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Team, User
from leadline.crm.models import CustomField, Deal, Organization, Source, Stage
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements, state_of
from leadline.imports import failing
from leadline.imports.importing import Stopped, carry_out, prepare
from leadline.imports.models import Import, State
from leadline.imports.planning.options import Options
from leadline.imports.undoing import take_back
from tests import factories
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]
HEADING = ("Deal ID", "Title", "Stage", "Value", "Created", "Source", "Owner", "Company", "Region")
ROWS = [(str(n), f"Deal {n}", "Demo", n, "2024-01-01", "Web", "Ann", "Acme", "North") for n in range(8)]


def left() -> dict[str, int]:
    """Rows of every recorded model, and of people."""
    counts = {entity: model._base_manager.count() for entity, model in recorded_models().items()}
    return {name: count for name, count in counts.items() if count} | {
        "user": User.objects.count(),
        "team": Team.objects.count(),
    }


def alive_in_log(at: dt.datetime) -> int:
    """Deals that stood at a moment, by the log alone."""
    ids = Change.objects.filter(entity="deal").values_list("record_id", flat=True).distinct()
    return sum(bool(state) and "deleted_at" not in state for state in (state_of("deal", pk, at) for pk in ids))


def test_nothing_is_left(arrive: Arrive, test_data: Path) -> None:
    before = left()
    folder = test_data / "maven_crm"
    arrival, _result = arrive(
        *(folder / f"{name}.csv" for name in ("sales_pipeline", "accounts", "products", "sales_teams"))
    )
    assert take_back(arrival) == []
    assert left() == before
    assert not any(list(disagreements(model)) for model in recorded_models().values())
    assert arrival.state == State.UNDONE


def test_the_past_is_clean_too(arrive: Arrive, table: Table) -> None:
    arrival, _result = arrive(table("deals.csv", HEADING, *ROWS))
    assert alive_in_log(dt.datetime(2024, 6, 1, tzinfo=dt.UTC)) == 8
    take_back(arrival)
    assert alive_in_log(dt.datetime(2024, 6, 1, tzinfo=dt.UTC)) == 0
    assert alive_in_log(timezone.now()) == 0


def test_what_was_there_gets_its_old_values_back(arrive: Arrive, table: Table) -> None:
    arrive(table("deals.csv", HEADING, *ROWS[:3]))
    before = left()
    changed = [(*row[:3], 999, *row[4:]) for row in ROWS[:3]]
    arrival, result = arrive(table("deals.csv", HEADING, *changed, *ROWS[3:]))
    assert (result.updated, result.created) == (3, 5)
    take_back(arrival)
    assert left() == before
    assert sorted(Deal.objects.values_list("value", flat=True)) == [0, 1, 2]
    assert not any(list(disagreements(model)) for model in recorded_models().values())


def test_what_somebody_changed_or_used_since_stays_and_is_listed(arrive: Arrive, table: Table) -> None:
    arrival, _result = arrive(table("deals.csv", HEADING, *ROWS))
    deal = Deal.objects.get(external_id="2")
    deal.edit(by=SYSTEM, title="Mine now")
    other = factories.deal(stage=Stage.objects.get(name="Demo"), organization=Organization.objects.get())
    kept = take_back(arrival)
    assert {one.pk for one in Deal.objects.all()} == {deal.pk, other.pk}
    assert any("Mine now" in line for line in kept)
    assert Organization.objects.count() == Stage.objects.filter(name="Demo").count() == Source.objects.count() == 1
    assert User.objects.filter(name="Ann").exists()
    assert CustomField.objects.count() == 1
    assert not any(list(disagreements(model)) for model in recorded_models().values())


def test_an_undone_import_can_be_imported_again(arrive: Arrive, table: Table) -> None:
    path = table("deals.csv", HEADING, *ROWS)
    arrival, _result = arrive(path)
    take_back(arrival)
    _again, result = arrive(path)
    assert result.created == 8
    assert alive_in_log(dt.datetime(2024, 6, 1, tzinfo=dt.UTC)) == 8


def many(table: Table) -> Path:
    return table(
        "deals.csv",
        HEADING,
        *((str(n), f"Deal {n}", "Demo", n, "2024-01-01", "Web", "Ann", "Acme", "North") for n in range(2500)),
    )


def test_stopping_leaves_nothing(table: Table) -> None:
    before = left()
    arrival, plan = prepare([many(table)], Options(), user=None, progress=lambda label, count: None)

    def stop_soon(label: str, count: int) -> None:
        if count:
            Import.objects.filter(pk=arrival.pk).update(stop=True)

    with pytest.raises(Stopped):
        carry_out(arrival, plan, user=None, progress=stop_soon)
    assert left() == before
    arrival.refresh_from_db()
    assert arrival.state == State.CANCELLED


def test_an_error_halfway_leaves_nothing(table: Table) -> None:
    before = left()
    arrival, plan = prepare([many(table)], Options(), user=None, progress=lambda label, count: None)
    calls = []

    def fail(label: str, count: int) -> None:
        calls.append(count)
        if sum(calls) > 1500:
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError):
        carry_out(arrival, plan, user=None, progress=fail)
    assert left() == before
    arrival.refresh_from_db()
    assert (arrival.state, arrival.error) == (State.FAILED, "RuntimeError: disk full")


def test_bad_rows_are_given_back_mended_and_imported_again(arrive: Arrive, table: Table, tmp_path: Path) -> None:
    rows = [
        ("1", "A", "Demo", "x12", "2024-01-01"),
        ("2", "B", "Demo", "5", "2024-01-01"),
        ("3", "C", "Demo", "-5", "31/02/2024x"),
    ]
    path = table("deals.csv", ("Deal ID", "Title", "Stage", "Value", "Created"), *rows)
    arrival, result = arrive(path)
    assert (result.created, result.failed) == (1, 2)
    (report,) = failing.write(arrival, tmp_path / "bad.csv")
    found = list(csv.reader(report.read_text().splitlines()))
    assert found[0] == [
        "Deal ID",
        "Title",
        "Stage",
        "Value",
        "Created",
        "Leadline: column",
        "Leadline: reason",
        "Leadline: mend",
    ]
    assert [row[:5] for row in found[1:]] == [list(rows[0]), list(rows[2])]
    assert all(row[6] and row[7] for row in found[1:])
    found[1][3], found[2][3], found[2][4] = "12", "5", "2024-02-28"
    with report.open("w", newline="") as file:
        csv.writer(file).writerows(found)
    _arrival, again = arrive(report)
    assert (again.created, again.failed) == (2, 0)
    assert not CustomField.objects.exists()
    assert Deal.objects.count() == 3
