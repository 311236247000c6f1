"""A door begins well, changes its secret without losing anything, and what came by it is judged by who may."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from leadline.crm.doors import add_form, add_hook, copy, counts_of, old_holds_until, refuse, release, rotate
from leadline.crm.doors.trying import send_test
from leadline.crm.intake import keep, make_waiting, secret_of
from leadline.crm.intake.signing import is_signed, signature
from leadline.crm.models import Arrival, Door, Lead, Note
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def test_a_form_begins_with_what_most_ask_for_and_a_lead_comes_of_a_test() -> None:
    cast = assemble()
    source = make.source("Inbound web")
    door = add_form("  Ask   us ", by=cast.leader)
    assert (door.name, door.source, door.kind, door.consent_required) == ("Ask us", source, "form", True)
    assert [field["name"] for field in door.fields] == ["person", "email", "organization", "message"]
    with pytest.raises(ValidationError, match="already"):
        add_form("ask us", by=cast.leader)
    with pytest.raises(PermissionDenied):
        add_form("Mine", by=cast.owner)
    arrival = send_test(door, {"person": "Ada", "email": "ada@example.org"}, by=cast.leader)
    assert (arrival.state, arrival.origin["test"], arrival.lead.source) == ("taken", True, source)  # type: ignore[union-attr]
    twin = copy(door, "Other", by=cast.leader)
    assert (twin.fields, twin.texts, twin.token == door.token) == (door.fields, door.texts, False)
    door.edit(by=cast.leader, active=False)
    with pytest.raises(ValidationError, match="closed"):
        send_test(door, {"person": "Ada"}, by=cast.leader)


def test_a_hidden_field_always_gives_its_own_value() -> None:
    cast = assemble()
    hidden = {"name": "title", "word": "Title", "kind": "hidden", "value": "From the fair", "required": True}
    asked = {"name": "email", "word": "E-mail", "kind": "email"}
    door = add_form("Fair", by=cast.leader, fields=[asked, hidden])
    assert not door.fields[1]["required"]
    send_test(door, {"email": "a@b.example", "title": "Forged"}, by=cast.leader)
    assert Lead.objects.get().title == "From the fair"
    for broken in ([{**hidden, "value": ""}, asked], [hidden], [asked, {**asked, "word": "Again"}]):
        with pytest.raises(ValidationError):
            door.edit(by=cast.leader, fields=broken)


def test_the_secret_before_holds_for_a_day() -> None:
    cast = assemble()
    door, now = add_hook("Fair", by=cast.leader), timezone.now()
    first = secret_of(door)
    second = rotate(door, by=cast.leader)
    assert first != second == secret_of(Door.objects.get())
    moment = str(int(time.time()))
    assert is_signed(door, "m", moment, signature(first, "m", moment, b"{}"), b"{}")
    assert is_signed(door, "m", moment, "v1,nothing " + signature(second, "m", moment, b"{}"), b"{}")
    assert old_holds_until(door, now) is not None
    door.rotated_at = now - dt.timedelta(hours=25)
    assert not is_signed(door, "m", moment, signature(first, "m", moment, b"{}"), b"{}")
    assert is_signed(door, "m", moment, signature(second, "m", moment, b"{}"), b"{}")
    with pytest.raises(PermissionDenied):
        rotate(door, by=cast.owner)
    with pytest.raises(ValidationError):
        door.edit(by=cast.leader, secret_number=1)  # only by its verb
    undo(Change.objects.get(entity="door", verb="change"), by=cast.leader)
    assert secret_of(Door.objects.get()) == first


def test_what_is_held_back_is_let_in_or_thrown_away_and_the_counts_add_up() -> None:
    cast = assemble()
    door, other = add_form("Web", by=cast.leader), add_form("Fair", by=cast.leader)
    for at in range(4):
        keep(door.pk, f"m{at}", {"email": f"a{at}@b.example"}, {}, why="haste" if at else "")
    make_waiting()
    held = list(Arrival.objects.filter(state="spam").order_by("pk"))
    with pytest.raises(PermissionDenied):
        release(held[0], by=cast.owner)
    release(held[0], by=cast.leader)
    refuse(held[1], by=cast.leader)
    make_waiting()
    found, last = counts_of([door, other])[door.pk]
    assert (found.came, found.taken, found.spam, found.refused) == (4, 2, 1, 1)
    assert found.came == sum(found[1:])
    assert last is not None
    assert counts_of([other])[other.pk][0].came == 0
    released = Arrival.objects.get(pk=held[0].pk)
    assert (released.origin["judged"]["by"], released.lead is not None) == (cast.leader.pk, True)
    with pytest.raises(ValidationError, match="already"):
        refuse(released, by=cast.leader)
    refused = Arrival.objects.get(pk=held[1].pk)
    assert refused.done_at is not None
    release(refused, by=cast.leader)
    make_waiting()
    assert Lead.objects.count() == 3


def test_own_fields_go_to_whom_they_belong() -> None:
    cast = assemble()
    fields = {entity: make.custom_field("number", entity=entity) for entity in ("lead", "person", "organization")}
    asked = [{"name": name, "word": name, "kind": "text"} for name in ("email", "organization")]
    asked += [{"name": f"own.{field.key}", "word": entity, "kind": "number"} for entity, field in fields.items()]
    door = add_form("Web", by=cast.leader, fields=asked)
    given = {f"own.{field.key}": "7" for field in fields.values()} | {"email": "a@mill.example", "organization": "Mill"}
    lead = send_test(door, given, by=cast.leader).lead
    assert lead is not None
    assert lead.person is not None
    assert lead.organization is not None
    for record in (lead, lead.person, lead.organization):
        assert record.custom == {fields[record.ENTITY].key: "7"}
    given[f"own.{fields['lead'].key}"] = "many"
    other = send_test(door, {**given, "email": "b@mill.example"}, by=cast.leader).lead
    assert other is not None
    assert "lead: many" in Note.objects.get(lead=other).text  # what cannot be read
    assert "organization: 7" in Note.objects.get(lead=other).text  # what is known already is not written over
