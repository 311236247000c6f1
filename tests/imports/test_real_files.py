"""Real exports, to the unit: the figures were counted in the files themselves."""

from __future__ import annotations

import csv
import datetime as dt
import statistics
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, F, Sum

from leadline.accounts.models import Team, User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, DealProduct, Lead, Organization, Person, Pipeline, Product, Source, Stage
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements
from tests.imports import real_numbers
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db


def log_and_rows_agree() -> bool:
    return not any(list(disagreements(model)) for model in recorded_models().values())


def by_status() -> dict[str, int]:
    return dict(Deal.objects.values_list("status").annotate(Count("pk")))


@pytest.fixture
def maven(test_data: Path) -> list[Path]:
    names = ("sales_pipeline", "accounts", "products", "sales_teams")
    return [test_data / "maven_crm" / f"{name}.csv" for name in names]


def test_maven_to_the_unit(arrive: Arrive, maven: list[Path]) -> None:
    _arrival, result = arrive(*maven)
    assert (result.read, result.created, result.failed) == (8927, 8927, 0)
    assert by_status() == {"won": 4238, "lost": 2473, "open": 2089}
    won = Deal.objects.filter(status="won")
    assert won.aggregate(Sum("value"))["value__sum"] == Decimal(10_005_534)
    quarters = Counter()
    values: Counter[int] = Counter()
    for closed, value in won.values_list("closed_at", "value"):
        quarters[(closed.month + 2) // 3] += 1
        values[(closed.month + 2) // 3] += int(value)
    assert [quarters[n] for n in (1, 2, 3, 4)] == [531, 1254, 1257, 1196]
    assert [values[n] for n in (1, 2, 3, 4)] == [1_134_672, 3_086_111, 2_982_255, 2_802_496]
    days = [(closed - created).days for created, closed in won.values_list("created_at", "closed_at")]
    assert statistics.median(days) == 57
    assert round(statistics.mean(days), 1) == 51.8
    stages = Stage.objects.order_by("position").values_list("name", flat=True)
    assert list(stages) == ["Prospecting", "Engaging"]
    counts = dict(Deal.objects.filter(status="open").values_list("stage__name").annotate(Count("pk")))
    assert counts == {"Prospecting": 500, "Engaging": 1589}
    real_numbers.maven()
    # Nothing is made up: closed deals have no stage, prospects no date, open deals no value.
    assert not Deal.objects.filter(status__in=["won", "lost"]).exclude(stage=None).exists()
    assert Deal.objects.filter(created_at=None).count() == 500
    assert not Deal.objects.filter(status="open").exclude(value=None).exists()
    assert Deal.objects.filter(status="lost", value=0).count() == 2473
    assert Deal.objects.filter(organization=None).count() == 1425
    assert log_and_rows_agree()


def test_maven_spellings_teams_and_people(arrive: Arrive, maven: list[Path]) -> None:
    arrive(*maven)
    assert Product.objects.count() == 7
    assert DealProduct.objects.filter(product__name="GTX Pro").count() == 1480
    assert set(Team.objects.values_list("name", flat=True)) == {"Central", "East", "West"}
    assert User.objects.count() == 41
    assert not User.objects.filter(is_active=True).exists()
    assert set(User.objects.filter(role="leader").values_list("name", flat=True)) == {
        "Dustin Brinkmann", "Melvin Marxen", "Cara Losch", "Rocco Neubert", "Celia Rouche", "Summer Sewald"
    }  # fmt: skip
    assert User.objects.get(name="Moses Frase").team.name == "Central"


def facts() -> dict[str, tuple[Any, ...]]:
    rows = Deal.objects.values_list(
        "external_id", "status", "value", "created_at", "closed_at", "stage__name", "owner__name", "organization__name"
    )
    return {row[0]: row[1:] for row in rows}


def test_three_ways_to_write_dates_give_equal_deals(arrive: Arrive, maven: list[Path], test_data: Path) -> None:
    arrival, _result = arrive(maven[0])
    expected = facts()
    for name in ("variant_kisaraf_mdy", "variant_sudeshna_dmy", "variant_thomaskieny"):
        _arrival, result = arrive(test_data / "maven_crm" / name / "sales_pipeline.csv")
        assert result.created == 0
        assert facts() == expected, name
    arrival.refresh_from_db()


def test_importing_twice_changes_nothing(arrive: Arrive, maven: list[Path]) -> None:
    arrive(*maven)
    before = Change.objects.count()
    _arrival, again = arrive(*maven)
    assert (again.created, again.updated, again.unchanged, again.failed) == (0, 0, 8927, 0)
    assert Change.objects.count() == before


def test_olist_leads_become_deals(arrive: Arrive, test_data: Path) -> None:
    folder = test_data / "olist_funnel"
    _arrival, result = arrive(*folder.glob("*.csv"))
    assert (result.created, result.failed) == (8842, 0)
    leads = dict(Lead.objects.values_list("source__name").annotate(Count("pk")))
    won = dict(Lead.objects.filter(status="converted").values_list("source__name").annotate(Count("pk")))
    assert (leads["paid_search"], leads["organic_search"], leads["unknown"], leads[None]) == (1586, 2296, 1099, 60)
    rates = {name: round(100 * won[name] / leads[name], 1) for name in leads}
    expected = {"paid_search": 12.3, "organic_search": 11.8, "direct_traffic": 11.2, "referral": 8.5, "email": 3.0}
    assert {name: rates[name] for name in expected} == expected
    assert (rates["social"], rates["display"]) == (5.6, 5.1)
    assert Deal.objects.filter(status="won", leads__isnull=False).count() == 842
    assert not Deal.objects.filter(originator=None).exists()
    assert Deal.objects.values("originator").distinct().count() == 32
    assert Deal.objects.values("owner").distinct().count() == 22
    assert Lead.objects.filter(stage="mql", status="open").count() == 7158
    pairs = Deal.objects.values_list("closed_at", "leads__created_at")
    assert statistics.median((closed.date() - first.date()).days for closed, first in pairs) == 14
    # The deals' own creation is in no file: it stays unknown.
    assert Deal.objects.filter(created_at=None).count() == 842
    real_numbers.olist()
    assert log_and_rows_agree()


def test_olist_oddities_are_said_and_not_lost(arrive: Arrive, test_data: Path) -> None:
    _arrival, result = arrive(*(test_data / "olist_funnel").glob("*.csv"))
    mangled = [fault for fault in result.warnings if fault.column == "average_stock"]
    assert Counter(fault.value for fault in mangled) == {"May-20": 22, "01-May": 10}
    (backwards,) = [fault for fault in result.warnings if fault.column == "won_date"]
    assert "before its lead" in backwards.reason
    assert Deal.objects.filter(leads__external_id="b91cf8812365f50ff4bda4bcd6206b05", status="won").exists()


def test_dataworld(arrive: Arrive, test_data: Path) -> None:
    folder = test_data / "maven_crm" / "variant_dataworld_original"
    _arrival, result = arrive(*sorted(folder.glob("*.csv")))
    assert by_status() == {"won": 6438, "lost": 3493, "open": 4346}
    assert Deal.objects.filter(status="won").aggregate(Sum("value"))["value__sum"] == Decimal(17_936_928)
    assert Deal.objects.filter(organization=None).count() == 5393
    assert Deal.objects.filter(status="won", value=None).count() == 19
    assert Deal.objects.exclude(created_at=None).count() == 14277
    assert any("clicks.csv" in note for note in result.notes)
    by_owner = Deal.objects.filter(status="won").values("owner").annotate(Sum("value"))
    assert sum(row["value__sum"] or 0 for row in by_owner) == Decimal(17_936_928)
    real_numbers.dataworld()


def test_hubspot_is_linked_by_address_and_domain(arrive: Arrive, test_data: Path) -> None:
    files = sorted((test_data / "hubspot_dummy").glob("*.csv"))
    _arrival, result = arrive(*files)
    assert (result.created, result.failed) == (3650, 0)
    counts = [model.objects.count() for model in (Organization, Person, Deal, Activity)]
    assert counts == [200, 950, 500, 2000]
    assert Deal.objects.filter(organization=None).count() == Deal.objects.filter(person=None).count() == 0
    assert Person.objects.exclude(organization=None).count() == 679
    assert not Activity.objects.filter(person=None).exists()
    assert by_status() == {"won": 71, "lost": 69, "open": 360}
    assert set(Pipeline.objects.values_list("name", flat=True)) == {"Sales Pipeline", "Renewals Pipeline"}
    sales = Stage.objects.filter(pipeline__name="Sales Pipeline").order_by("position")
    assert list(sales.values_list("name", flat=True)) == [
        "Appointment Scheduled", "Qualified to Buy", "Presentation Scheduled", "Decision Maker Bought-In",
        "Contract Sent"
    ]  # fmt: skip
    deal = Deal.objects.get(external_id="DEAL-b2b19d36-f446-4de7-bf09-15379257b914")
    assert (deal.organization.domain, deal.person.first_email) == ("frost.info", "joshuadavidson@example.com")
    assert deal.expected_close_on == dt.date(2025, 6, 17)
    assert Deal.objects.filter(revenue_type="add_on").count() == 279
    assert arrive(*files)[1].unchanged == 3650


FAULTS = [
    ("companies.csv", 7, "", "there is no name"),
    ("deal_products.csv", 10, "PR999", "there is no product"),
    ("deal_products.csv", 11, "D9999", "there is no such deal"),
    ("deals.csv", 8, "-12000.00", "the amount is negative"),
    ("deals.csv", 9, "D1008", "this id also stands in row 10"),
    ("deals.csv", 13, "WAIT_CLIENT", "there is no such stage"),
    ("stage_history.csv", 7, "D1012", "there is no such deal"),
]
WARNINGS = [
    ("activities.csv", 5, "D9999", "there is no such deal"),
    ("contacts.csv", 6, "C999", "there is no organization"),
    ("deal_products.csv", 3, "5000", "more than 100 percent"),
    ("deals.csv", 11, "", "no closing date"),
    ("deals.csv", 12, "", "the currency is missing"),
    ("products.csv", 7, "PNL-100", "already has this code"),
    ("stage_history.csv", 6, "EVT004", "the row repeats row 5"),
]


def test_every_planted_fault_is_reported_by_row(arrive: Arrive, test_data: Path) -> None:
    _arrival, result = arrive(*(test_data / "bitrix_task_mini").glob("*.csv"))
    for found, expected in ((result.failures, FAULTS), (result.warnings, WARNINGS)):
        assert [(f.file, f.row, f.value) for f in found] == [one[:3] for one in expected]
        for fault, (*_place, words) in zip(found, expected, strict=True):
            assert words in fault.reason
            assert fault.mend
    assert (result.read, result.failed) == (63, 7)


def test_what_the_planted_faults_leave_is_right(arrive: Arrive, test_data: Path) -> None:
    arrive(*(test_data / "bitrix_task_mini").glob("*.csv"))
    assert list(Source.objects.order_by("pk").values_list("name", flat=True)) == [
        "Avito",
        "yandex_direct",
        "website",
        "referral",
    ]
    assert Deal.objects.filter(source__name="Avito").count() == 4
    late = Deal.objects.get(external_id="D1010")
    assert (late.created_at, late.currency) == (dt.datetime(2026, 6, 14, 4, 20, tzinfo=dt.UTC), "RUB")
    assert Deal.objects.get(external_id="D1008").value == 69000
    undated = Deal.objects.get(external_id="D1009")
    assert (undated.status, undated.closed_at) == ("won", None)
    won = Deal.objects.get(external_id="D1003")
    assert (won.status, won.stage.external_id) == ("won", "PROPOSAL")
    moved = Change.objects.filter(entity="deal", record_id=Deal.objects.get(external_id="D1001").pk).order_by(
        "occurred_at"
    )
    assert [Stage.objects.get(pk=change.new["stage_id"]).external_id for change in moved] == [
        "NEW",
        "QUALIFICATION",
        "PRODUCTION",
    ]
    assert moved.last().by_id == User.objects.get(external_id="U11").pk
    assert log_and_rows_agree()


def test_synced_stage_history(arrive: Arrive, test_data: Path, tmp_path: Path) -> None:
    folder = test_data / "fivetran_seeds" / "dbt_hubspot_seeds"
    with (folder / "deal_stage_data.csv").open() as file:
        rows = list(csv.DictReader(file))
    deals = tmp_path / "deal_data.csv"
    deals.write_text(
        "deal_id,deal_pipeline_id,deal_pipeline_stage_id,property_dealname,property_createdate\n"
        + "".join(
            f"{row['deal_id']},default,{row['value']},Deal {row['deal_id']},{row['date_entered']}\n" for row in rows
        )
    )
    _arrival, result = arrive(deals, folder / "deal_stage_data.csv")
    assert (result.created, result.failed) == (28, 0)
    for row in rows:
        deal = Deal.objects.get(external_id=row["deal_id"])
        assert deal.stage.name == row["value"]
        entered = dt.datetime.strptime(row["date_entered"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=dt.UTC)
        assert Change.objects.get(entity="deal", record_id=deal.pk).occurred_at == deal.stage_entered_at == entered


def test_synced_stage_history_of_deals_that_are_nowhere(arrive: Arrive, test_data: Path) -> None:
    folder = test_data / "fivetran_seeds" / "dbt_hubspot_seeds"
    _arrival, result = arrive(folder / "deal_data.csv", folder / "deal_stage_data.csv")
    assert (result.created, result.failed) == (44, 14)
    assert {fault.reason for fault in result.failures} == {"there is no such deal"}


def test_salesforce_tables(arrive: Arrive, test_data: Path) -> None:
    folder = test_data / "fivetran_seeds" / "dbt_salesforce_seeds"
    _arrival, result = arrive(folder / "sf_opportunity_data.csv")
    assert (result.read, result.unchanged) == (10, 10)
    assert any("marked as deleted" in note for note in result.notes)


def test_a_workbook_with_sheets_for_eyes(arrive: Arrive, test_data: Path) -> None:
    _arrival, result = arrive(test_data / "qichao_crm" / "CRM_Sales_Pipeline.xlsx")
    assert by_status() == {"open": 843, "lost": 308, "won": 49}
    assert sum("was left out" in note for note in result.notes) == 3
    assert Deal.objects.filter(competitor="None").count() == 0
    assert not Deal.objects.filter(closed_at__lt=F("created_at")).exists()
