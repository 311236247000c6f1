"""What somebody was working on gets another owner in one act, and back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.crm.handing_over import hand_over, owned
from leadline.crm.models import Deal
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_what_is_pending_goes_and_what_is_done_stays(cast: Cast) -> None:
    olga, theo = cast.owner, cast.teammate
    still_open, won = make.deal(owner=olga), make.deal(owner=olga)
    won.win(by=SYSTEM)
    parked = make.deal(owner=olga)
    parked.park(by=SYSTEM, come_back_on=dt.date(2099, 1, 1))
    binned = make.deal(owner=olga)
    binned.trash(by=SYSTEM)
    others = make.deal(owner=cast.outsider)
    make.lead(owner=olga)
    make.person(owner=olga)
    make.organization(owner=olga)
    make.activity(owner=olga)
    make.activity(owner=olga).complete(by=SYSTEM)
    touched = Deal.objects.get(pk=still_open.pk).last_touch_at

    assert owned(olga) == {"deal": 2, "lead": 1, "person": 1, "organization": 1, "activity": 1}
    by = cast.administrator.via("web").together()
    assert hand_over(olga, theo, by=by, kinds=["deal"]) == {"deal": 2}
    assert hand_over(olga, theo, by=by) == {"lead": 1, "person": 1, "organization": 1, "activity": 1}
    assert set(Deal.objects.filter(owner=theo)) == {still_open, parked}
    assert {won, binned} == set(Deal.objects.filter(owner=olga))
    assert Deal.objects.get(pk=others.pk).owner == cast.outsider
    assert Deal.objects.get(pk=still_open.pk).last_touch_at == touched
    assert owned(olga) == {}

    assert by.act
    undo_act(by.act, by=cast.administrator)
    assert owned(olga) == {"deal": 2, "lead": 1, "person": 1, "organization": 1, "activity": 1}


def test_who_may_and_to_whom(cast: Cast) -> None:
    make.deal(owner=cast.owner)
    for person in (cast.leader, cast.owner, cast.reader, cast.inactive):
        with pytest.raises(PermissionDenied):
            hand_over(cast.owner, cast.teammate, by=person)
    for taker in (cast.owner, cast.inactive):
        with pytest.raises(ValidationError):
            hand_over(cast.owner, taker, by=cast.administrator)
    assert owned(cast.owner) == {"deal": 1}
