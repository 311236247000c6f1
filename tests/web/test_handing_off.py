"""Hand-offs on the screen: handing on, Today, the page of one, giving back, many at once; reasons for discarding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import SalesRole, User
from leadline.crm import noticing
from leadline.crm.handing_off import give_back, hand
from leadline.crm.models import DiscardReason, HandOff, Lack, Lead
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.hidden import set_everywhere
from tests.web.reading import read

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def selling(cast: Cast) -> Cast:
    """Olga develops, Theo and Umar close; everybody sees their own only."""
    make.deal()  # Today begins with the first one
    members.change(cast.owner, by=SYSTEM, sales_role=SalesRole.INBOUND)
    for user in (cast.teammate, cast.outsider):
        members.change(user, by=SYSTEM, sales_role=SalesRole.CLOSER)
    set_everywhere("owner", "owner")
    noticing.catch_up()
    return cast


def test_from_the_giver_to_the_taker_and_back(selling: Cast, signed_in: SignIn) -> None:
    cast, lack = selling, Lack(name="Budget").add(by=SYSTEM)
    lead = make.lead(title="Mill", owner=cast.owner, stage="sql")
    client = signed_in(cast.owner)
    form = read(client.get(f"/leads/{lead.pk}/hand/").content)
    assert "Theo, whose turn it is" in [option.text for option in form.all("option")]
    assert client.post(f"/leads/{lead.pk}/hand/", {"to": "x"}, headers=SCRIPT).status_code == 422
    sent = client.post(f"/leads/{lead.pk}/hand/", {"to": "", "note": "Ask for the foreman"}, headers=SCRIPT)
    one = HandOff.objects.get()
    assert (sent.status_code, one.taker, one.note) == (204, cast.teammate, "Ask for the foreman")
    page = client.get(f"/leads/{lead.pk}/").content.decode()
    assert "Handed to Theo" in page
    assert "handed it to theo" in page.lower()  # in its history
    assert client.post(f"/leads/handed/{one.pk}/accept/", headers=SCRIPT).status_code == 403

    client = signed_in(cast.teammate)
    assert client.get(f"/leads/{lead.pk}/").status_code == 404  # it is not his yet
    told = client.get("/notices/").content.decode()
    assert "handed it to Theo" in told
    assert "Mill" in told
    page = client.get(f"/leads/handed/{one.pk}/").content.decode()
    assert "Ask for the foreman" in page
    assert f'href="/leads/{lead.pk}/"' not in page
    offered = read(client.get("/today/").content).one(id="offered")
    assert "Mill" in offered.text
    assert "Waits for your answer" in client.get("/today/digest/").content.decode()
    address = f"/leads/handed/{one.pk}/return/"
    assert client.post(address, {"note": " "}, headers=SCRIPT).status_code == 422
    assert client.post(address, {"lack": [lack.pk], "note": "Whose money?"}, headers=SCRIPT).status_code == 204
    assert b'id="offered"' not in client.get("/today/").content

    client = signed_in(cast.owner)
    back = read(client.get("/today/").content).one(id="returned").text
    assert "Theo misses: Budget, Whose money?" in back
    assert "Theo gave it back" in client.get(f"/leads/{lead.pk}/").content.decode()
    assert "gave it back, it lacks: Budget" in client.get("/notices/").content.decode()


def test_accepting_from_today_and_with_a_deal(selling: Cast, signed_in: SignIn) -> None:
    cast = selling
    first, second = (make.lead(title=name, owner=cast.owner) for name in ("Mill", "Dairy"))
    one, two = (hand(lead, cast.teammate, by=cast.owner) for lead in (first, second))
    client = signed_in(cast.teammate)
    answer = client.post(f"/leads/handed/{one.pk}/accept/", headers=SCRIPT)
    assert answer.status_code == 204
    assert "go" not in answer.headers["HX-Trigger"]  # one stays where one is
    assert Lead.objects.get(pk=first.pk).owner == cast.teammate
    plain = client.post(f"/leads/handed/{two.pk}/accept/", {"convert": "yes"})
    deal = Lead.objects.get(pk=second.pk).deal
    assert deal is not None
    assert plain.headers["Location"] == f"/deals/{deal.pk}/"
    again = client.post(f"/leads/handed/{two.pk}/accept/", headers=SCRIPT)
    assert again.status_code == 422
    act = Change.objects.filter(entity="deal", record_id=deal.pk).latest("id").act
    undo_act(act, by=cast.teammate)
    assert Lead.objects.get(pk=second.pk).owner == cast.owner
    assert HandOff.objects.get(pk=two.pk).state == "waiting"
    give_back(HandOff.objects.get(pk=two.pk), [], "No", by=cast.teammate)
    others = read(client.get(f"/leads/handed/{two.pk}/").content)
    assert "given back on" in others.one(id="record-head").text
    assert not [button for button in others.all("button") if button.text == "Accept"]


def test_a_won_deal_is_handed_from_its_page_and_taken_back(selling: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=selling.owner, organization=make.organization(owner=selling.owner))
    client = signed_in(selling.owner)
    at = f"/deals/{deal.pk}/"
    assert "/hand/" not in client.get(at).content.decode()
    assert client.post(f"{at}hand/", {"to": selling.leader.pk}, headers=SCRIPT).status_code == 422
    deal.win(by=selling.owner)
    assert f"{at}hand/" in client.get(at).content.decode()
    assert client.post(f"{at}hand/", {"to": selling.leader.pk}, headers=SCRIPT).status_code == 204
    page = client.get(at).content.decode()
    assert "Handed to Lena" in page
    assert "/withdraw/" in page
    one = HandOff.objects.get()
    assert client.post(f"/leads/handed/{one.pk}/withdraw/", headers=SCRIPT).status_code == 204
    assert "took it back" in client.get(at).content.decode().lower()


def test_whoever_takes_a_customer_is_told_so_and_not_that_the_deal_is_theirs(selling: Cast, signed_in: SignIn) -> None:
    mill = make.organization(name="Mill", owner=selling.owner)
    deal = make.deal(title="Big deal", owner=selling.owner, organization=mill).win(by=selling.owner)
    one = hand(deal, selling.teammate, by=selling.owner)
    answer = signed_in(selling.teammate).post(f"/leads/handed/{one.pk}/accept/", headers=SCRIPT)
    assert '"Mill is yours now."' in answer.headers["HX-Trigger"]


def test_many_are_handed_on_and_discarded_with_a_reason(selling: Cast, signed_in: SignIn) -> None:
    cast, reason = selling, DiscardReason(name="Not a fit").add(by=SYSTEM)
    leads = [make.lead(owner=cast.owner, stage="sql") for _n in range(3)]
    done = make.lead(owner=cast.owner).discard(by=SYSTEM)
    client = signed_in(cast.owner)
    form = read(client.get("/leads/list/bulk/handed/").content)
    assert [option.text for option in form.all("option")][:3] == ["whose turn it is", "Theo", "Umar"]
    ids = ",".join(str(lead.pk) for lead in [*leads, done])
    answer: Any = client.post("/leads/list/bulk/", {"deed": "handed", "ids": ids, "to": "", "note": "Fair"}).json()
    assert answer["changed"] == [lead.pk for lead in leads]
    assert [refused[0] for refused in answer["refused"]] == [done.pk]
    assert [one.taker.name for one in HandOff.objects.order_by("pk")] == ["Theo", "Umar", "Theo"]
    undo_act(answer["act"], by=cast.owner)
    assert not HandOff.objects.waiting().exists()

    assert "Not a fit" in client.get("/leads/list/bulk/discarded/").content.decode()
    given = {"deed": "discarded", "ids": str(leads[0].pk), "reason": reason.pk}
    answer = client.post("/leads/list/bulk/", given).json()
    assert answer["changed"] == [leads[0].pk]
    assert client.post(f"/leads/{leads[1].pk}/discard/", {"reason": "0"}, headers=SCRIPT).status_code == 422
    told = client.post(f"/leads/{leads[1].pk}/discard/", {"reason": reason.pk, "note": "Too small"}, headers=SCRIPT)
    assert told.status_code == 204
    assert "Not a fit" in client.get(f"/leads/{leads[1].pk}/").content.decode()
    assert client.post(f"/leads/{leads[2].pk}/discard/", {"new_reason": "Moved"}, headers=SCRIPT).status_code == 403
    signed_in(cast.leader).post(f"/leads/{leads[2].pk}/discard/", {"new_reason": "Moved"}, headers=SCRIPT)
    found = Lead.objects.filter(pk__in=[lead.pk for lead in leads]).order_by("pk")
    assert [str(lead.discard_reason) for lead in found] == ["Not a fit", "Not a fit", "Moved"]
    assert Lead.objects.get(pk=leads[0].pk).reopen(by=cast.owner).discard_reason is None
