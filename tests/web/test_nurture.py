"""The nurture stream: who sees what in which order, and "it has happened"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead
from leadline.history import members
from tests import factories as make
from tests.cast import Cast


def test_the_stream_and_what_has_happened(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client, soon = signed_in(cast.owner), timezone.localdate() + dt.timedelta(days=9)
    waits = make.deal(title="Waits", owner=cast.owner).park(by=SYSTEM, event="they have <hired>", reason="Nobody there")
    make.deal(title="Open", owner=cast.owner)
    lead = Lead(title="Orrin", owner=cast.teammate).add(by=SYSTEM).park(by=SYSTEM, come_back_on=soon)
    page = client.get("/pipeline/nurture/").content.decode()
    assert page.index("Orrin") < page.index("Waits")  # a day comes before what has none
    assert "they have &lt;hired&gt;" in page
    assert "Nobody there" in page
    assert ">Open<" not in page
    mine = client.get("/pipeline/nurture/?whose=mine&kind=deal&page=99").content.decode()
    assert "Waits" in mine
    assert "Orrin" not in mine
    assert client.post(f"/pipeline/nurture/lead/{lead.pk}/happened/").status_code == 422  # it waits for a day alone
    answer = client.post(f"/pipeline/nurture/deal/{waits.pk}/happened/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert Deal.objects.get(pk=waits.pk).status == "open"
    assert Activity.objects.get().subject == "It has happened: they have <hired>"


def test_asked_on_the_way_out(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    """An event alone parks, nothing does not; a loss keeps to whom, and its day; many at once as one."""
    client = signed_in(cast.owner)
    deals = [make.deal(owner=cast.owner) for _n in range(2)]
    ids, at = ",".join(str(deal.pk) for deal in deals), f"/deals/{deals[0].pk}"
    assert client.post(f"{at}/parked/", {"date": "", "reason": "Later"}).status_code == 422
    client.post(f"{at}/parked/", {"date": "", "event": "they have hired"})
    assert Deal.objects.get(pk=deals[0].pk).come_back_event == "they have hired"
    assert client.post(f"{at}/lost/", {"revisit_on": "2020-01-01"}).status_code == 422
    soon = timezone.localdate() + dt.timedelta(days=40)
    given = {"competitor": " Acme ", "revisit_on": soon.isoformat(), "note": "Too dear"}
    client.post(f"{at}/lost/", given)
    lost = Deal.objects.get(pk=deals[0].pk)
    assert (lost.status, lost.competitor, lost.revisit_on, lost.come_back_event) == ("lost", "Acme", soon, "")
    client.post("/deals/bulk/", {"deed": "lost", "ids": ids, **given, "competitor": "Globex"})
    assert {deal.competitor for deal in Deal.objects.all()} == {"Globex"}
    client.post("/deals/bulk/", {"deed": "parked", "ids": ids, "event": "they have hired", "reason": "Nobody there"})
    assert {(deal.status, deal.parked_reason) for deal in Deal.objects.all()} == {("nurture", "Nobody there")}


def test_whom_a_reader_may_not_see_has_no_name_there(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    for kind in ("organization", "person"):
        members.set_visibility(kind, by=SYSTEM, see="owner", change_by="owner")
    theirs = {"owner": cast.outsider, "by": cast.outsider}
    for about in (
        {"person": make.person(name="Hushhush", **theirs)},
        {"organization": make.organization(name="Hidden Ltd", **theirs)},
    ):
        make.deal(owner=cast.owner, **about).park(by=SYSTEM, event="they have hired")
    make.lead(owner=cast.owner, person=make.person(name="Open Olsen", owner=cast.owner)).park(by=SYSTEM, event="x")
    page = signed_in(cast.owner).get("/pipeline/nurture/").content.decode()
    assert page.count("•••") == 2
    assert [name in page for name in ("Hushhush", "Hidden Ltd", "Open Olsen")] == [False, False, True]
