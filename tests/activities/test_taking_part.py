"""Who takes part: colleagues hear of it; contacts who are merged or forgotten are replaced or taken out."""

from __future__ import annotations

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, Attendance
from leadline.crm import noticing
from leadline.crm.erasing import erase_person
from leadline.crm.merging import merge
from leadline.crm.models import Notice
from leadline.history import members
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from leadline.web.notices.reading import shown
from leadline.web.timeline.seeing import seen
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def test_a_colleague_hears_of_it_where_they_see_nothing_else() -> None:
    cast = assemble()
    noticing.catch_up()
    members.set_visibility("deal", see="owner", change_by="owner", by=SYSTEM)
    deal = make.deal(cast.owner, owner=cast.owner)
    one = make.activity(cast.owner, deal=deal, colleague_ids=[cast.teammate.pk])
    one.edit(by=cast.owner, colleague_ids=[cast.teammate.pk, cast.outsider.pk])
    one.edit(by=cast.owner, subject="Another word")
    noticing.catch_up()
    heard = [(row.user, row.why, row.kind, row.record_id) for row in Notice.objects.order_by("pk")]
    assert heard == [(user, "joined", "activity", one.pk) for user in (cast.teammate, cast.outsider)]
    (told,) = shown(cast.outsider, Notice.objects.filter(user=cast.outsider))
    assert told.record == str(one)
    assert seen([one], cast.outsider) == [one]
    assert seen([one], cast.reader) == []


def test_merged_and_forgotten_contacts() -> None:
    cast = assemble()
    ben, bob, eve = (make.person(owner=cast.owner, name=name) for name in ("Ben", "Bob", "Eve"))
    both = make.activity(cast.owner, participant_ids=[ben.pk, bob.pk])
    one = make.activity(cast.owner, participant_ids=[bob.pk, eve.pk], colleague_ids=[cast.teammate.pk])
    merge(ben, bob, by=cast.administrator)
    merged = {row.pk: row.participant_ids for row in Activity.objects.all()}
    assert merged == {both.pk: [ben.pk], one.pk: [ben.pk, eve.pk]}
    act = Change.objects.filter(entity="activity").latest("id").act
    undo_act(act, by=cast.administrator)
    one.refresh_from_db()
    assert one.participant_ids == [bob.pk, eve.pk]
    erase_person(eve, by=cast.administrator)
    one.refresh_from_db()
    assert one.participant_ids == [bob.pk]
    assert list(disagreements(Activity)) == []
    assert [row.user for row in Attendance.objects.all()] == [cast.teammate]
