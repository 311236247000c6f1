"""The stream of a record: what stands in it, in which order, page by page, who sees it, what can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.merging import merge
from leadline.crm.models import Deal, Note
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_ACCEPT": "application/json"}
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def deal(cast: Cast) -> Deal:
    return make.deal(by=cast.owner, owner=cast.owner, title="Big deal", value=Decimal(1000))


def stream(client: Client, record: Any, query: str = "") -> Element:
    answer = client.get(reverse("timeline", args=[record.ENTITY, record.pk]) + query)
    assert answer.status_code == 200
    return read(answer.content)


def entries(client: Client, record: Any, query: str = "") -> list[str]:
    return [item.text for item in stream(client, record, query).all("li", class_="entry")]


def only_owners_see(kind: str) -> None:
    members.add(Visibility(kind=kind, see=Level.OWNER, change=Level.OWNER), by=SYSTEM)


def test_changes_notes_files_and_activities_stand_in_one_stream(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    deal.move_to(make.stage(2), by=cast.owner)
    make.note(deal, by=cast.teammate, text="<p>They want it in March.</p>")
    make.activity(by=cast.owner, deal=deal, subject="Ring them").complete(by=cast.owner, outcome="Reached")
    make.activity(by=cast.owner, deal=deal, subject="Send the offer", due_at=NOON)
    make.line(deal, by=cast.owner)
    page = stream(signed_in(cast.owner), deal)
    (planned,) = page.all("li", class_="act-row")
    assert "Send the offer" in planned.text
    assert "overdue" in planned.text
    told = [item.text for item in page.all("li", class_="entry")]
    assert "Olga added Product" in told[0]
    assert "Ring them" in told[1]
    assert "Reached" in told[1]
    assert "Theo wrote" in told[2]
    assert "They want it in March." in told[2]
    assert "Olga moved from Target to Meeting agreed" in told[3]
    assert "Olga added" in told[4]


def test_each_kind_by_itself(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    make.note(deal, by=cast.owner)
    make.activity(by=cast.owner, deal=deal).complete(by=cast.owner)
    client = signed_in(cast.owner)
    kinds = {show: stream(client, deal, f"?show={show}") for show in ("notes", "activities", "files", "changes", "all")}
    drawn = {
        show: [item.attributes["class"] for item in page.all("li", class_="entry")] for show, page in kinds.items()
    }
    assert drawn["notes"] == ["entry note"]
    assert drawn["activities"] == ["entry activity"]
    assert drawn["files"] == []
    assert drawn["changes"] == ["entry change"]
    assert len(drawn["all"]) == 3
    assert entries(client, deal, "?show=nonsense") == entries(client, deal)


def test_it_is_read_page_by_page_and_nothing_is_missing_or_twice(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    for n in range(40):
        deal.edit(by=SYSTEM, value=Decimal(n))
    for n in range(25):  # all at one moment: the mark must tell them apart
        Note(deal=deal, text=f"<p>Note {n}</p>", created_at=NOON).add(by=cast.owner, at=NOON)
    client, found, address = signed_in(cast.owner), [], reverse("timeline", args=["deal", deal.pk])
    pages = 0
    while address:
        page = read(client.get(address).content)
        found += [item.attributes["id"] for item in page.all("li", class_="entry")]
        more = page.all("li", class_="more")
        address = more[0].attributes["hx-get"] if more else ""
        pages += 1
    assert pages == 3
    assert len(found) == len(set(found)) == 66
    assert sum(key.startswith("note-") for key in found) == 25


def test_a_mark_that_cannot_be_read_is_no_mark(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    client = signed_in(cast.owner)
    for mark in ("x", "1.2", "1.2.3.4", "9" * 40 + ".1.1", "-1.-1.-1", "1.1.'"):
        assert client.get(reverse("timeline", args=["deal", deal.pk]), {"before": mark}).status_code == 200
    assert client.get(reverse("timeline", args=["deal", deal.pk]), {"count": "9" * 30}).status_code == 200


def test_how_long_it_stood_is_told(cast: Cast, signed_in: SignedIn) -> None:
    deal = make.deal(by=SYSTEM, owner=cast.owner, created_at=NOON, at=NOON)
    deal.move_to(make.stage(1), by=cast.owner, at=NOON + dt.timedelta(days=12))
    deal.move_to(make.stage(2), by=cast.owner, at=NOON + dt.timedelta(days=13, hours=1))
    told = entries(signed_in(cast.owner), deal)
    assert "moved from Target to Contacted after 12 days" in told[1]
    assert "after 1 day" in told[0]


def test_several_fields_of_one_act_are_told_together(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    by = cast.owner.via("web").together()
    deal.edit(by=by, title="Bigger deal", value=Decimal(1200), competitor="Acme")
    deal.move_to(make.stage(1), by=by)
    told = entries(signed_in(cast.owner), deal)
    assert len(told) == 2
    for words in ("Bigger deal", "$1,000", "$1,200", "Acme", "moved from Target to Contacted"):
        assert words in told[0]


def test_imports_and_rules_are_named(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    deal.edit(by=cast.administrator.via("import").together(), value=Decimal(7))
    deal.edit(by=cast.owner.via("rule"), value=Decimal(8))
    told = entries(signed_in(cast.owner), deal)
    assert "as a consequence" in told[0]
    assert "by import" in told[1]


def test_what_was_taken_back_is_marked(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    deal.edit(by=cast.owner, value=Decimal(1200))
    undo(Change.objects.filter(entity="deal").latest("id"), by=cast.owner)
    page = stream(signed_in(cast.owner), deal)
    first, second = page.all("li", class_="entry")[:2]
    assert "undone" not in first.attributes["class"]
    assert "undone" in second.attributes["class"]
    assert "taken back" in second.text


# --- undo from the stream ---


def undo_button(page: Element, place: int) -> str:
    (form,) = [
        form for form in page.all("li", class_="entry")[place].all("form") if "/undo/" in form.attributes["action"]
    ]
    return form.attributes["action"]


def test_a_change_is_taken_back_from_the_stream(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    deal.edit(by=cast.owner, value=Decimal(1200))
    client = signed_in(cast.owner)
    answer = client.post(undo_button(stream(client, deal), 0), **SCRIPT)
    assert answer.status_code == 204
    told = json.loads(answer.headers["HX-Trigger"])["leadline:done"]
    assert told["text"] == "Taken back."
    assert told["act"]
    deal.refresh_from_db()
    assert deal.value == Decimal(1000)


def test_what_has_been_changed_since_cannot_be_taken_back(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    deal.edit(by=cast.owner, value=Decimal(1200))
    older = Change.objects.filter(entity="deal").latest("id")
    deal.edit(by=cast.teammate, value=Decimal(1300))
    client = signed_in(cast.owner)
    assert f"/undo/{older.pk}/" not in client.get(reverse("timeline", args=["deal", deal.pk])).content.decode()
    answer = client.post(reverse("change_undo", args=["deal", deal.pk, older.pk]), **SCRIPT)
    assert answer.status_code == 422
    deal.refresh_from_db()
    assert deal.value == Decimal(1300)


def test_what_was_deleted_is_said_and_can_be_brought_back(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    note = make.note(deal, by=cast.owner, text="<p>Precious</p>")
    note.trash(by=cast.owner)
    client = signed_in(cast.owner)
    page = stream(client, deal)
    assert "Olga deleted Precious" in page.all("li", class_="entry")[0].text
    assert client.post(undo_button(page, 0), **SCRIPT).status_code == 204
    note.refresh_from_db()
    assert note.deleted_at is None
    assert "Precious" in entries(client, deal, "?show=notes")[0]


def test_a_product_is_taken_off_again(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    line = make.line(deal, by=cast.owner)
    client = signed_in(cast.owner)
    assert client.post(undo_button(stream(client, deal), 0), **SCRIPT).status_code == 204
    line.refresh_from_db()
    assert line.deleted_at is not None


def test_a_change_of_another_record_is_not_taken_back_here(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    other = make.deal(by=cast.owner, owner=cast.owner)
    other.edit(by=cast.owner, value=Decimal(5))
    change = Change.objects.filter(entity="deal", record_id=other.pk).latest("id")
    client = signed_in(cast.owner)
    assert client.post(reverse("change_undo", args=["deal", deal.pk, change.pk]), **SCRIPT).status_code == 404
    assert client.post(reverse("change_undo", args=["deal", deal.pk, 999_999]), **SCRIPT).status_code == 404


def test_a_merge_is_taken_back_whole(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    other = make.deal(by=cast.owner, owner=cast.owner, title="Same deal", competitor="Acme")
    note = make.note(other, by=cast.owner)
    merge(deal, other, by=cast.owner)
    client = signed_in(cast.owner)
    for stands_on in (other, deal):
        page = stream(client, stands_on, "?show=changes")
        address = undo_button(page, 0)
        if stands_on is other:
            assert "merged into Big deal" in page.all("li", class_="entry")[0].text
    assert client.post(address, **SCRIPT).status_code == 204
    for row in (deal, other, note):
        row.refresh_from_db()
    assert (deal.competitor, other.deleted_at, note.deal_id) == ("", None, other.pk)


def test_of_an_act_on_many_only_this_ones_part_is_taken_back(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    other = make.deal(by=cast.owner, owner=cast.owner)
    by = cast.owner.via("web").together()
    for one in (deal, other):
        one.edit(by=by, competitor="Acme")
    client = signed_in(cast.owner)
    assert client.post(undo_button(stream(client, deal), 0), **SCRIPT).status_code == 204
    for one in (deal, other):
        one.refresh_from_db()
    assert (deal.competitor, other.competitor) == ("", "Acme")


# --- who sees what ---


def test_the_cast_before_the_stream(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    only_owners_see("deal")
    make.note(deal, by=cast.owner, text="<p>Secret</p>")
    answers = {
        part: signed_in(getattr(cast, part)).get(reverse("timeline", args=["deal", deal.pk]))
        for part in ("administrator", "leader", "owner", "teammate", "outsider", "reader")
    }
    seen = {part for part, answer in answers.items() if answer.status_code == 200}
    assert seen == {"administrator", "leader", "owner"}
    assert {part for part, answer in answers.items() if b"Secret" in answer.content} == seen


def test_nobody_adds_to_what_they_may_not_change(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    for part, status in (("reader", 403), ("outsider", 403), ("teammate", 204), ("leader", 204)):
        client = signed_in(getattr(cast, part))
        shown = client.get(reverse("timeline", args=["deal", deal.pk])).content
        answer = client.post(reverse("note_add", args=["deal", deal.pk]), {"text": f"by {part}"}, **SCRIPT)
        assert answer.status_code == status, part
        assert (b"data-act" in shown) is (part in ("teammate", "leader") and b"entry-acts" in shown), part
    assert Note.objects.count() == 2


def test_on_the_page_of_an_organization_stands_what_hangs_on_its_deals_and_people(
    cast: Cast, signed_in: SignedIn
) -> None:
    organization = make.organization(by=cast.owner, owner=cast.owner)
    person = make.person(by=cast.owner, owner=cast.owner, organization=organization)
    deal = make.deal(by=cast.owner, owner=cast.owner, organization=organization, person=person, title="Their deal")
    make.note(deal, by=cast.owner, text="<p>On the deal</p>")
    make.note(person, by=cast.owner, text="<p>On the person</p>")
    make.activity(by=cast.owner, deal=deal, subject="Visit").complete(by=cast.owner)
    deal.win(by=cast.owner)
    client = signed_in(cast.owner)
    told = " | ".join(entries(client, organization))
    for words in ("On the deal", "On the person", "Visit", "won · Their deal"):
        assert words in told
    of_the_person = " | ".join(entries(client, person))
    assert "On the deal" in of_the_person
    assert "on Their deal" in of_the_person


def test_what_is_closed_to_somebody_stands_in_no_stream_of_theirs(cast: Cast, signed_in: SignedIn) -> None:
    only_owners_see("deal")
    organization = make.organization(by=cast.owner, owner=cast.owner)
    closed = make.deal(by=cast.owner, owner=cast.owner, organization=organization, title="Closed deal")
    make.note(closed, by=cast.owner, text="<p>Secret note</p>", organization=organization)
    make.activity(by=cast.owner, deal=closed, subject="Secret call", organization=organization).complete(by=cast.owner)
    make.activity(by=cast.owner, deal=closed, subject="Secret plan", organization=organization)
    make.activity(by=cast.owner, deal=closed, subject="My own", organization=organization, owner=cast.outsider)
    note = make.note(closed, by=cast.owner, text="<p>Secret trash</p>", organization=organization)
    note.trash(by=cast.owner)
    seen = signed_in(cast.outsider).get(reverse("timeline", args=["organization", organization.pk])).content.decode()
    assert "Secret" not in seen
    assert "Closed deal" not in seen
    assert "My own" in seen
    owner = signed_in(cast.owner).get(reverse("timeline", args=["organization", organization.pk])).content.decode()
    for words in ("Secret note", "Secret call", "Secret plan", "Secret trash", "Closed deal"):
        assert words in owner


def test_names_of_what_is_closed_are_not_told(cast: Cast, signed_in: SignedIn, deal: Deal) -> None:
    only_owners_see("organization")
    deal.edit(by=cast.owner, organization=make.organization(by=cast.owner, owner=cast.owner, name="Hidden Ltd"))
    assert "Hidden Ltd" in " ".join(entries(signed_in(cast.owner), deal))
    assert "Hidden Ltd" not in " ".join(entries(signed_in(cast.outsider), deal))


def test_every_kind_of_record_has_a_stream(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    for record in (make.lead(), make.person(), make.organization(), make.product(), make.deal()):
        assert len(entries(client, record)) == 1, record
    assert client.get(reverse("timeline", args=["pipeline", make.pipeline().pk])).status_code == 404
    assert client.get(reverse("timeline", args=["nonsense", 1])).status_code == 404
