"""Targets: who may set and see them, which are refused, and what the log keeps."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Target
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
JAN, MARCH, APRIL = dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def target(by: Any = SYSTEM, **more: Any) -> Target:
    return Target(**{"start_on": JAN, "end_on": MARCH, "amount": Decimal(100_000), **more}).add(by=by)


def test_leaders_and_administrators_set_targets_and_nobody_else(cast: Cast) -> None:
    for person in (cast.leader, cast.administrator):
        row = target(person, user=cast.owner)
        row.edit(by=person, amount="120000")
        row.trash(by=person)
    row = target(user=cast.owner)
    for person in (cast.owner, cast.teammate, cast.reader, cast.inactive):
        with pytest.raises(PermissionDenied):
            target(person, user=person)
        with pytest.raises(PermissionDenied):
            row.edit(by=person, amount=1)
    assert list(disagreements(Target)) == []


def test_people_see_their_own_their_teams_and_the_companys(cast: Cast) -> None:
    rows = {
        "own": target(user=cast.owner),
        "colleague": target(user=cast.teammate),
        "team": target(team=cast.owner.team),
        "above": target(team=cast.leader.team),
        "other team": target(team=cast.outsider.team),
        "company": target(),
    }

    def seen(user: User) -> set[str]:
        found = set(Target.objects.visible_to(user))
        return {name for name, row in rows.items() if row in found}

    assert seen(cast.owner) == {"own", "team", "above", "company"}
    assert seen(cast.outsider) == {"other team", "above", "company"}
    assert seen(cast.leader) == seen(cast.administrator) == rows.keys()
    assert seen(cast.inactive) == set()


def test_two_targets_of_the_same_do_not_overlap(cast: Cast) -> None:
    first = target(user=cast.owner)
    with pytest.raises(ValidationError, match="target from 1 Jan 2026 to 31 Mar 2026 already"):
        target(user=cast.owner, start_on=MARCH, end_on=APRIL)
    target(user=cast.owner, metric="deals_won")
    target(user=cast.owner, pipeline=None, start_on=APRIL, end_on=dt.date(2026, 6, 30))
    target(user=cast.teammate)
    first.edit(by=cast.leader, end_on=dt.date(2026, 2, 28))
    again = target(user=cast.owner, start_on=dt.date(2026, 3, 1))
    first.trash(by=cast.leader)
    target(user=cast.owner, end_on=dt.date(2026, 2, 28))
    # What would stand in the way of another now is not put back, and says so.
    trashed = Change.objects.filter(entity="target", record_id=first.pk).latest("pk")
    assert "already" in undo(trashed, by=cast.leader).left[0]
    assert again.snapshot()["amount"] == Decimal("100000.00")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": Decimal("1e16")}, "amount"),
        ({"start_on": APRIL}, "end_on"),
        ({"metric": "Best number"}, "metric"),
        ({"user_id": 10**9}, "user"),
    ],
)
def test_what_makes_no_target_is_refused_beside_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        target(**wrong)
    assert field in refused.value.message_dict
    with pytest.raises(ValidationError, match="not for both"):
        target(user=cast.owner, team=cast.owner.team)


def test_a_team_that_ends_leaves_its_targets_behind(cast: Cast) -> None:
    from leadline.history.teams import remove_team

    row = target(team=cast.outsider.team)
    number = cast.outsider.team_id
    remove_team(cast.outsider.team, into=None, by=SYSTEM)
    assert Target.objects.get(pk=row.pk).team_id == number
