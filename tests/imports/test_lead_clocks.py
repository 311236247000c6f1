"""What files bring sets the clocks of leads as the log has them, and taking it back sets them back (R39)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leadline.crm.models import Lead
from leadline.crm.models.lead_clocks import read_lead_clocks
from leadline.imports.undoing import take_back
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
LEADS = ("Lead ID", "Lead title", "Created", "Owner", "Lead stage", "MQL date")


def kept() -> dict[int, tuple[Any, Any, Any]]:
    return {lead.pk: (lead.owned_since, lead.answered_at, lead.last_touch_at) for lead in Lead.objects.all()}


def test_files_set_clocks_and_undo_sets_them_back(arrive: Arrive, table: Callable[..., Path]) -> None:
    arrive(
        table(
            "leads.csv",
            LEADS,
            ("L1", "First", "2024-01-01", "Ann", "mql", "2024-01-03"),
            ("L2", "Second", "2024-01-01", "Bob", "target", ""),
            ("L3", "Third", "2024-01-01", "", "target", ""),
        )
    )
    before = kept()
    assert len(before) == 3
    assert read_lead_clocks(Lead.objects.all()) == before
    arrival, _result = arrive(
        table("leads.csv", LEADS, ("L3", "Third", "2024-01-01", "Ann", "target", "")),
        table(
            "activities.csv",
            ("Activity ID", "Subject", "Type", "Owner", "Lead ID", "Done time"),
            ("A1", "Called", "Call", "Ann", "L1", "2024-01-05 10:00"),
            ("A2", "Called", "Call", "Ann", "L1", "2024-01-04 10:00"),
            ("A3", "Called", "Call", "Ann", "L2", "2024-01-04 10:00"),
        ),
        duplicates="update",
    )
    after = kept()
    assert read_lead_clocks(Lead.objects.all()) == after
    first, second, third = Lead.objects.order_by("pk")
    assert (first.answered_at.day, first.last_touch_at.day) == (4, 5)
    assert (second.answered_at, second.last_touch_at.day) == (None, 4)  # not its owner
    assert third.owned_since is not None
    take_back(arrival)
    assert kept() == before
