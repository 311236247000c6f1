"""What happened, in words: sentences, values as the reader writes them, and no name that is not theirs to see."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Label
from leadline.crm.visiting import visits
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo
from leadline.web.wording.kinds import kind_plural, kind_word, kinds
from leadline.web.wording.telling import Told, tell
from tests import factories as make
from tests.cast import Cast


def last(reader: User) -> Told:
    return tell([Change.objects.order_by("-id")[0]], reader)[0]


def test_a_deal_lives_in_words(cast: Cast) -> None:
    olga, ada = cast.owner, cast.administrator
    deal = make.deal(by=olga, title="Big", value=1000, currency="USD", owner=olga)
    told = last(ada)
    assert (told.who, told.deed, told.kind_word, told.record) == ("Olga", "added", "deal", "Big")
    assert {part.word: part.new for part in told.parts}["value"] == "$1,000"

    deal.edit(by=olga, value=Decimal(1200))
    assert last(ada).deed == "changed value from $1,000 to $1,200"
    assert [(part.word, part.old, part.new) for part in last(ada).parts] == [("value", "$1,000", "$1,200")]
    deal.edit(by=olga, value=None)
    assert last(ada).deed == "emptied value, which was $1,200"
    deal.edit(by=olga, expected_close_on=dt.date(2026, 12, 24))
    assert last(ada).deed == "set expected close to Dec 24, 2026"
    deal.edit(by=olga, owner=cast.teammate, title="Bigger")
    assert last(ada).deed in ("changed title and owner", "changed owner and title")
    old, new = deal.stage.name, make.stage(1).name
    deal.move_to(make.stage(1), by=olga)
    assert last(ada).deed == f"moved from {old} to {new}"
    deal.lose(make.lost_reason("Price"), by=olga)
    assert last(ada).deed == "lost: Price"
    deal.reopen(by=olga)
    assert last(ada).deed == "reopened"
    deal.park(by=olga, come_back_on=dt.date(2099, 1, 2))
    assert last(ada).deed == "parked until Jan 2, 2099"
    deal.reopen(by=olga)
    deal.park(by=olga, event="they have hired")
    assert last(ada).deed == "parked until they have hired"
    assert last(ada).rest == []
    deal.win(by=olga)
    assert last(ada).deed == "won"
    deal.trash(by=olga)
    assert last(ada).deed == "deleted"
    assert last(ada).deleted
    deal.restore(by=olga)
    assert last(ada).deed == "restored"


def test_what_the_deed_does_not_tell_stands_below_it(cast: Cast) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner, title="Big", value=1000, currency="USD")
    assert last(cast.owner).rest == []
    deal.edit(by=cast.owner, value=Decimal(1200))
    assert last(cast.owner).rest == []
    deal.edit(by=cast.owner, value=Decimal(1300), title="Bigger")
    assert {part.name for part in last(cast.owner).rest} == {"value", "title"}
    deal.lose(make.lost_reason("Price"), by=cast.owner, note="Twice as much")
    below = [part.new for part in last(cast.owner).rest]
    assert "Twice as much" in below
    assert "Price" not in below


def test_a_move_says_how_long_the_deal_had_stood_where_that_is_known(cast: Cast) -> None:
    noon = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    deal = make.deal(by=SYSTEM, owner=cast.owner, created_at=noon, at=noon)
    old, new = deal.stage.name, make.stage(1).name
    deal.move_to(make.stage(1), by=cast.owner, at=noon + dt.timedelta(days=12))
    move = Change.objects.order_by("-id")[0]
    assert tell([move], cast.owner)[0].deed == f"moved from {old} to {new}"
    (told,) = tell([move], cast.owner, visits=lambda pk: visits(Deal.objects.get(pk=pk)))
    assert told.deed == f"moved from {old} to {new} after 12 days"
    assert told.rest == []


def test_labels_own_fields_and_long_texts(cast: Cast) -> None:
    ada = cast.administrator
    deal = make.deal(owner=cast.owner)
    field = make.custom_field("choice", name="Tier")
    deal.set_own({field: 2}, by=ada)
    assert last(ada).deed == "set Tier to Silver"
    hot: Label = make.label("Hot")
    deal.label(hot, by=ada)
    assert last(ada).deed == "put on the label Hot"
    deal.unlabel(hot, by=ada)
    assert last(ada).deed == "took off the label Hot"
    note = make.note(deal, by=ada)
    note.edit(by=ada, text="<p>" + "Long & wide. " * 20 + "</p>")
    assert last(ada).deed == "changed text"
    assert "<p>" not in last(ada).parts[0].new


def test_activities_people_and_rights(cast: Cast) -> None:
    ada = cast.administrator
    activity: Activity = make.activity(by=ada, subject="Ask")
    activity.complete(by=ada)
    assert last(ada).deed == "completed"
    members.change(cast.owner, by=ada, role="leader")
    assert last(ada).deed == "changed role from Seller to Leader"
    members.deactivate(cast.owner, by=ada)
    assert (last(ada).deed, last(ada).record) == ("ended the sign-in", "Olga")
    members.set_visibility("deal", by=ada, see="owner", change_by="owner")
    members.set_visibility("deal", by=ada, see="team", change_by="owner")
    assert last(ada).deed == "changed who sees from The owner to The owner's team"


def test_an_undo_says_so_and_nobody_is_leadline(cast: Cast) -> None:
    deal = make.deal(title="Big", owner=cast.owner)
    deal.edit(by=SYSTEM, title="Small")
    assert last(cast.administrator).who == "Leadline"
    undo(Change.objects.order_by("-id")[0], by=cast.administrator)
    assert last(cast.administrator).deed == "changed title from Small to Big (undone)"


def test_names_that_are_not_theirs_are_not_read(cast: Cast) -> None:
    members.set_visibility("organization", by=cast.administrator, see="owner", change_by="owner")
    secret = make.organization(name="Secret Ltd", owner=cast.outsider)
    deal = make.deal(owner=cast.owner)
    deal.edit(by=SYSTEM, organization=secret)
    assert last(cast.owner).deed == f"set organization to organization {secret.pk}"
    assert last(cast.administrator).deed == "set organization to Secret Ltd"
    secret.edit(by=SYSTEM, industry="Spying")
    assert last(cast.owner).record == f"organization {secret.pk}"
    assert not last(cast.owner).open


@pytest.mark.django_db
def test_many_changes_cost_few_queries(cast: Cast) -> None:
    for number in range(40):
        organization = make.organization(name=f"Firm {number}")
        deal = make.deal(owner=cast.owner, organization=organization)
        deal.move_to(make.stage(2), by=cast.owner)
        make.note(deal, by=cast.owner)
    changes = list(Change.objects.all())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(tell(changes, cast.administrator)) == len(changes) > 150
    assert len(queries) <= len({change.entity for change in changes}) + 3


def test_every_kind_has_a_word(cast: Cast) -> None:
    for kind in kinds():
        assert kind_word(kind)
        assert kind_plural(kind)[0].isupper()
