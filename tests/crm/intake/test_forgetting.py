"""Whoever is forgotten is forgotten by what they sent as well."""

from __future__ import annotations

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.crm.erasing import erase_person
from leadline.crm.intake import counts, keep
from leadline.crm.models import Arrival, Lead, Note, Person
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements
from tests.crm.intake.making import arrives, form

pytestmark = pytest.mark.django_db
SECRETS = ("Jane", "Doe", "jane@acme.com", "my <b>roof", "roof leaks", "site.example")


def test_nothing_they_sent_is_left() -> None:
    door = form()
    given = {"person": "Jane Doe", "email": "jane@acme.com", "message": "It is my <b>roof</b>\nthat roof leaks"}
    first = arrives(door, {"page": "https://site.example/jane"}, **given)
    again = arrives(door, email="jane@acme.com", message="This roof leaks")
    assert (first.state, again.state) == ("taken", "joined")
    keep(door.pk, "held", {"email": "jane@acme.com", "person": "J. Doe"}, {}, why="trap")
    arrives(door, person="Bo", email="bo@acme.com", message="Unlike anything")
    erase_person(Person.objects.get(first_email="jane@acme.com"), by=SYSTEM)
    rows = [row.snapshot() for model in recorded_models().values() for row in model.objects.all()]
    rows += [[row.given, row.origin] for row in Arrival.objects.all()]
    text = str(rows) + "".join(change.before + change.after for change in Change.objects.all())
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert "Unlike anything" in text
    assert counts(door) == (4, 0, 2, 1, 1, 0, 0)
    for model in (Lead, Note, Person):
        assert list(disagreements(model)) == []
