"""A file of targets: whose, of what, over which days; what it says wrong is named by row, and all of it goes back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, Team, User
from leadline.crm.models import Currency, Pipeline, Target, WorkingWeek
from leadline.history import members
from leadline.history.models import Change
from leadline.imports.faults import BadValue, BrokenFile
from leadline.imports.importing import prepare
from leadline.imports.planning.options import Options
from leadline.imports.undoing import take_back
from leadline.imports.values.targets import period
from leadline.insights.simulator.cast import cast_of
from leadline.insights.simulator.company import NOBODY
from leadline.insights.simulator.files import write
from leadline.insights.simulator.population import simulate
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]
HEADING = ("metric", "person", "team", "pipeline", "period", "from", "to", "amount")
EPOCH = dt.date(1970, 1, 1)


def days(start: str, end: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(start), dt.date.fromisoformat(end)


def there() -> set[tuple[object, ...]]:
    """Every target in words."""
    return {
        (row.metric, row.user and row.user.name, row.team and row.team.name, row.pipeline and row.pipeline.name,
         row.start_on, row.end_on, row.amount)
        for row in Target.objects.kept()
    }  # fmt: skip


@pytest.fixture
def known() -> None:
    members.add(User(name="Ann Berg", email="ann@example.com"), by=SYSTEM)
    members.add(Team(name="North"), by=SYSTEM)
    Pipeline(name="New business").add(by=SYSTEM)


GOOD = (
    ("Won value", "ann@example.com", "", "", "2026-Q3", "", "", "120k"),
    ("", "", "North", "New business", "", "2026-07-01", "2026-07-31", "1,000.50"),
    ("deals_won", "", "", "", "2026", "", "", 40),
)


@pytest.mark.usefixtures("known")
def test_rows_become_targets_come_again_change_and_go_back(arrive: Arrive, table: Table) -> None:
    arrival, result = arrive(table("plan.csv", HEADING, *GOOD))
    assert (result.created, result.failures, result.warnings) == (3, [], [])
    assert there() == {
        ("booked_revenue", "Ann Berg", None, None, *days("2026-07-01", "2026-09-30"), Decimal(120000)),
        ("booked_revenue", None, "North", "New business", *days("2026-07-01", "2026-07-31"), Decimal("1000.50")),
        ("deals_won", None, None, None, *days("2026-01-01", "2026-12-31"), Decimal(40)),
    }
    born = Change.objects.filter(entity="target").order_by("record_id").first()
    assert born is not None
    assert born.occurred_at == dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    entries = Change.objects.count()
    _again, result = arrive(table("again.csv", HEADING, *GOOD))
    assert (result.created, result.updated, result.unchanged, result.failed) == (0, 0, 3, 0)
    assert Change.objects.count() == entries
    later, result = arrive(table("more.csv", HEADING, (*GOOD[0][:7], "130k"), *GOOD[1:]))
    assert (result.updated, result.unchanged) == (1, 2)
    assert Target.objects.get(user__isnull=False).amount == 130000
    assert take_back(later) == []
    assert Target.objects.get(user__isnull=False).amount == 120000
    assert take_back(arrival) == []
    assert not Target.objects.exists()


BAD = (
    (("velocity", "", "", "", "2026", "", "", 1), "metric", "no targets of this"),
    (("", "Nobody Known", "", "", "2026", "", "", 1), "person", "nobody is known"),
    (("", "", "South", "", "2026", "", "", 1), "team", "no such team"),
    (("", "", "", "Renewals", "2026", "", "", 1), "pipeline", "no such pipeline"),
    (("", "Ann Berg", "North", "", "2026", "", "", 1), "team", "a person and a team"),
    (("", "Ann Berg", "", "", "2026", "", "", -5), "amount", "not above 0"),
    (("", "Ann Berg", "", "", "2026", "", "", ""), "amount", "missing"),
    (("", "Ann Berg", "", "", "soon", "", "", 1), "period", "not a period"),
    (("", "Ann Berg", "", "", "", "", "", 1), "period", "no days"),
    (("", "Ann Berg", "", "", "", "2026-03-01", "", 1), "to", "missing"),
    (("", "Ann Berg", "", "", "", "2026-03-02", "2026-03-01", 1), "to", "before the first"),
    (("", "Ann Berg", "", "", "2026-Q1", "2026-03-02", "", 1), "period", "not from 2026-03-02"),
    (("", "Ann Berg", "", "", "2026", "", "", "£500"), "amount", "targets are in"),
)


@pytest.mark.usefixtures("known")
def test_what_is_wrong_is_named_with_row_field_and_mend(arrive: Arrive, table: Table) -> None:
    _arrival, result = arrive(table("targets.csv", HEADING, *(row for row, _column, _reason in BAD)))
    assert (result.created, result.failed) == (0, len(BAD))
    assert not Target.objects.exists()
    found = {fault.row: fault for fault in result.failures}
    assert len(found) == len(result.failures) == len(BAD)
    for number, (_row, column, reason) in enumerate(BAD, start=2):
        assert found[number].column == column
        assert reason in found[number].reason
        assert found[number].mend
    _arrival, result = arrive(table("targets.csv", HEADING, *GOOD), currency="GBP")
    assert [fault.row for fault in result.failures] == [2, 3]  # a number of deals is in no currency


@pytest.mark.usefixtures("known")
def test_no_two_share_a_day(arrive: Arrive, table: Table) -> None:
    arrive(table("a.csv", HEADING, ("", "Ann Berg", "", "", "2026-Q3", "", "", 100)))
    rows = [
        ("", "Ann Berg", "", "", "2026-07", "", "", 30),  # within what is there
        ("", "Ann Berg", "", "", "2026-Q4", "", "", 100),
        ("", "Ann Berg", "", "", "2026-Q4", "", "", 100),  # a copy
        ("", "Ann Berg", "", "", "2026-Q4", "", "", 200),  # says otherwise
        ("", "Ann Berg", "", "", "2026-12", "", "", 10),  # within a row of the file
        ("", "Ann Berg", "", "New business", "2026-12", "", "", 10),  # of one pipeline: another target
        ("deals_won", "Ann Berg", "", "", "2026-12", "", "", 10),
    ]
    _arrival, result = arrive(table("b.csv", HEADING, *rows))
    assert (result.created, result.failed, result.unchanged) == (3, 3, 1)
    reasons = [(fault.row, fault.column, fault.reason) for fault in result.failures]
    assert reasons == [
        (2, "period", "it overlaps the target from 2026-07-01 to 2026-09-30 that is there"),
        (5, "period", "it overlaps the target in row 3"),
        (6, "period", "it overlaps the target in row 3"),
    ]
    assert [(fault.row, fault.reason) for fault in result.warnings] == [(4, "the row repeats row 3")]
    assert Target.objects.count() == 4


def test_periods_are_the_calendars_or_the_companys(arrive: Arrive, table: Table) -> None:
    spans = {
        "2026": "2026-01-01/2026-12-31", "2026-Q3": "2026-07-01/2026-09-30", "2028-02": "2028-02-01/2028-02-29",
        "Jul-26": "2026-07-01/2026-07-31", "fy2026": "2025-04-01/2026-03-31", "FY26 Q4": "2026-01-01/2026-03-31",
    }  # fmt: skip
    assert {text: period(text, 4) for text in spans} == spans
    for text in ("Q3", "2026-Q5", "2026-13", "0001", "FY", "99999", "week 3"):
        with pytest.raises(BadValue):
            period(text, 1)
    WorkingWeek(fiscal_month=4).add(by=SYSTEM)
    arrive(table("targets.csv", ("quarter", "quota"), ("FY2026-Q1", 5)))
    assert (Target.objects.get().start_on, Target.objects.get().end_on) == days("2025-04-01", "2025-06-30")


def test_leaders_bring_targets_in_and_sellers_do_not(table: Table) -> None:
    path = table("targets.csv", ("period", "amount"), ("2026", 5))
    with pytest.raises(PermissionDenied, match="targets"):
        prepare([path], Options(), user=User(role=Role.SELLER), progress=lambda label, count: None)
    leader = members.add(User(name="Lena", email="lena@example.com", role=Role.LEADER), by=SYSTEM)
    prepare([path], Options(), user=leader, progress=lambda label, count: None)


def test_a_table_of_amounts_by_month_is_not_taken_for_targets(arrive: Arrive, table: Table) -> None:
    with pytest.raises(BrokenFile):
        arrive(table("revenue.csv", ("month", "amount"), ("2026-01", 5)))


def test_what_simulate_writes_comes_in_as_it_was_meant(arrive: Arrive, tmp_path: Path) -> None:
    made = simulate("leaky_stage", seed=3, sellers=5, deals=60, months=12, until=dt.date(2026, 11, 22))
    write(made, tmp_path)
    Currency(code=made.company.currencies[0].code, is_base=True).add(by=SYSTEM)
    files = (tmp_path / "users.csv", tmp_path / "targets.csv")
    _arrival, result = arrive(*files)
    assert (result.failures, result.warnings) == ([], [])
    cast, told = cast_of(made.company), made.company.targets
    wanted = Counter(
        (None if person == NOBODY else cast.email(person), None if team == NOBODY else cast.teams[team],
         EPOCH + dt.timedelta(int(start)), EPOCH + dt.timedelta(int(end)), Decimal(int(amount)))
        for person, team, start, end, amount in zip(
            told.person, told.team, told.start_on, told.end_on, told.amount, strict=True)
    )  # fmt: skip
    assert wanted == Counter(
        (row.user and row.user.email, row.team and row.team.name, row.start_on, row.end_on, row.amount)
        for row in Target.objects.all()
    )
    _again, result = arrive(*files)
    assert (result.created, result.updated, result.failed) == (0, 0, 0)
