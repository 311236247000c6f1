"""Activities of files: days alone, meanings of outcomes, who took part; and what was exported comes in again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, Priority, add_default_outcomes
from leadline.activities.zones import zone_of
from leadline.history.replay import disagreements
from tests import factories as make
from tests.cast import person
from tests.imports.conftest import Arrive

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]
HEADING = (
    "Activity ID", "Subject", "Type", "Due date", "Done", "Assigned to user", "Outcome", "Attendees", "Location",
    "Priority",
)  # fmt: skip


def test_a_day_alone_an_outcome_and_who_took_part(arrive: Arrive, table: Table) -> None:
    add_default_outcomes(by=SYSTEM)
    olga = person("Olga")
    olga.time_zone = "America/New_York"
    olga.save()
    ben, eve = (
        make.person(name="Ben Ohm"),
        make.person(emails=[{"value": "eve@x.example", "label": "", "primary": True}]),
    )
    file = table(
        "activities.csv", HEADING,
        (1, "Whole day", "Task", "2099-03-05", "no", "Olga", "", "Ben Ohm, eve@x.example, Nobody", "Room 4", "High"),
        (2, "At ten", "Call", "2099-03-05 10:00", "no", "Nia", "", "", "", ""),
        (3, "Called", "Call", "2024-03-05", "yes", "Olga", "no ANSWER", "", "", "normal"),
    )  # fmt: skip
    arrive(file)
    whole, timed, called = Activity.objects.order_by("external_id")
    assert whole.due_on == dt.date(2099, 3, 5)
    assert whole.due_at.astimezone(zone_of(olga)).isoformat() == "2099-03-05T23:59:59-05:00"
    assert (whole.participant_ids, whole.place) == (sorted([ben.pk, eve.pk]), "Room 4")
    assert (timed.due_on, timed.due_at.hour, timed.participant_ids) == (None, 10, [])
    assert (called.counts_as, called.priority, called.is_done) == ("no_answer", Priority.MEDIUM, True)
    assert whole.priority == Priority.HIGH
    before = {row.pk: row.snapshot() for row in Activity.objects.all()}
    _again, result = arrive(file)
    assert {row.pk: row.snapshot() for row in Activity.objects.all()} == before, (
        "the same file once more changes nothing"
    )
    assert result is not None
    assert list(disagreements(Activity)) == []


def test_what_was_exported_comes_in_again(arrive: Arrive, table: Table, tmp_path: Path, client: Client) -> None:
    add_default_outcomes(by=SYSTEM)
    olga, ben = person("Olga"), make.person(name="Ben Ohm")
    make.activity(
        olga, subject="Whole day", due_on=dt.date(2099, 3, 5), priority=2, place="Here", participant_ids=[ben.pk],
    )  # fmt: skip
    make.activity(olga, subject="Timed", due_at=dt.datetime(2099, 3, 5, 10, tzinfo=dt.UTC), minutes=20)
    client.force_login(User.objects.get(name="Olga"))
    columns = "subject,type,due_at,owner,participants,place,priority,minutes,outcome"
    exported = b"".join(client.get(reverse("activities_as_csv") + f"?columns={columns}"))
    told = ("subject", "due_at", "due_on", "participant_ids", "place", "priority", "minutes", "owner_id", "type_id")
    was = list(Activity.objects.order_by("subject").values(*told))
    Activity.objects.all().delete()
    text = re.sub(r"^\ufeff?[^,]*,", "Activity ID,", exported.decode("utf-8"), count=1)
    (tmp_path / "activities.csv").write_text(text, newline="")
    arrive(tmp_path / "activities.csv")
    assert list(Activity.objects.order_by("subject").values(*told)) == was
