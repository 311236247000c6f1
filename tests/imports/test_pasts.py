"""What a file tells of the past of deals and leads stands in the log on its own days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Deal, Lead, Rate, Stage
from leadline.history.models import Change
from leadline.history.replay import disagreements, state_of
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]


def moment(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[arg-type]


def test_a_history_tells_of_parking_and_of_amounts_that_came_later(arrive: Arrive, table: Table) -> None:
    deals = table(
        "deals.csv", ("Deal ID", "Title", "Stage", "Status", "Value", "Created"),
        ("D1", "One", "Second", "nurture", 900, "2026-01-01 09:00:00"),
    )  # fmt: skip
    history = table(
        "stage_changes.csv", ("Deal ID", "Stage", "Time", "Amount"),
        ("D1", "First", "2026-01-01 09:00:00", ""),
        ("D1", "Second", "2026-01-05 09:00:00", ""),
        ("D1", "Second", "2026-01-07 09:00:00", 900),
        ("D1", "Nurture", "2026-01-09 09:00:00", ""),
    )  # fmt: skip
    _import, result = arrive(deals, history)
    assert not result.failures
    deal = Deal.objects.get()
    assert (deal.status, deal.stage.name, deal.value_base, deal.closed_at) == ("nurture", "Second", 900, None)
    assert set(Stage.objects.values_list("name", flat=True)) == {"First", "Second"}
    past = {day: state_of("deal", deal.pk, moment(2026, 1, day)) for day in (6, 8, 10)}
    told = {day: (state["status"], state.get("value"), state.get("value_base")) for day, state in past.items()}
    assert told == {6: ("open", None, None), 8: ("open", "900.00", "900.00"), 10: ("nurture", "900.00", "900.00")}


def test_leads_were_qualified_on_the_days_their_rows_tell_of(arrive: Arrive, table: Table) -> None:
    leads = table(
        "leads.csv", ("Lead ID", "Title", "Created", "Lead stage", "Status", "MQL at", "SQL at", "Closed at"),
        ("L1", "One", "2026-01-01 09:00:00", "sql", "discarded", "2026-01-01 09:00:00", "2026-01-04 09:00:00",
         "2026-01-09 09:00:00"),
        ("L2", "Two", "2026-01-01 09:00:00", "sql", "open", "2026-01-08 09:00:00", "2026-01-05 09:00:00", ""),
        ("L3", "Three", "2026-01-01 09:00:00", "sql", "open", "2026-01-03 09:00:00", "", ""),
    )  # fmt: skip
    _import, result = arrive(leads)
    assert not result.failures
    found = {
        name: [
            (change.new["stage"], change.new["status"], change.occurred_at.day)
            for change in Change.objects.filter(entity="lead", record_id=pk).order_by("occurred_at", "id")
        ]
        for name, pk in Lead.objects.values_list("title", "pk")
    }
    assert found == {
        "One": [("mql", "open", 1), ("sql", "open", 4), ("sql", "discarded", 9)],
        "Two": [("target", "open", 1), ("mql", "open", 5), ("sql", "open", 5)],
        "Three": [("sql", "open", 1)],
    }
    assert [*disagreements(Lead)] == []


def test_an_amount_is_worth_what_it_was_on_the_day_it_was_set(arrive: Arrive, table: Table) -> None:
    for day, rate in ((1, "0.5"), (10, "2")):
        Rate(currency="CHF", on_date=dt.date(2026, 1, day), rate=Decimal(rate)).add(by=SYSTEM)
    deals = table(
        "deals.csv", ("Deal ID", "Title", "Stage", "Status", "Value", "Currency", "Created"),
        ("D1", "One", "First", "open", 400, "CHF", "2026-01-02 09:00:00"),
    )  # fmt: skip
    history = table(
        "stage_changes.csv", ("Deal ID", "Stage", "Time", "Amount"),
        ("D1", "First", "2026-01-02 09:00:00", 100),
        ("D1", "First", "2026-01-11 09:00:00", 400),
    )  # fmt: skip
    arrive(deals, history)
    deal = Deal.objects.get()
    assert deal.value_base == 800
    assert state_of("deal", deal.pk, moment(2026, 1, 5))["value_base"] == "50.00"
    assert Change.objects.filter(entity="deal").count() == 2
