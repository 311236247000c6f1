"""What comes by a door becomes a lead, once, with who is known already; and nothing that was sent is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError

from leadline.accounts.actors import SYSTEM
from leadline.crm.intake import counts, keep, make_waiting, making
from leadline.crm.intake.reading import Told
from leadline.crm.models import Arrival, AssignmentRule, Lead, Note, Notice, Organization, Person
from leadline.history.models import Change
from tests import factories as make
from tests.cast import assemble
from tests.crm.intake.making import arrives, form, hook

pytestmark = pytest.mark.django_db
JANE = {"person": "Jane Doe", "organization": "Acme", "email": "Jane@acme.com"}


def test_a_lead_is_made_with_who_it_is_about_and_who_has_the_turn() -> None:
    cast = assemble()
    AssignmentRule(name="All", user_ids=[cast.owner.pk], by="turn").add(by=SYSTEM)
    source = make.source("Web")
    spring = make.campaign("Spring", source=source)
    door = form(source=source)
    field = make.custom_field("choice", entity="lead")
    given = {**JANE, "message": "A <b>pump</b>?", f"own.{field.key}": "gold", "colour": "blue"}
    arrival = arrives(door, {"utm_campaign": "spring", "page": "https://a.example/"}, **given)
    lead = Lead.objects.get()
    assert (arrival.state, arrival.lead, arrival.done_at is not None) == ("taken", lead, True)
    assert (lead.title, lead.stage, lead.source, lead.campaign, lead.owner) == (
        "Acme",
        "mql",
        source,
        spring,
        cast.owner,
    )
    assert lead.created_at == arrival.came_at
    assert lead.custom == {field.key: field.options[0]["id"]}
    assert lead.origin["arrival"] == arrival.pk
    assert lead.origin["page"] == "https://a.example/"
    person, organization = Person.objects.get(), Organization.objects.get()
    assert (person.first_email, person.organization, person.owner) == ("jane@acme.com", organization, cast.owner)
    assert (organization.domain, organization.owner) == ("acme.com", cast.owner)
    note = Note.objects.get(lead=lead).text
    assert "A &lt;b&gt;pump&lt;/b&gt;?" in note
    assert "colour: blue" in note
    assert Notice.objects.filter(user=cast.owner, kind="lead", record_id=lead.pk).exists()
    acts = Change.objects.filter(entity__in=("lead", "person", "organization", "note"), via="job").values_list("act")
    assert acts.distinct().count() == 1


@pytest.mark.parametrize(
    ("said", "named", "under"),
    [("autumn-fair", "Autumn fair", "Fairs"), ("", "Spring", "Web"), ("unheard of", "Spring", "Web")],
)
def test_the_campaign_that_the_page_names_goes_first_and_brings_its_source(said: str, named: str, under: str) -> None:
    web = make.source("Web")
    make.campaign("Autumn fair", source=make.source("Fairs"))
    arrives(form(source=web, campaign=make.campaign("Spring", source=web)), {"utm_campaign": said}, **JANE)
    lead = Lead.objects.get()
    assert (str(lead.campaign), str(lead.source)) == (named, under)


def test_who_is_known_is_matched_and_never_changed() -> None:
    acme = make.organization(name="ACME Works", domain="acme.com")
    jane = make.person(name="Jane D.", emails=[{"value": "jane@acme.com"}])
    arrival = arrives(form(), **JANE, job_title="Buyer")
    assert arrival.lead is not None
    assert (arrival.lead.person, arrival.lead.organization) == (jane, acme)
    jane.refresh_from_db()
    assert (jane.name, jane.job_title, jane.organization) == ("Jane D.", "", None)
    assert "Jane Doe" in Note.objects.get().text
    other = arrives(form(), person="Bo", email="bo@gmail.com", organization="acme WORKS")
    assert other.lead is not None
    assert other.lead.organization == acme


@pytest.mark.parametrize("parked", [False, True])
def test_somebody_with_an_open_lead_joins_it(parked: bool) -> None:
    cast = assemble()
    first = arrives(form(owner=cast.owner), **JANE).lead
    assert first is not None
    if parked:
        first.park(by=SYSTEM, event="They have hired")
    again = arrives(form(name="Price list"), email="jane@acme.com", message="And the price?")
    first.refresh_from_db()
    assert (again.state, again.lead, first.status) == ("joined", first, "open")
    assert Lead.objects.count() == Person.objects.count() == 1
    text = Note.objects.get(lead=first).text
    assert "Came again by Price list" in text
    assert "And the price?" in text
    assert {notice.why for notice in Notice.objects.filter(user=cast.owner)} == {"given", "followed"}


def test_somebody_whose_lead_is_closed_gets_a_new_one() -> None:
    first = arrives(form(), **JANE).lead
    assert first is not None
    first.discard(by=SYSTEM)
    assert arrives(form(), **JANE).state == "taken"
    assert Lead.objects.count() == 2
    assert Person.objects.count() == Organization.objects.count() == 1


def test_a_webhook_is_read_by_its_mapping_and_again_once_that_is_mended() -> None:
    door = hook(mapping={"visitor.mails.1": "email", "visitor.interest": "interest"})
    given = {"visitor": {"mails": ["x", "jo@bay.example"], "full": "Jo Bay", "interest": ["pumps", "pipes"]}}
    made = arrives(door, **given)
    assert made.lead is not None
    assert made.lead.title == "jo@bay.example"
    assert "interest: pumps, pipes" in Note.objects.get().text
    lost = arrives(hook(), **given)
    assert (lost.state, lost.lead) == ("failed", None)
    assert "names nobody" in lost.why
    lost.door.edit(by=SYSTEM, mapping={"visitor.full": "person"})
    Arrival.objects.filter(pk=lost.pk).update(state="waiting", why="")
    assert make_waiting() == 1
    lost.refresh_from_db()
    assert (lost.state, str(lost.lead)) == ("taken", "Jo Bay")


def test_what_is_sent_twice_is_kept_once_and_what_is_held_back_is_not_made() -> None:
    door = form()
    assert keep(door.pk, "one", JANE, {})
    assert not keep(door.pk, "one", JANE, {})
    assert keep(door.pk, "two", JANE, {}, why="trap", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert make_waiting() == 1
    assert counts(door) == counts() == (2, 0, 1, 0, 1, 0, 0)
    assert Lead.objects.count() == 1


def test_one_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    door = form()
    keep(door.pk, "one", JANE, {})
    keep(door.pk, "two", {"person": "Bo"}, {})
    told = making.told
    monkeypatch.setattr(making, "told", lambda arrival: 1 / 0 if arrival.mark == "one" else told(arrival))
    assert make_waiting() == 2
    assert [*Arrival.objects.order_by("pk").values_list("state", "why")] == [
        ("failed", "Leadline failed: ZeroDivisionError"),
        ("taken", ""),
    ]
    assert [lead.title for lead in Lead.objects.all()] == ["Bo"]


def test_who_has_several_addresses_is_known_by_each_of_them() -> None:
    mails = ("main@a.example", "also_mine@b.example")
    known = make.person(emails=[{"value": mail} for mail in mails])
    leads = [
        arrives(form(), person="A", email=mail).lead for mail in (mails[1].title(), mails[0], "also-mine@b.example")
    ]
    assert [lead.person == known for lead in leads if lead is not None] == [True, True, False]


def test_one_that_the_database_never_takes_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    door, tell = form(), making.told

    def told(arrival: Arrival) -> Told:
        if arrival.given["person"] == "Odd":
            raise OperationalError("too long for an index")
        return tell(arrival)

    monkeypatch.setattr(making, "told", told)
    for name in ("Odd", "Jane"):
        keep(door.pk, name, {**JANE, "person": name}, {})
    for _n in range(making.TOO_OFTEN - 1):
        with pytest.raises(OperationalError):
            make_waiting()
        assert counts().waiting == 2
    assert make_waiting() == 2
    assert counts() == (2, 0, 1, 0, 0, 1, 0)


def test_one_is_made_before_all_that_wait() -> None:
    door = form()
    for n in range(3):
        keep(door.pk, str(n), {**JANE, "email": f"jane{n}@acme.com"}, {})
    making.make_now(Arrival.objects.get(mark="2").pk)
    assert [*Arrival.objects.order_by("pk").values_list("state", flat=True)] == ["waiting", "waiting", "taken"]
