"""What a file brings, or moves, has the score of what it is asked (R2) and its fit (R44); undo sets them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.crm import fitting
from leadline.crm.models import Deal, FitCriterion
from leadline.crm.playbooks import answer
from leadline.imports.undoing import take_back
from tests import factories as make
from tests.crm.playbooks.making import item, playbook
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
DEALS = ("Deal ID", "Deal title", "Stage", "Status", "Created")


def test_files_bring_scores_and_undo_sets_them_back(arrive: Arrive, table: Callable[..., Path]) -> None:
    first, second = make.stage(0), make.stage(1)
    playbook(first, item("a", weight=30), for_standing=True)
    playbook(second, item("b", weight=10), for_standing=True)
    arrive(
        table("deals.csv", DEALS, ("D1", "Dock", "Target", "open", "2024-01-01"), ("D2", "Mill", "Target", "won", ""))
    )
    dock, mill = Deal.objects.order_by("external_id")
    assert (dock.score, mill.score) == (0, None)
    answer(dock, "a", True, by=SYSTEM)
    changed = table("deals.csv", DEALS, ("D1", "Dock", "Contacted", "open", "2024-01-01"))
    arrival, _result = arrive(changed, duplicates="update")
    dock.refresh_from_db()
    assert (dock.stage, dock.score) == (second, 75)
    take_back(arrival)
    dock.refresh_from_db()
    assert (dock.stage, dock.score) == (first, 100)


def test_files_bring_fits_once_they_are_looked_at(arrive: Arrive, table: Callable[..., Path]) -> None:
    FitCriterion(name="Dear", of="deal", query="value=100..", weight=10).add(by=SYSTEM)
    fitting.catch_up()
    named = ("Deal ID", "Deal title", "Value", "Status")
    arrive(table("deals.csv", named, ("D1", "Dock", "90", "won"), ("D2", "Mill", "200", "lost")))
    arrival, _result = arrive(table("deals.csv", named, ("D1", "Dock", "150", "won")), duplicates="update")
    assert fitting.progress() == 0
    fitting.catch_up()
    assert list(Deal.objects.order_by("external_id").values_list("fit", flat=True)) == [100, 100]
    take_back(arrival)
    assert fitting.catch_up() == 1
    assert list(Deal.objects.order_by("external_id").values_list("fit", flat=True)) == [0, 100]
