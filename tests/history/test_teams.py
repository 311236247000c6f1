"""A team ends and can be put back; sessions end; visibility has a way back."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from leadline.accounts.models import Team, User, Visibility
from leadline.history import members
from leadline.history.models import Change
from leadline.history.teams import remove_team
from leadline.history.undoing import undo_act
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def team(name: str) -> Team:
    return Team.objects.get(name=name)


def test_people_and_teams_go_where_they_are_told(cast: Cast) -> None:
    remove_team(team("Head office"), into=None, by=cast.administrator)
    assert set(Team.objects.values_list("name", "parent")) == {("North", None), ("South", None)}
    assert User.objects.get(name="Lena").team is None
    remove_team(team("North"), into=team("South"), by=cast.administrator)
    assert {user.name for user in team("South").members.all()} == {"Olga", "Theo", "Rita", "Ivan", "Umar"}
    last = Change.objects.order_by("-id")[0]
    assert (last.entity, last.verb, last.new["name"]) == ("team", "delete", "North")


def test_a_team_comes_back_with_its_people(cast: Cast) -> None:
    north, by = team("North"), cast.administrator.via("web").together()
    number = north.pk
    remove_team(north, into=None, by=by)
    assert by.act
    undone = undo_act(by.act, by=cast.administrator)
    assert undone.left == []
    north = team("North")
    assert (north.pk, north.parent) == (number, team("Head office"))
    assert {user.name for user in north.members.all()} == {"Olga", "Theo", "Rita", "Ivan"}


def test_where_it_cannot_go_and_who_may_not(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        remove_team(team("Head office"), into=team("South"), by=cast.administrator)
    for person in (cast.leader, cast.owner, cast.reader):
        with pytest.raises(PermissionDenied):
            remove_team(team("North"), into=None, by=person)
    assert Team.objects.count() == 3


def test_sessions_end_and_the_log_says_so(cast: Cast) -> None:
    for user in (cast.owner, cast.teammate):
        Client().force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    with pytest.raises(PermissionDenied):
        members.sign_out(cast.owner, by=cast.leader)
    members.sign_out(cast.owner, by=cast.administrator)
    assert Session.objects.count() == 1
    last = Change.objects.order_by("-id")[0]
    assert (last.entity, last.record_id, last.by_id, last.old) == ("user", cast.owner.pk, cast.administrator.pk, {})
    assert User.objects.get(pk=cast.owner.pk).is_active


def test_visibility_goes_back_to_what_it_was_before_it_was_ever_set(cast: Cast) -> None:
    by = cast.administrator.via("web").together()
    members.set_visibility("deal", by=by, see="owner", change_by="owner")
    assert by.act
    undo_act(by.act, by=cast.administrator)
    row = Visibility.objects.get(kind="deal")
    assert (row.see, row.change) == ("everyone", "team")


def test_whoever_signs_in_keeps_an_address(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        members.change(cast.owner, by=cast.administrator, email="")
    assert list(refused.value.message_dict) == ["email"]
    members.change(cast.inactive, by=cast.administrator, email="")
    with pytest.raises(ValidationError) as refused:
        members.change(cast.teammate, by=cast.administrator, email="OLGA@Example.com ")
    assert list(refused.value.message_dict) == ["email"]
