"""What an import does with rows that refer to each other, repeat each other, or are there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import (
    CustomField,
    Deal,
    Lead,
    LostReason,
    Organization,
    Person,
    Pipeline,
    Rate,
    Source,
    Stage,
)
from leadline.crm.pipelines import add_default_pipeline
from leadline.history.models import Change
from leadline.history.replay import state_of
from leadline.imports.faults import BrokenFile
from leadline.imports.importing import prepare
from leadline.imports.models import Import
from leadline.imports.planning.options import Options, with_map
from tests.cast import assemble
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]


def moment(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type]


DEALS = ("Deal ID", "Title", "Stage", "Status", "Value", "Created", "Closed")
CHANGES = ("Deal ID", "Stage", "Time", "By")


def visits(deal: Deal) -> list[tuple[str | None, str, dt.datetime]]:
    """(stage, status, when) after each change, in order."""
    names = dict(Stage.objects.values_list("pk", "name"))
    found = Change.objects.filter(entity="deal", record_id=deal.pk).order_by("occurred_at", "id")
    return [(names.get(change.new.get("stage_id")), change.new["status"], change.occurred_at) for change in found]


def test_stage_changes_become_history_whatever_their_order(arrive: Arrive, table: Table) -> None:
    deals = table("deals.csv", DEALS, ("1", "A", "Demo", "Won", 10, "2024-01-01", "2024-03-01"))
    changes = table(
        "changes.csv",
        CHANGES,
        ("1", "Demo", "2024-02-10 10:00:00", "Ann"),
        ("1", "Lead", "2024-02-20", ""),
        ("1", "Demo", "2024-02-25", ""),
        ("1", "Proposal", "2024-01-01", "Bob"),
    )
    _arrival, result = arrive(deals, changes)
    assert (result.created, result.failed) == (5, 0)
    deal = Deal.objects.get()
    assert visits(deal) == [
        ("Proposal", "open", moment(2024, 1, 1)),
        ("Demo", "open", moment(2024, 2, 10, 10)),
        ("Lead", "open", moment(2024, 2, 20)),
        ("Demo", "open", moment(2024, 2, 25)),
        ("Demo", "won", moment(2024, 3, 1)),
    ]
    assert Change.objects.filter(entity="deal", by_id=User.objects.get(name="Ann").pk).count() == 1
    assert state_of("deal", deal.pk, moment(2024, 2, 21))["stage_id"] == Stage.objects.get(name="Lead").pk
    assert list(Stage.objects.order_by("position").values_list("name", flat=True)) == ["Lead", "Demo", "Proposal"]


def test_stage_changes_may_come_later_and_twice(arrive: Arrive, table: Table) -> None:
    deals = table("deals.csv", DEALS, ("1", "A", "Demo", "Open", 10, "2024-01-01", ""))
    changes = table("changes.csv", CHANGES, ("1", "Lead", "2024-01-01", ""), ("1", "Demo", "2024-02-01", ""))
    arrive(deals)
    _arrival, first = arrive(changes)
    assert (first.created, first.failed) == (2, 0)
    deal = Deal.objects.get()
    assert (deal.stage.name if deal.stage else "", deal.stage_entered_at) == ("Demo", moment(2024, 2, 1))
    assert deal.last_touch_at == moment(2024, 2, 1)
    assert state_of("deal", deal.pk, moment(2024, 1, 15))["stage_id"] == Stage.objects.get(name="Lead").pk
    before = Change.objects.count()
    _arrival, again = arrive(deals, changes)
    assert (again.unchanged, again.created, again.updated) == (3, 0, 0)
    assert Change.objects.count() == before


def test_a_lost_and_reopened_deal(arrive: Arrive, table: Table) -> None:
    deals = table("deals.csv", DEALS, ("1", "A", "Demo", "Open", 10, "2024-01-01", ""))
    changes = table(
        "changes.csv",
        CHANGES,
        ("1", "Lead", "2024-01-01", ""),
        ("1", "Closed Lost", "2024-02-01", ""),
        ("1", "Demo", "2024-03-01", ""),
    )
    arrive(deals, changes)
    deal = Deal.objects.get()
    assert [visit[1] for visit in visits(deal)] == ["open", "lost", "open"]
    assert (deal.status, deal.closed_at) == ("open", None)


def test_what_a_file_does_not_tell_stays_unknown(arrive: Arrive, table: Table) -> None:
    deals = table(
        "deals.csv",
        ("Deal ID", "Title", "Stage", "Amount", "Close date"),
        ("1", "A", "Closed Won", "", "2024-03-01"),
        ("2", "B", "Closed Lost", "0", "2024-03-02"),
        ("3", "C", "Demo", "", "2030-01-01"),
    )
    arrive(deals)
    one, two, three = Deal.objects.order_by("external_id")
    assert (one.stage, one.value, one.created_at, one.status) == (None, None, None, "won")
    assert visits(one) == [(None, "won", moment(2024, 3, 1))]
    assert (two.value, two.status) == (Decimal(0), "lost")
    assert (three.status, three.closed_at, three.expected_close_on) == ("open", None, dt.date(2030, 1, 1))


def test_an_update_changes_what_differs_and_blank_cells_change_nothing(arrive: Arrive, table: Table) -> None:
    arrive(
        table(
            "deals.csv",
            DEALS,
            ("1", "A", "Demo", "Open", 10, "2024-01-01", ""),
            ("2", "B", "Demo", "Open", 5, "2024-01-01", ""),
        )
    )
    _arrival, result = arrive(
        table(
            "deals.csv",
            DEALS,
            ("1", "A", "", "Won", 12, "2024-01-01", "2024-05-01"),
            ("2", "B", "Demo", "", "", "", ""),
        )
    )
    assert (result.updated, result.unchanged) == (1, 1)
    one = Deal.objects.get(external_id="1")
    assert (one.status, one.value, one.closed_at) == ("won", Decimal(12), moment(2024, 5, 1))
    assert one.stage is not None
    assert one.stage.name == "Demo"
    assert Deal.objects.get(external_id="2").value == 5


@pytest.mark.parametrize(("duplicates", "created", "titles"), [("skip", 0, ["A"]), ("create", 1, ["A", "A"])])
def test_skipping_and_creating(arrive: Arrive, table: Table, duplicates: str, created: int, titles: list[str]) -> None:
    rows = [("Title", "Stage", "Value", "Created"), ("A", "Demo", 10, "2024-01-01")]
    arrive(table("deals.csv", *rows))
    _arrival, result = arrive(table("deals.csv", *rows), duplicates=duplicates)
    assert result.created == created
    assert list(Deal.objects.values_list("title", flat=True)) == titles


def test_deals_without_ids_are_told_apart_by_title_value_and_date(arrive: Arrive, table: Table) -> None:
    rows = [("Title", "Stage", "Value", "Created"), ("A", "Demo", 10, "2024-01-01"), ("A", "Demo", 11, "2024-01-01")]
    arrive(table("deals.csv", *rows))
    _arrival, again = arrive(table("deals.csv", *rows))
    assert Deal.objects.count() == 2
    assert again.unchanged == 2


def test_people_are_known_by_address_and_keep_the_ones_they_have(arrive: Arrive, table: Table) -> None:
    arrive(table("people.csv", ("Name", "Email", "Phone"), ("Ann Lee", "ann@x.org", "+1 555 1234567")))
    arrive(table("people.csv", ("Name", "Email", "Job title"), ("Ann Lee", "ANN@x.org, a.lee@y.org", "Buyer")))
    person = Person.objects.get()
    assert [mail["value"] for mail in person.emails] == ["ann@x.org", "a.lee@y.org"]
    assert [mail["primary"] for mail in person.emails] == [True, False]
    assert (person.job_title, person.first_email) == ("Buyer", "ann@x.org")
    assert len(person.phones) == 1


def test_organizations_are_known_by_domain_then_by_name(arrive: Arrive, table: Table) -> None:
    arrive(
        table("companies.csv", ("Company", "Domain", "Industry"), ("Acme Inc.", "acme.com", ""), ("Globex", "", "Toys"))
    )
    _arrival, result = arrive(
        table(
            "companies.csv",
            ("Company", "Domain", "Industry"),
            ("Acme", "www.acme.com", "Steel"),
            ("GLOBEX", "", "Toys"),
        )
    )
    assert Organization.objects.count() == 2
    assert Organization.objects.get(domain="acme.com").industry == "Steel"
    assert result.created == 0


def test_two_rows_with_different_ids_are_two_records(arrive: Arrive, table: Table) -> None:
    arrive(table("companies.csv", ("Company ID", "Company", "Industry"), ("1", "Acme", "Steel"), ("2", "Acme", "Toys")))
    assert Organization.objects.count() == 2


def test_sources_lost_reasons_labels_and_custom_fields(arrive: Arrive, table: Table) -> None:
    heading = (
        "Deal ID",
        "Title",
        "Status",
        "Source",
        "Lost reason",
        "Label",
        "Region",
        "Score",
        "Renewal day",
        "Remark",
    )
    rows = [
        (str(n), f"Deal {n}", "Lost", ("Google", "google", "GOOGLE", "Google")[n % 4], "Price", "hot, big",
         ("North", "South")[n % 2],
         n * 1.5, f"2024-03-{n + 1:02}", f"Remark number {n}")
        for n in range(16)
    ]  # fmt: skip
    arrive(table("deals.csv", heading, *rows))
    assert [source.name for source in Source.objects.all()] == ["Google"]
    assert LostReason.objects.get().name == "Price"
    kinds = {field.name: field.kind for field in CustomField.objects.all()}
    assert kinds == {"Region": "choice", "Score": "number", "Renewal day": "date", "Remark": "text"}
    deal = Deal.objects.get(external_id="3")
    fields = {field.name: field for field in CustomField.objects.all()}
    region = fields["Region"]
    assert region.labels[deal.custom[region.key]] == "South"
    assert deal.custom[fields["Score"].key] == "4.5"
    assert deal.custom[fields["Renewal day"].key] == "2024-03-04"
    assert len(deal.label_ids) == 2


def test_currencies_and_rates(arrive: Arrive, table: Table) -> None:
    Rate(currency="EUR", on_date=dt.date(2024, 1, 1), rate=Decimal("1.10")).add(by=SYSTEM)
    rows = [
        ("1", "A", "Won", "€1.000,00", "", "2024-02-01"),
        ("2", "B", "Won", "500", "GBP", "2024-02-01"),
        ("3", "C", "Won", "70", "", "2024-02-01"),
    ]
    _arrival, result = arrive(table("deals.csv", ("Deal ID", "Title", "Status", "Value", "Currency", "Closed"), *rows))
    found = {deal.external_id: (deal.currency, deal.value_base) for deal in Deal.objects.all()}
    # The third names none; the column's only one is taken, and that is said.
    assert found == {"1": ("EUR", Decimal("1100.00")), "2": ("GBP", None), "3": ("GBP", None)}
    assert any("currency is missing" in fault.reason for fault in result.warnings)
    assert any("no exchange rate for GBP" in note for note in result.notes)


def test_leads_are_converted_by_the_deals_that_name_them(arrive: Arrive, table: Table) -> None:
    leads = table("leads.csv", ("Lead ID", "Lead name", "Company", "Lead source", "Created", "Status"),
                  ("L1", "Ann", "Acme", "Fair", "2024-01-01", "MQL"),
                  ("L2", "Bob", "", "Web", "2024-01-02", "Disqualified"))  # fmt: skip
    deals = table(
        "deals.csv",
        ("Deal ID", "Title", "Lead ID", "Stage", "Created"),
        ("D1", "Acme deal", "L1", "Demo", "2024-02-01"),
    )
    arrive(deals, leads)
    ann, bob = Lead.objects.order_by("external_id")
    assert ann.deal == Deal.objects.get()
    assert (ann.status, ann.closed_at, bob.status) == ("converted", moment(2024, 2, 1), "discarded")
    assert Deal.objects.get().source == ann.source
    assert state_of("lead", ann.pk, moment(2024, 1, 15))["status"] == "open"


def test_stages_go_to_the_pipeline_that_has_them(arrive: Arrive, table: Table) -> None:
    pipeline = add_default_pipeline(by=SYSTEM)
    arrive(
        table(
            "export.csv",
            ("Title", "Stage", "Created"),
            ("A", "proposal sent", "2024-01-01"),
            ("B", "Contacted", "2024-01-01"),
        )
    )
    assert set(Deal.objects.values_list("pipeline", flat=True)) == {pipeline.pk}
    arrive(
        table(
            "new_business.csv",
            ("Title", "Stage", "Created"),
            ("C", "Erstkontakt", "2024-01-01"),
            ("D", "Angebot", "2024-01-01"),
        )
    )
    assert Pipeline.objects.order_by("position").last().name == "New business"


def test_an_ambiguous_date_is_a_question_even_with_yes(arrive: Arrive, table: Table) -> None:
    path = table("deals.csv", ("Title", "Stage", "Created"), ("A", "Demo", "01/02/2024"), ("B", "Demo", "03/04/2024"))
    arrival, plan = prepare([path], Options(), user=None, progress=lambda label, count: None)
    (question,) = plan.questions
    assert (question.column, question.answers) == ("Created", ("dmy", "mdy"))
    plan.staging.close()
    arrival.delete()
    arrive(path, dates="mdy")
    assert Deal.objects.get(title="A").created_at == moment(2024, 1, 2)


def test_a_map_file_decides(arrive: Arrive, table: Table, tmp_path: Path) -> None:
    path = table(
        "x.csv", ("Ref", "What", "Phase", "Worth", "When"), ("7", "Big one", "P2", "1,5", "01/02/2024"), delimiter=";"
    )
    map_ = tmp_path / "map.toml"
    map_.write_text(
        'currency = "EUR"\npipeline = "Enterprise"\n[[file]]\nname = "x*.csv"\nkind = "deals"\n'
        'dates = "dmy"\ndecimal = ","\n'
        '[file.columns]\nRef = "external_id"\nWhat = "title"\nPhase = "stage"\nWorth = "value"\nWhen = "created_at"\n'
        '[values.stage]\n"P2" = "Proposal"\n'
    )
    arrival, plan = prepare([path], with_map(Options(), map_), user=None, progress=lambda label, count: None)
    plan.staging.close()
    arrival.delete()
    arrive(path, **{name: getattr(plan.options, name) for name in ("files", "values", "currency", "pipeline")})
    deal = Deal.objects.get()
    assert (deal.title, deal.value, deal.currency, deal.created_at) == (
        "Big one",
        Decimal("1.5"),
        "EUR",
        moment(2024, 2, 1),
    )
    assert (deal.pipeline.name, deal.stage.name if deal.stage else "") == ("Enterprise", "Proposal")


@pytest.mark.parametrize(
    "text", ['[[file]]\nkind = "dogs"\n', 'dates = "dym"\n', '[[file]]\n[file.columns]\nA = "no_field"\n', "= ="]
)
def test_a_map_that_means_nothing_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(BrokenFile) as broken:
        with_map(Options(), path)
    assert broken.value.mend


def test_a_broken_file_changes_nothing(arrive: Arrive, table: Table, tmp_path: Path) -> None:
    good = table("deals.csv", DEALS, ("1", "A", "Demo", "Open", 10, "2024-01-01", ""))
    bad = tmp_path / "people.csv"
    bad.write_bytes(b'Name,Email\nAnn,ann@x.org\nBob,"bob@x.org\nCid,cid@x.org\n')
    with pytest.raises(BrokenFile):
        arrive(good, bad)
    assert not Deal.objects.exists()
    assert not Change.objects.exists()
    assert not Import.objects.exists()


@pytest.mark.parametrize("part", ["reader", "inactive"])
def test_who_may_not_import(arrive: Arrive, table: Table, part: str) -> None:
    cast = assemble()
    with pytest.raises(PermissionDenied):
        arrive(table("deals.csv", DEALS, ("1", "A", "Demo", "Open", 10, "2024-01-01", "")), user=getattr(cast, part))
    assert not Deal.objects.exists()


def test_a_seller_imports_what_is_their_own(arrive: Arrive, table: Table) -> None:
    cast = assemble()
    add_default_pipeline(by=SYSTEM)
    arrive(table("deals.csv", ("Deal ID", "Title", "Stage", "Owner"), ("9", "Not mine", "Target", cast.outsider.name)))
    rows = [
        ("1", "Mine", "Contacted", "", "Acme", "North"),
        ("2", "Named", "Target", cast.owner.name, "Acme", "South"),
        ("3", "Another's", "Target", cast.teammate.name, "", "North"),
        ("4", "New stage", "Demo", "", "", "South"),
        ("5", "New colleague", "Target", "Nobody Known", "Globex", "North"),
        ("9", "Not mine, renamed", "Target", "", "", "South"),
    ]
    path = table("deals.csv", ("Deal ID", "Title", "Stage", "Owner", "Company", "Region"), *rows)
    _arrival, result = arrive(path, user=cast.owner)
    assert (result.created, result.updated, result.failed) == (2, 0, 4)
    assert [fault.row for fault in result.failures] == [4, 5, 6, 7]
    assert set(Deal.objects.exclude(external_id="9").values_list("owner", flat=True)) == {cast.owner.pk}
    assert [one.name for one in Organization.objects.all()] == ["Acme"]
    assert Deal.objects.get(external_id="9").title == "Not mine"
    assert not CustomField.objects.exists()
    with pytest.raises(PermissionDenied):
        arrive(table("products.csv", ("Product", "Price"), ("A", "1")), user=cast.owner)


def test_a_leader_imports_sales_but_no_users(arrive: Arrive, table: Table) -> None:
    cast = assemble()
    arrive(table("deals.csv", DEALS, ("1", "A", "Demo", "Open", 10, "2024-01-01", "")), user=cast.leader)
    assert Change.objects.filter(entity="deal", by_id=cast.leader.pk, via="import").count() == 1
    with pytest.raises(PermissionDenied):
        arrive(table("users.csv", ("Name", "Email", "Role"), ("Eve", "eve@x.org", "administrator")), user=cast.leader)


def test_a_file_makes_nobody_an_administrator(arrive: Arrive, table: Table) -> None:
    arrive(table("users.csv", ("Name", "Email", "Role"), ("Eve", "eve@x.org", "administrator")))
    eve = User.objects.get(email="eve@x.org")
    assert (eve.role, eve.is_active, eve.has_usable_password()) == ("leader", False, False)
