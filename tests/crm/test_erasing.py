"""A person is forgotten: by the row, by the log, by what was written about them."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity
from leadline.crm.erasing import erase_person
from leadline.crm.filing import attach
from leadline.crm.merging import merge
from leadline.crm.models import Deal, Note, Person
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db

SECRETS = ("Jane", "Doe", "jane@acme.com", "jane@old.example", "+49 30 123", "Likes sailing")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def jane(cast: Cast) -> Person:
    field = make.custom_field("text", entity="person")
    jane = make.person(
        name="Jane Doe",
        emails=[{"value": "jane@old.example"}],
        phones=[{"value": "+49 30 123"}],
        custom={field.key: "Likes sailing"},
    )
    jane.edit(by=SYSTEM, emails=[{"value": "jane@acme.com"}], first_name="Jane", last_name="Doe")
    return jane


def everything() -> str:
    """All texts of all rows and of the log."""
    rows = [row.snapshot() for model in recorded_models().values() for row in model.objects.all()]
    return str(rows) + "".join(change.before + change.after for change in Change.objects.all())


def test_nothing_of_them_is_left_in_rows_or_log(cast: Cast, jane: Person) -> None:
    deal = make.deal(person=jane, title="Turbines, ask jane@acme.com")
    make.note(deal, text="<p>Write to JANE@acme.com or +49 30 123</p>")
    make.activity(deal=deal, note="formerly jane@old.example")
    erased = erase_person(jane, by=cast.administrator)
    text = everything()
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert (erased.texts, erased.changes) == (3, 2)


def test_deals_and_their_numbers_stay(cast: Cast, jane: Person) -> None:
    deal = make.deal(person=jane)
    erase_person(jane, by=cast.administrator)
    assert Deal.objects.get().person == jane
    assert str(Person.objects.get()) == "Erased person"
    assert deal.value == Deal.objects.get().value


def test_the_log_is_still_the_rows_and_says_what_happened(cast: Cast, jane: Person) -> None:
    make.note(jane, text="Mail jane@acme.com")
    erase_person(jane, by=cast.administrator)
    for model in (Person, Note, Activity, Deal):
        assert list(disagreements(model)) == []
    said = Change.objects.filter(entity="erasure", by_id=cast.administrator.pk)
    assert {change.new["entity"] for change in said} == {"person", "note"}


def test_those_merged_into_them_are_forgotten_too(cast: Cast, jane: Person) -> None:
    copy, copy_of_copy = make.person(name="Jane D."), make.person(name="J. Doe")
    merge(copy, copy_of_copy, by=SYSTEM)
    merge(jane, copy, by=SYSTEM)
    erase_person(jane, by=cast.administrator)
    assert set(Person.objects.values_list("name", flat=True)) == {"Erased person"}
    assert "Doe" not in everything()


def test_others_are_left_alone(cast: Cast, jane: Person) -> None:
    other = make.person(name="Joan", emails=[{"value": "joan@acme.com"}])
    note = make.note(other, text="Mail joan@acme.com")
    erase_person(jane, by=cast.administrator)
    other.refresh_from_db()
    note.refresh_from_db()
    assert (other.name, other.first_email, note.text) == ("Joan", "joan@acme.com", "Mail joan@acme.com")


def test_files_are_named_for_a_person_to_look_at(cast: Cast, jane: Person) -> None:
    file = attach(jane, "cv.pdf", io.BytesIO(b"%PDF"), by=SYSTEM)
    assert erase_person(jane, by=cast.administrator).files == [file]


@pytest.mark.parametrize("part", ["leader", "owner", "reader", "inactive"])
def test_only_administrators_may(cast: Cast, jane: Person, part: str) -> None:
    with pytest.raises(PermissionDenied):
        erase_person(jane, by=getattr(cast, part))
    assert Person.objects.get().name == "Jane Doe"
