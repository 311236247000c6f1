"""Files that come again, week after week, with other values: row, log and numbers stay one, and undo always works."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from leadline.accounts.models import User
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements, state_of
from leadline.imports.models import State
from leadline.imports.undoing import take_back
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]
HEADING = ("deal id", "title", "stage", "value", "status", "created", "closed", "owner")


def agree() -> None:
    found = {entity: list(disagreements(model)) for entity, model in recorded_models().items()}
    assert not {entity: list(wrong) for entity, wrong in found.items() if wrong}


def test_the_row_of_the_last_file_is_what_the_log_says(arrive: Arrive, table: Table) -> None:
    arrive(table("w1.csv", HEADING, (1, "one", "Lead in", 10, "open", "2024-01-01", "", "Ann")))
    arrive(table("w2.csv", HEADING, (1, "one", "Demo", 20, "open", "2024-01-01", "", "Bob")))
    arrive(table("w3.csv", HEADING, (1, "one", "Proposal", 30, "won", "2024-01-01", "2024-06-02", "Cid")))
    agree()
    deal = Deal.objects.get()
    assert (deal.value, deal.owner.name, deal.stage.name, deal.status) == (30, "Cid", "Proposal", "won")
    assert deal.closed_at.date().isoformat() == "2024-06-02"
    assert Pipeline.objects.count() == 1


def test_won_opened_and_won_again(arrive: Arrive, table: Table) -> None:
    won = table("du1.csv", HEADING, (1, "one", "Demo", 10, "won", "2024-01-01", "2024-06-02", "Ann"))
    back = table("du2.csv", HEADING, (1, "one", "Demo", 10, "open", "2024-01-01", "", "Ann"))
    for file, status in ((won, "won"), (back, "open"), (won, "won")):
        arrive(file)
        agree()
        assert Deal.objects.get().status == status


def test_what_a_file_does_not_tell_stays(arrive: Arrive, table: Table) -> None:
    heading = ("deal id", "title", "pipeline", "stage", "status", "value")
    arrive(
        table("s1.csv", heading, (1, "one", "Big", "Proposal", "open", 1), (2, "two", "Small", "Lead in", "open", 2),
              (3, "three", "Small", "Demo", "won", 3))
    )  # fmt: skip
    before = {deal.pk: (deal.pipeline_id, deal.stage_id, deal.status) for deal in Deal.objects.all()}
    arrive(table("s2.csv", ("deal id", "title", "value"), (1, "one", 5), (2, "two", 6), (3, "three", 7)))
    assert {deal.pk: (deal.pipeline_id, deal.stage_id, deal.status) for deal in Deal.objects.all()} == before
    assert sorted(Deal.objects.values_list("value", flat=True)) == [5, 6, 7]
    agree()


def test_a_stage_is_looked_for_in_the_deals_own_pipeline(arrive: Arrive, table: Table) -> None:
    heading = ("deal id", "title", "pipeline", "stage")
    arrive(table("a.csv", heading, (1, "one", "Alpha", "Demo"), (2, "two", "Beta", "Demo"), (3, "x", "Alpha", "Pitch")))
    arrive(table("b.csv", ("deal id", "title", "stage"), (2, "two", "Demo")))
    assert Deal.objects.get(external_id="2").pipeline.name == "Beta"
    assert Pipeline.objects.count() == 2


def test_a_value_in_a_currency_without_a_rate_has_no_worth(arrive: Arrive, table: Table) -> None:
    heading = ("deal id", "title", "value", "currency")
    arrive(table("one.csv", heading, (1, "one", 10, "USD")))
    arrive(table("two.csv", heading, (1, "one", 100, "EUR")))
    deal = Deal.objects.get()
    assert (deal.value, deal.currency, deal.value_base) == (100, "EUR", None)
    agree()


def test_what_is_known_at_the_close_only_was_not_known_before(arrive: Arrive, table: Table) -> None:
    heading = ("opportunity_id", "title", "deal_stage", "engage_date", "close_date", "close_value")
    arrive(table("sold.csv", heading, ("A", "one", "Won", "2024-01-01", "2024-03-01", 700)))
    deal = Deal.objects.get()
    assert "value" not in state_of("deal", deal.pk, dt.datetime(2024, 2, 1, tzinfo=dt.UTC))
    assert state_of("deal", deal.pk)["value"] == "700.00"
    agree()


def test_a_stage_change_after_the_close_is_said(arrive: Arrive, table: Table) -> None:
    deals = table("deals.csv", HEADING, (1, "one", "Demo", 10, "won", "2024-01-01", "2024-02-01", "Ann"))
    changes = table("stage_changes.csv", ("deal id", "stage", "changed at"), (1, "Lead in", "2024-01-01"),
                    (1, "Demo", "2024-02-15"))  # fmt: skip
    _arrival, result = arrive(deals, changes)
    assert any("later than" in fault.reason for fault in result.warnings)
    agree()


def test_the_older_of_two_imports_can_go_and_then_the_newer(arrive: Arrive, table: Table) -> None:
    heading = ("deal id", "title", "stage", "owner", "company")
    older, _ = arrive(table("fk1.csv", heading, (1, "one", "A", "Ann", "Acme")))
    newer, _ = arrive(table("fk2.csv", heading, (1, "one", "B", "Bob", "Beta")))
    take_back(older)
    agree()
    assert take_back(newer) == []
    agree()
    assert Deal.objects.get().stage.name == "A"
    take_back(older)  # what had to stay for the newer one's sake can go now
    assert not Deal.objects.exists()
    assert not Stage.objects.exists()
    assert older.state == State.UNDONE
    agree()


def test_taking_back_stage_changes_of_the_past_leaves_what_came_later(arrive: Arrive, table: Table) -> None:
    stages = table("pipeline_stages.csv", ("stage name", "sort order"), ("A", 1), ("B", 2), ("C", 3))
    deals = table("deals.csv", ("deal id", "title", "stage", "created"), ("D1", "one", "C", "2024-01-01"))
    heading = ("deal id", "stage", "changed at")
    arrive(stages, deals, table("stage_changes.csv", heading, ("D1", "A", "2024-01-01"), ("D1", "C", "2024-03-01")))
    middle, _ = arrive(table("stage_changes_2.csv", heading, ("D1", "B", "2024-02-01")))
    take_back(middle)
    agree()
    assert Deal.objects.get().stage.name == "C"


@pytest.mark.parametrize("seed", range(4))
def test_any_files_in_any_order(arrive: Arrive, table: Table, seed: int) -> None:
    chance = random.Random(seed)
    arrived = []
    for week in range(14):
        if arrived and chance.random() < 0.25:
            take_back(arrived.pop(chance.randrange(len(arrived))))
        else:
            arrived.append(arrive(_file(table, chance, week))[0])
        agree()


def _file(table: Table, chance: random.Random, week: int) -> Path:
    def row(number: int) -> tuple[object, ...]:
        status = chance.choice(["open", "open", "won", "lost"])
        closed = f"2024-0{chance.randint(2, 6)}-0{chance.randint(1, 9)}" if status != "open" else ""
        stage, owner = chance.choice(["Lead in", "Demo", "Proposal"]), chance.choice(["Ann", "Bob", "Cid"])
        return (number, f"deal {number}", stage, chance.randint(1, 99), status, "2024-01-01", closed, owner)

    rows = [row(number) for number in chance.sample(range(1, 7), 4)]
    columns = [0, 1, *(n for n in range(2, len(HEADING)) if chance.random() < 0.8)]
    return table(f"week{week}.csv", *([line[n] for n in columns] for line in (HEADING, *rows)))


def test_nobody_is_made_twice(arrive: Arrive, table: Table) -> None:
    arrive(table("w1.csv", HEADING, (1, "one", "Demo", 1, "open", "2024-01-01", "", "Ann")))
    arrive(table("w2.csv", HEADING, (1, "one", "Demo", 2, "open", "2024-01-01", "", "ann")))
    assert User.objects.filter(name__iexact="ann").count() == 1
