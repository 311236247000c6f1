"""Whom records can be given to: also colleagues who came by a file and have never signed in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.crm.fields import Linked, field_of
from leadline.crm.handing_over import hand_over
from leadline.history import members
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def offered(to: User) -> set[str]:
    return {name for _pk, name in Linked(to).options(field_of("deal", "owner")) or []}


def test_who_can_be_given_records() -> None:
    cast = assemble()
    today = timezone.localdate()
    members.invite("Known", by=SYSTEM)
    members.invite("Leaves later", by=SYSTEM, left_on=today + dt.timedelta(days=30))
    members.invite("Left", by=SYSTEM, left_on=today - dt.timedelta(days=30))
    may_own = {user.name for user in User.objects.all() if user.may_own}
    assert may_own == {user.name for user in User.objects.who_may_own()} == offered(cast.owner)
    assert {"Olga", "Known", "Leaves later"} <= may_own
    assert not may_own & {"Left", "Ivan"}


def test_somebody_known_by_name_takes_over_and_still_may_nothing() -> None:
    cast = assemble()
    known = members.invite("Known", by=SYSTEM)
    deal = make.deal(owner=cast.owner)
    hand_over(cast.owner, known, by=cast.administrator)
    deal.refresh_from_db()
    assert deal.owner == known
    assert not may(known, "change", deal)
    with pytest.raises(ValidationError):
        hand_over(known, cast.inactive, by=cast.administrator)
