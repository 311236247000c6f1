"""What becomes of a lead: converted, parked, discarded, open again; and a deal that was none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.crm.models import Deal, Lead
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


def last_act() -> Any:
    change = Change.objects.exclude(act=None).order_by("-id").first()
    assert change is not None
    return change.act


def test_convert_and_undo(cast: Cast, signed_in: SignIn) -> None:
    lead = make.lead(title="Maybe", owner=cast.owner, organization=make.organization(), value=Decimal(100))
    note = make.note(lead, by=cast.owner)
    client = signed_in(cast.owner)
    form = read(client.get(f"/leads/{lead.pk}/convert/").content)
    assert form.one("input", name="title").attributes["value"] == "Maybe"
    data = {"title": "Surely", "value": "1,250.50", "stage": str(make.stage(2).pk)}
    answer = client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT)
    assert answer.status_code == 204
    deal = Deal.objects.get()
    assert (deal.title, deal.value, deal.stage) == ("Surely", Decimal("1250.50"), make.stage(2))
    assert (deal.organization, deal.owner) == (lead.organization, cast.owner)
    note.refresh_from_db()
    assert note.deal == deal
    page = read(client.get(f"/leads/{lead.pk}/").content)
    assert "Surely" in page.one(id="record-related").text
    assert not [link for link in page.all("a") if link.text == "Convert to deal"]
    undo_act(last_act(), by=cast.owner)
    lead.refresh_from_db()
    assert (lead.status, lead.deal) == ("open", None)
    assert not Deal.objects.kept().exists()


@pytest.mark.parametrize(
    ("field", "data"),
    [("title", {"title": " "}), ("stage", {"stage": "0"}), ("stage", {"stage": "x"}), ("value", {"value": "much"}),
     ("value", {"value": "-5"})],
)  # fmt: skip
def test_what_cannot_be_leaves_the_lead_a_lead(field: str, data: dict[str, str], cast: Cast, signed_in: SignIn) -> None:
    lead = make.lead(owner=cast.owner)
    given = {"title": "T", "value": "", "stage": str(make.stage(0).pk)} | data
    answer = signed_in(cast.owner).post(f"/leads/{lead.pk}/convert/", given, headers=SCRIPT)
    assert answer.status_code == 422
    (wrong,) = read(answer.content).all("div", class_="wrong")
    assert wrong.all(name=field)
    lead.refresh_from_db()
    assert lead.status == "open"
    assert not Deal.objects.exists()


def test_a_converted_lead_is_not_converted_again(cast: Cast, signed_in: SignIn) -> None:
    lead = make.lead(owner=cast.owner)
    data = {"title": "T", "value": "", "stage": str(make.stage(0).pk)}
    client = signed_in(cast.owner)
    assert client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT).status_code == 204
    assert client.post(f"/leads/{lead.pk}/convert/", data, headers=SCRIPT).status_code == 422
    assert Deal.objects.count() == 1


def test_a_deal_becomes_a_lead_again(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(title="Too soon", owner=cast.owner)
    client = signed_in(cast.owner)
    (form,) = read(client.get(f"/deals/{deal.pk}/").content).all("form", action=f"/deals/{deal.pk}/convert/")
    assert form.attributes["method"] == "post"
    answer = client.post(f"/deals/{deal.pk}/convert/", headers=SCRIPT)
    lead = Lead.objects.get()
    assert f'"go": "/leads/{lead.pk}/"' in answer.headers["HX-Trigger"]
    deal.refresh_from_db()
    assert (lead.title, lead.status, deal.deleted_at is None) == ("Too soon", "open", False)


def test_park_discard_reopen(cast: Cast, signed_in: SignIn) -> None:
    lead = make.lead(owner=cast.owner)
    client = signed_in(cast.owner)
    for day in ("2020-01-01", "soon", ""):
        answer = client.post(f"/leads/{lead.pk}/park/", {"come_back_on": day}, headers=SCRIPT)
        assert answer.status_code == 422
        assert read(answer.content).all(class_="error")
    client.post(f"/leads/{lead.pk}/park/", {"come_back_on": "2090-01-01"}, headers=SCRIPT)
    lead.refresh_from_db()
    assert lead.status == "nurture"
    client.post(f"/leads/{lead.pk}/discard/", {"note": "No budget"}, headers=SCRIPT)
    lead.refresh_from_db()
    assert (lead.status, lead.discard_note, lead.come_back_on) == ("discarded", "No budget", None)
    assert "No budget" in read(client.get(f"/leads/{lead.pk}/").content).one(class_="record-line").text
    client.post(f"/leads/{lead.pk}/reopen/", headers=SCRIPT)
    lead.refresh_from_db()
    assert (lead.status, lead.discard_note) == ("open", "")


def test_who_may_not(cast: Cast, signed_in: SignIn) -> None:
    lead, deal = make.lead(owner=cast.owner), make.deal(owner=cast.owner)
    data = {"title": "T", "stage": str(make.stage(0).pk), "come_back_on": "2090-01-01"}
    for somebody in (cast.reader, cast.outsider):
        client = signed_in(somebody)
        acts = [f"/leads/{lead.pk}/{act}/" for act in ("convert", "park", "discard", "reopen")]
        for address in [*acts, f"/deals/{deal.pk}/convert/"]:
            assert client.post(address, data, headers=SCRIPT).status_code == 403, address
    assert Deal.objects.count() == 1
