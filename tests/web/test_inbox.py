"""The inbox of leads: whose, from where, the hottest first; what is done in it to one lead or to many."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.handing_off import give_back, hand
from leadline.crm.models import AssignmentRule, DiscardReason, HandOff, Lack, Lead, Source
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.hidden import set_everywhere

SignIn = Callable[[User], Client]
JSON, SCRIPT = {"Accept": "application/json"}, {"HX-Request": "true"}


def shown(client: Client, query: str = "") -> list[int]:
    page = client.get(f"/leads/{query}").content.decode()
    return [int(pk) for pk in re.findall(r'<li class="inbox-row [^>]*data-id="(\d+)"', page)]


def do(client: Client, deed: str, leads: list[Lead], **more: Any) -> dict[str, Any]:
    """Does it and gives the toast; the leads are as they are then."""
    ids = ",".join(str(lead.pk) for lead in leads)
    answer = client.post(f"/leads/do/{deed}/", {"ids": ids, **more}, headers=JSON)
    assert answer.status_code == 204, answer.content
    for lead in leads:
        lead.refresh_from_db()
    done: dict[str, Any] = json.loads(answer.headers["HX-Trigger"])["leadline:done"]
    return done


def test_tabs_states_and_places(cast: Cast, signed_in: SignIn) -> None:
    fair, web = make.source("Fair"), Source(name="Web", answer_within=1).add(by=SYSTEM)
    spring = make.campaign("Spring", source=fair)
    mine = make.lead(owner=cast.owner, source=fair, campaign=spring, stage="mql")
    late = make.lead(owner=cast.owner, source=web)
    Lead.objects.filter(pk=late.pk).update(owned_since=timezone.now() - timezone.timedelta(days=9))
    theirs = make.lead(
        owner=cast.teammate, person=make.person(name="Ann Lee"), organization=make.organization(name="Acme")
    )
    free, other = make.lead(), make.lead(owner=cast.outsider)
    make.lead(owner=cast.owner).discard(by=SYSTEM)
    client = signed_in(cast.owner)
    assert shown(client) == [late.pk, mine.pk], "one's own first, the late one on top"
    assert set(shown(client, "?tab=team")) == {late.pk, mine.pk, theirs.pk}
    assert shown(client, "?tab=nobody") == [free.pk]
    assert set(shown(client, "?tab=all")) == {late.pk, mine.pk, theirs.pk, free.pk, other.pk}
    assert shown(client, "?tab=all&state=mql") == shown(client, f"?tab=all&source={fair.pk}") == [mine.pk]
    assert shown(client, f"?tab=all&campaign={spring.pk}") == [mine.pk]
    assert shown(client, "?tab=all&clock=late") == [late.pk]
    assert set(shown(client, "?tab=all&source=0")) == {theirs.pk, free.pk, other.pk}
    assert shown(client, "?tab=mine&page=7") == []
    page = client.get("/leads/?tab=all&state=<script>&source=x&campaign=99999999999999999999&page=-1").content.decode()
    for words in ("Ann Lee · Acme", "late by", "Fair · Spring", "Never touched", "nobody’s"):
        assert words in page
    part = client.get("/leads/", headers={"X-Part": "inbox"})
    assert b"<html" not in part.content
    assert part.headers["Vary"].count("X-Part") == 1


def test_hidden_names_are_not_told(cast: Cast, signed_in: SignIn) -> None:
    set_everywhere("owner", "owner")
    hidden = make.person(name="Sam Hidden", owner=cast.outsider)
    lead, secret = make.lead(owner=cast.owner, person=hidden), make.lead(owner=cast.outsider, title="Secret")
    client = signed_in(cast.owner)
    page = client.get("/leads/?tab=all").content.decode()
    assert "Sam Hidden" not in page
    assert shown(client, "?tab=all") == [lead.pk]
    form = client.get(f"/leads/do/park/?ids={secret.pk},{lead.pk}").content.decode()
    assert "Secret" not in form
    answer = client.post("/leads/do/discard/", {"ids": secret.pk}, headers=JSON)
    assert answer.status_code == 422
    assert "Secret" not in answer.content.decode()


def test_every_deed_to_many_with_one_undo(cast: Cast, signed_in: SignIn) -> None:
    client, label, reason = signed_in(cast.owner), make.label(), DiscardReason(name="No budget").add(by=SYSTEM)
    two = [make.lead(owner=cast.owner), make.lead(owner=cast.owner, stage="sql")]
    toast = do(client, "up", two)
    assert ([lead.stage for lead in two], toast["text"]) == (["mql", "sal"], "2 leads are a state further.")
    toast = do(client, "up", two)
    assert "1 not:" in toast["text"]
    assert "accepted already" in toast["text"]
    undo_act(toast["act"], by=cast.owner)
    do(client, "down", two)
    assert [lead.stage for lead in two] == ["target", "sql"]
    do(client, "label", two, value=label.pk)
    assert [lead.label_ids for lead in two] == [[label.pk]] * 2
    do(client, "give", two, owner=cast.teammate.pk)
    assert {lead.owner for lead in two} == {cast.teammate}
    undo_act(do(client, "park", two, come_back_on="2099-01-05", reason="Later")["act"], by=cast.owner)
    assert {Lead.objects.get(pk=lead.pk).status for lead in two} == {"open"}
    do(client, "discard", two, reason=reason.pk, note="Really")
    assert {(lead.status, lead.discard_reason, lead.discard_note) for lead in two} == {("discarded", reason, "Really")}
    for wrong in ({"come_back_on": "1999-01-05"}, {"come_back_on": ""}, {"date": "soon"}):
        assert client.post("/leads/do/park/", {"ids": two[0].pk, **wrong}, headers=SCRIPT).status_code == 422
    assert client.post("/leads/do/give/", {"ids": two[0].pk, "owner": "x"}, headers=SCRIPT).status_code == 422
    assert client.post("/leads/do/steal/", {"ids": two[0].pk}).status_code == 404


def test_nobodys_leads_are_taken_or_given_by_the_rules(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    free, theirs = make.lead(), make.lead(owner=cast.teammate)
    toast = do(client, "take", [free, theirs])
    assert (free.owner, theirs.owner) == (cast.owner, cast.teammate)
    assert "Theo has it already." in toast["text"]
    AssignmentRule(name="All", user_ids=[cast.outsider.pk]).add(by=SYSTEM)
    other = make.lead()
    do(client, "give", [other], owner="rules")
    assert other.owner == cast.outsider
    page = client.get("/leads/?tab=all").content.decode()
    assert "it was the turn of Umar" in page
    reader = signed_in(cast.reader)
    for deed in ("take", "up", "give", "hand"):
        given = {"ids": make.lead().pk, "owner": "rules"}
        assert reader.post(f"/leads/do/{deed}/", given, headers=JSON).status_code in (403, 422), deed
    assert "data-bulk" not in reader.get("/leads/?tab=all").content.decode()


def test_handed_accepted_and_returned(cast: Cast, signed_in: SignIn) -> None:
    set_everywhere("owner", "owner")
    first, second = make.lead(owner=cast.owner, title="First"), make.lead(owner=cast.owner, title="Second")
    client = signed_in(cast.owner)
    do(client, "hand", [first, second], to=cast.outsider.pk, note="Met at the fair")
    taker = signed_in(cast.outsider)
    assert shown(taker, "?tab=handed") == [first.pk, second.pk]
    page = taker.get("/leads/?tab=handed").content.decode()
    assert "Met at the fair" in page
    assert f"/leads/handed/{HandOff.objects.get(lead=first).pk}/" in page, "its own page is not open to them yet"
    do(taker, "accept", [first])
    assert first.owner == cast.outsider
    assert taker.post("/leads/do/return/", {"ids": second.pk}, headers=SCRIPT).status_code == 422
    lack = Lack(name="Budget").add(by=SYSTEM)
    assert "Budget" in taker.get(f"/leads/do/return/?ids={second.pk}").content.decode()
    do(taker, "return", [second], lacks=lack.pk, note="Who pays?")
    assert HandOff.objects.get(lead=second).lacks == [lack.pk]
    assert shown(client, "?tab=returned") == [second.pk]
    answer = taker.post("/leads/do/accept/", {"ids": second.pk}, headers=JSON)
    assert "does not wait for your answer" in answer.content.decode()
    again = hand(second, cast.teammate, by=cast.owner)
    assert shown(client, "?tab=returned") == [], "it is handed on"
    give_back(again, [lack], by=cast.teammate)
    assert shown(client, "?tab=returned") == [second.pk]


@pytest.mark.parametrize("n", [3])
def test_a_page_asks_as_often_however_many_rows(
    cast: Cast, signed_in: SignIn, n: int, django_assert_max_num_queries: Any
) -> None:
    source = Source(name="Web", answer_within=60).add(by=SYSTEM)
    for i in range(n * 4):
        make.lead(
            owner=cast.owner, source=source if i % 2 else None, person=make.person(), organization=make.organization()
        )
    client = signed_in(cast.owner)
    client.get("/leads/")
    with django_assert_max_num_queries(48):
        client.get("/leads/?tab=all")
