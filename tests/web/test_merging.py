"""Merging on the page: what will be kept, what is done, and undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.models import Level, User, Visibility
from leadline.crm.merging import merge
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from leadline.web.merging.comparing import compare
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


def last_act() -> object:
    change = Change.objects.exclude(act=None).order_by("-id").first()
    assert change is not None
    return change.act


def test_what_is_said_to_be_kept_is_kept(cast: Cast) -> None:
    own = make.custom_field("text", entity="person")
    label, other_label = make.label("Hot"), make.label("Cold")
    survivor = make.person(name="Ann", job_title="", emails=[{"value": "a@b.example"}], label_ids=[label.pk])
    loser = make.person(
        name="Anne",
        job_title="Buyer",
        emails=[{"value": "c@d.example"}],
        label_ids=[other_label.pk],
        organization=make.organization(),
        owner=cast.owner,
        custom={own.key: "Golf"},
    )
    before = {"survivor": survivor.snapshot(), "loser": loser.snapshot()}
    said = {row.field: row.kept for row in compare(survivor, loser)}
    merge(survivor, loser, by=cast.administrator)
    for field, kept in said.items():
        if kept == "both":
            continue
        was = before[kept]["custom"].get(own.key) if field.custom else before[kept][field.attname]
        assert field.raw(survivor) == was, field.name
    by_name = {field.name: kept for field, kept in said.items()}
    assert by_name["name"] == "survivor"
    assert by_name["job_title"] == by_name["organization"] == by_name["owner"] == "loser"
    assert by_name["emails"] == by_name["labels"] == "both"
    assert [mail["value"] for mail in survivor.emails] == ["a@b.example", "c@d.example"]


def test_a_deals_value_goes_with_its_currency(cast: Cast) -> None:
    survivor, loser = make.deal(value=None, currency="USD"), make.deal(value=5, currency="EUR")
    said = {row.field.name: row.kept for row in compare(survivor, loser)}
    assert (said["value"], said["currency"], said["title"], said["stage"]) == ("loser", "loser", "survivor", "survivor")


def test_choose_compare_merge_undo(cast: Cast, signed_in: SignIn) -> None:
    ann = make.person(name="Ann Lee", owner=cast.owner)
    copy = make.person(name="ann lee", owner=cast.owner, emails=[{"value": "ann@acme.example"}])
    deal = make.deal(person=copy, owner=cast.owner)
    client = signed_in(cast.owner)
    offered = read(client.get(f"/merge/person/{ann.pk}/").content).one("main").all("a")
    assert f"/merge/person/{ann.pk}/?other={copy.pk}" in [link.attributes["href"] for link in offered]
    side = read(client.get(f"/merge/person/{ann.pk}/?other={copy.pk}&keep=other").content)
    assert side.one("input", name="keep").attributes["value"] == "other"
    answer = client.post(f"/merge/person/{ann.pk}/", {"other": copy.pk, "keep": "this"}, headers=SCRIPT)
    assert answer.status_code == 204
    assert f'"go": "/people/{ann.pk}/"' in answer.headers["HX-Trigger"]
    deal.refresh_from_db()
    assert deal.person == ann
    gone = read(client.get(f"/people/{copy.pk}/").content)
    assert "Merged into Ann Lee" in gone.one(class_="notice").text
    undo_act(last_act(), by=cast.owner)  # type: ignore[arg-type]
    deal.refresh_from_db()
    copy.refresh_from_db()
    assert (deal.person, copy.deleted_at) == (copy, None)


@pytest.mark.parametrize("kind", ["person", "organization", "deal"])
def test_who_may_not_change_both_may_not_merge_them(kind: str, cast: Cast, signed_in: SignIn) -> None:
    mine, theirs = getattr(make, kind)(owner=cast.outsider), getattr(make, kind)(owner=cast.owner)
    for this, other in ((mine, theirs), (theirs, mine)):
        answer = signed_in(cast.outsider).post(f"/merge/{kind}/{this.pk}/", {"other": other.pk}, headers=SCRIPT)
        assert answer.status_code == 403
    for record in (mine, theirs):
        record.refresh_from_db()
        assert record.deleted_at is None


def test_what_cannot_be_merged(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    lead, ann = make.lead(), make.person()
    assert client.get(f"/merge/lead/{lead.pk}/").status_code == 404
    assert client.get(f"/merge/person/{ann.pk}/?other=999").status_code == 404
    assert client.post(f"/merge/person/{ann.pk}/", {"other": ann.pk}).status_code == 200  # asks for the other one
    trashed = make.person().trash(by=cast.administrator)
    answer = client.post(f"/merge/person/{ann.pk}/", {"other": trashed.pk}, headers=SCRIPT)
    assert answer.status_code == 422
    assert "is in the trash" in answer.json()["message"]


def test_a_hidden_other_is_not_there(cast: Cast, signed_in: SignIn) -> None:
    mine, theirs = make.person(owner=cast.outsider), make.person(name="Secret", owner=cast.owner)
    members.add(Visibility(kind="person", see=Level.TEAM, change=Level.TEAM), by=cast.administrator)
    client = signed_in(cast.outsider)
    assert client.get(f"/merge/person/{mine.pk}/?other={theirs.pk}").status_code == 404
    mine_gone = make.person(owner=cast.outsider)
    merge(theirs, mine_gone, by=cast.administrator)
    html = client.get(f"/people/{mine_gone.pk}/").content.decode()
    assert "Secret" not in html
    assert "Merged into another record." in html
