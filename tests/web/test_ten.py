"""The page of 1st & 10 (R33): worked by one key each, measured by what came back, one's own."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, Answer, Opening, Outcome, TenEntry
from leadline.crm.models import Person
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def somebody(user: User, name: str = "Maria Lopez", **fields: Any) -> Person:
    return make.person(name=name, owner=user, **{"emails": [{"value": "maria@example.com"}]} | fields)


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def entry_of(user: User) -> TenEntry:
    found: TenEntry = TenEntry.objects.kept().get(owner=user)
    return found


def note(user: User, days: float, answer: str = "", **fields: Any) -> TenEntry:
    """A note written so many days ago to somebody new."""
    at = timezone.now() - dt.timedelta(days=days)
    values = {"rule": "ideas", "on_date": at.date(), "written_at": at, "answer": answer} | fields
    return TenEntry(owner=user, person=make.person(), **values).add(by=SYSTEM)


def test_a_card_says_why_and_fills_in_the_words(cast: Cast, signed_in: SignedIn) -> None:
    acme = make.organization(name="Acme & Sons")
    somebody(cast.owner, organization=acme, phones=[{"value": "+44 20 7946 0000"}])
    client = signed_in(cast.owner)
    page = said(client.get("/today/ten/"))
    assert "Known to you, and never contacted" in page
    assert "tel:+442079460000" in page
    assert "mailto:maria@example.com?subject=How%20are%20things%2C%20Maria%3F&amp;body=Hi%20Maria%2C" in page
    entry = entry_of(cast.owner)
    words = said(client.get(f"/today/ten/{entry.pk}/words/"))
    assert "Hi Maria, you came to mind today. How are things at Acme &amp; Sons?" in words
    other = Opening.objects.get(name="Say thank you")
    assert "Thank you" in said(client.get(f"/today/ten/{entry.pk}/words/?opening={other.pk}"))


def test_one_key_logs_the_note_and_one_undo_takes_it_back(cast: Cast, signed_in: SignedIn) -> None:
    Outcome(name="Talked", counts_as="conversation").add(by=SYSTEM)
    make.activity().type.edit(by=SYSTEM, name="Mail", icon="mail")
    person = somebody(cast.owner)
    deal = make.deal(owner=cast.owner, person=person, at=timezone.now() - dt.timedelta(days=200))
    client = signed_in(cast.owner)
    client.get("/today/ten/")
    entry, opening = entry_of(cast.owner), Opening.objects.get(name="Congratulate")
    act = f"/today/ten/{entry.pk}/mark/"
    headers = {"Accept": "application/json, text/html"}
    for _twice in range(2):
        answer = client.post(act, {"act": "written", "opening": opening.pk}, headers={"HX-Request": "true", **headers})
    assert "1 of 1 written" in said(answer)
    logged = Activity.objects.kept().get(person=person)
    deal.refresh_from_db()
    assert (logged.type.icon, logged.owner, logged.deal, logged.subject) == (
        *("mail", cast.owner, deal, "Congratulate: Maria Lopez"),
    )
    assert deal.last_touch_at == logged.done_at
    answered = client.post(act, {"act": "conversation"}, headers={"HX-Request": "true", **headers})
    entry.refresh_from_db()
    logged.refresh_from_db()
    assert (entry.answer, logged.outcome, logged.counts_as) == (Answer.CONVERSATION, "Talked", "conversation")
    undo_act(uuid.UUID(json.loads(answered.headers["HX-Trigger"])["leadline:done"]["act"]), by=cast.owner)
    entry.refresh_from_db()
    logged.refresh_from_db()
    assert (entry.answer, logged.outcome, entry.written_at is None) == ("", "", False)


def test_a_note_says_its_opening_also_before_the_card_has_its_words(cast: Cast, signed_in: SignedIn) -> None:
    for name in ("Ann", "Ben", "Cem"):
        somebody(cast.owner, name)
    client = signed_in(cast.owner)
    client.get("/today/ten/")
    first, second, third = TenEntry.objects.kept().order_by("position")
    thanks = Opening.objects.get(name="Say thank you")
    for entry, data in ((first, {}), (second, {"opening": thanks.pk}), (third, {"opening": ""})):
        client.post(f"/today/ten/{entry.pk}/mark/", {"act": "written", **data})
        entry.refresh_from_db()
    assert first.opening == Opening.objects.order_by("pk").first()
    assert (second.opening, third.opening) == (thanks, thanks)  # what was used last is what the card shows


def test_who_is_skipped_makes_room_for_somebody_else(cast: Cast, signed_in: SignedIn) -> None:
    for number in range(12):
        somebody(cast.owner, f"P{number:02}")
    client = signed_in(cast.owner)
    client.get("/today/ten/")
    first = TenEntry.objects.kept().order_by("position").first()
    assert client.post(f"/today/ten/{first.pk}/mark/", {"act": "skipped"}).status_code == 302
    assert "P00 is skipped." in said(client.get("/today/ten/"))
    page = said(client.get("/today/ten/"))
    assert "0 of 10 written" in page
    assert "1 skipped" in page
    assert "P10" in page
    assert "P00" not in page


def test_the_arithmetic_is_exact_and_at_the_measured_rate(cast: Cast, signed_in: SignedIn) -> None:
    """R33: 10 notes x 22 days = 220 a month, 2,640 a year; at 10 % that is 264 conversations."""
    client = signed_in(cast.owner)
    for number in range(19):
        note(cast.owner, 20, Answer.CONVERSATION if number < 10 else "")
    page = said(client.get("/today/ten/"))
    assert "Cannot tell yet:" in page
    assert "19 notes written that have had 14 days" in page
    assert "<dd>220</dd>" in page
    assert ">264<" not in page
    for number in range(81):
        note(cast.owner, 15, Answer.REPLY if number < 9 else "")
    note(cast.owner, 2, Answer.CONVERSATION)  # too young: those who have not answered yet would be missing
    page = said(client.get("/today/ten/"))
    assert "<dd>10</dd>" in page
    assert "<dd>2,640</dd>" in page
    assert "<dd>264<span" in page
    assert "10 of 100" in page
    assert "90 %: 6% to 16%" in page
    assert "1 is too young to count" in page


def test_every_rate_opens_its_notes(cast: Cast, signed_in: SignedIn) -> None:
    opening = Opening(name="Ask", text="Hi", owner=cast.owner).add(by=SYSTEM)
    notes = [note(cast.owner, 20, answer, opening=opening) for answer in (Answer.CONVERSATION, Answer.REPLY, "")]
    note(cast.owner, 3, rule="revisits")
    client = signed_in(cast.owner)
    page = said(client.get("/today/ten/"))
    behind = f"/today/ten/notes/?old=yes&amp;back=answered&amp;opening={opening.pk}"
    assert f'<a href="{behind}">2 of 3</a>' in page
    rows = said(client.get(behind.replace("&amp;", "&")))
    assert "2 notes" in rows
    assert str(notes[0].person) in rows
    assert str(notes[2].person) not in rows
    assert "1 note " in said(client.get("/today/ten/notes/?rule=revisits")).replace("<", " <")


def test_a_list_is_its_owners_and_their_leaders_to_read(cast: Cast, signed_in: SignedIn) -> None:
    somebody(cast.owner)
    signed_in(cast.owner).get("/today/ten/")
    entry = entry_of(cast.owner)
    at = f"/today/ten/?of={cast.owner.pk}"
    read = signed_in(cast.leader)
    page = said(read.get(at))
    assert "Maria Lopez" in page
    assert "data-mark" not in page
    act, words = f"/today/ten/{entry.pk}/mark/", f"/today/ten/{entry.pk}/words/"
    assert read.post(act, {"act": "written"}).status_code == 403
    for stranger in (cast.teammate, cast.outsider, cast.reader):
        client = signed_in(stranger)
        got = [client.get(at), client.post(act, {"act": "written"}), client.get(words)]
        assert [answer.status_code for answer in got] == [404, 404, 404]
        assert client.get(f"/today/ten/notes/?of={cast.owner.pk}").status_code == 404
    entry.refresh_from_db()
    assert entry.written_at is None
    assert TenEntry.objects.count() == 1  # nobody's look has made a list for them


def test_rules_and_openings_are_set_in_dialogs(cast: Cast, signed_in: SignedIn) -> None:
    somebody(cast.owner)
    client = signed_in(cast.owner)
    client.get("/today/ten/")
    names = ("not_contacted", "second_degree", "target_accounts", "revisits", "ideas")
    form = {"size": "7", **{f"place_{name}": str(n) for n, name in enumerate(names, 1)}, "on_ideas": "on"}
    form |= {"days_not_contacted": "0", "days_target_accounts": "30"}
    assert client.post("/today/ten/rules/", form).status_code == 422
    assert client.post("/today/ten/rules/", form | {"days_not_contacted": "60", "place_ideas": "1"}).status_code == 302
    habits = cast.owner.habits  # type: ignore[attr-defined]  # the relation of Habits
    assert [row["rule"] for row in habits.ten_rules][:2] == ["ideas", "not_contacted"]
    assert not TenEntry.objects.kept().exists()  # the list was made anew
    bad = client.post("/today/ten/openings/", {"name": "Own", "text": "Hi {frist_name}"})
    assert bad.status_code == 422
    assert "{frist_name}" in said(bad)
    client.post("/today/ten/openings/", {"name": "Own", "text": "Hi {first_name}", "shared": ""})
    own = Opening.objects.get(name="Own")
    assert signed_in(cast.teammate).get(f"/today/ten/openings/{own.pk}/").status_code == 404
    shipped = Opening.objects.filter(shared=True).first()
    assert client.post(f"/today/ten/openings/{shipped.pk}/delete/").status_code == 403  # an administrator's
    assert client.post(f"/today/ten/openings/{own.pk}/delete/").status_code == 302
