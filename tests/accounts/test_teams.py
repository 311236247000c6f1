"""Teams stand inside teams, never inside themselves; the company always keeps an administrator."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from leadline.accounts.actors import SYSTEM, Actor
from leadline.accounts.models import Role, Team, User
from leadline.accounts.models.team import family
from leadline.history import members
from leadline.history.models import Change
from tests.cast import person

pytestmark = pytest.mark.django_db


def team(name: str, parent: Team | None = None) -> Team:
    return members.add(Team(name=name, parent=parent), by=SYSTEM)


def test_family_is_the_team_and_all_below() -> None:
    top = team("Top")
    middle = team("Middle", top)
    bottom, other = team("Bottom", middle), team("Other")
    assert family(top.pk) == {top.pk, middle.pk, bottom.pk}
    assert family(bottom.pk) == {bottom.pk}
    assert other.pk not in family(top.pk)
    assert family(None) == set()


def test_a_team_cannot_stand_inside_itself_nor_inside_one_below() -> None:
    top = team("Top")
    bottom = team("Bottom", team("Middle", top))
    for parent in (top, bottom):
        with pytest.raises(ValidationError) as refused:
            members.change(top, by=SYSTEM, parent_id=parent.pk)
        assert list(refused.value.message_dict) == ["parent"]
    assert Team.objects.get(pk=top.pk).parent_id is None


def test_two_teams_cannot_share_a_name() -> None:
    team("North")
    with pytest.raises(ValidationError):
        team("North")


@pytest.mark.parametrize("change", [{"role": Role.SELLER}, {"is_active": False}])
def test_the_last_administrator_stays(change: dict[str, object]) -> None:
    last = person("Ada", role=Role.ADMINISTRATOR)
    person("Former", role=Role.ADMINISTRATOR, is_active=False)  # signs in no more, so does not count
    with pytest.raises(ValidationError) as refused:
        members.change(last, by=last, **change)
    assert list(refused.value.message_dict) == list(change)
    assert User.objects.get(pk=last.pk).is_administrator
    person("Second", role=Role.ADMINISTRATOR)
    members.change(last, by=last, **change)


def test_changes_of_people_are_logged_without_their_passwords() -> None:
    user = person("Olga")
    members.change(user, by=SYSTEM, name="Olga Owner")
    created, changed = Change.objects.filter(entity="user", record_id=user.pk).order_by("id")
    assert created.verb == Change.CREATE
    assert (changed.old, changed.new["name"]) == ({"name": "Olga"}, "Olga Owner")
    assert "password" not in created.after


def test_two_people_cannot_share_an_address_whatever_its_case() -> None:
    user = person("Olga")
    with pytest.raises(ValidationError) as refused:
        members.change(person("Other"), by=SYSTEM, email="OLGA@example.com")
    assert list(refused.value.message_dict) == ["email"]
    assert user.email == "olga@example.com"


def test_an_unknown_way_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="telepathy"):
        Actor(user=None, via="telepathy")
