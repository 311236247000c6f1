"""What happens between a hand-off and its answer: the taker is let go, the lead is gone, an answer is undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from leadline.accounts.actors import SYSTEM, actor
from leadline.accounts.models import Role
from leadline.crm.handing_off import accept, give_back, hand, waiting_for
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("gone", [{"is_active": False}, {"role": Role.READER}])
def test_nothing_is_accepted_for_who_can_be_given_nothing(cast: Cast, gone: dict[str, Any]) -> None:
    lead = make.lead(owner=cast.owner)
    handed = hand(lead, cast.teammate, by=cast.owner)
    cast.teammate.set_password("a word")
    for name, value in gone.items():
        setattr(cast.teammate, name, value)
    cast.teammate.save()
    with pytest.raises(ValidationError, match="cannot be given anything"):
        accept(handed, by=cast.administrator)
    lead.refresh_from_db()
    assert lead.owner == cast.owner
    assert give_back(handed, [], "Left", by=cast.administrator).state == "returned"


def test_an_undone_answer_waits_only_for_what_can_be_answered(cast: Cast) -> None:
    lead = make.lead(owner=cast.owner)
    handed = hand(lead, cast.teammate, by=cast.owner)
    by = actor(cast.teammate).together()
    give_back(handed, [], "No budget", by=by)
    lead.refresh_from_db()
    lead.discard(by=cast.owner)
    assert by.act is not None
    undo_act(by.act, by=cast.teammate)
    assert not waiting_for(cast.teammate).exists()
    lead.refresh_from_db()
    lead.reopen(by=SYSTEM)
    assert waiting_for(cast.teammate).get() == handed


def test_a_reader_is_given_nothing_in_the_inbox(cast: Cast, signed_in: Any) -> None:
    client: Client = signed_in(cast.administrator)
    lead = make.lead(owner=cast.owner)
    cast.outsider.role = Role.READER
    cast.outsider.save()
    for deed, name in (("give", "owner"), ("hand", "to")):
        assert client.post(f"/leads/do/{deed}/", {"ids": lead.pk, name: cast.outsider.pk}).status_code == 422
    lead.refresh_from_db()
    assert lead.owner == cast.owner
