"""Giving the people of imported files their sign-in, and their team, from the command line."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner, Result

from leadline.accounts.models import Team, User
from leadline.cli.errors import Failure
from leadline.cli.user import HERE, app
from leadline.history import members

pytestmark = pytest.mark.django_db


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def anna() -> User:
    """As an import leaves an owner: known by name."""
    return members.invite("Anna Snelling", by=HERE)


def test_the_address_goes_to_the_one_who_is_known_by_name(anna):
    added = call("add", "anna@firm.example", "--name", "anna snelling ")
    assert "/join/" in added.stdout
    assert "was known already" in added.stderr
    person = User.objects.get()
    assert (person.pk, person.email, person.role) == (anna.pk, "anna@firm.example", "seller")


def test_a_new_one_of_the_same_name_when_told(anna):
    call("add", "anna@firm.example", "--name", "Anna Snelling", "--new")
    assert User.objects.filter(name="Anna Snelling").count() == 2
    anna.refresh_from_db()
    assert anna.email is None


def test_one_who_has_an_address_keeps_it():
    call("add", "anna@firm.example", "--name", "Anna")
    call("add", "other@firm.example", "--name", "Anna")
    assert set(User.objects.values_list("email", flat=True)) == {"anna@firm.example", "other@firm.example"}


def test_two_of_one_name_are_named_not_guessed(anna):
    other = members.invite("Anna Snelling", by=HERE)
    for arguments in (["add", "a@firm.example", "--name", "Anna Snelling"], ["link", "Anna Snelling"]):
        failed = call(*arguments)
        assert isinstance(failed.exception, Failure)
        assert f"#{anna.pk}" in str(failed.exception)
        assert f"#{other.pk}" in str(failed.exception)
    assert call("link", f"#{other.pk}", "--email", "a@firm.example").exit_code == 0
    other.refresh_from_db()
    assert other.email == "a@firm.example"


def test_a_link_needs_an_address(anna):
    assert "--email" in str(call("link", "Anna Snelling").exception)
    assert "/join/" in call("link", "Anna Snelling", "--email", "anna@firm.example").stdout


def test_somebody_elses_address_is_refused(anna):
    call("add", "ben@firm.example", "--name", "Ben")
    for arguments in (["add", "BEN@firm.example"], ["link", "Anna Snelling", "--email", "ben@firm.example"]):
        assert str(call(*arguments).exception).startswith("Ben has the e-mail address ben@firm.example already")


def test_teams(anna):
    assert "none yet" in str(call("team", "Anna Snelling", "West").exception)
    assert call("team", "Anna Snelling", "West", "--new").exit_code == 0
    anna.refresh_from_db()
    assert anna.team == Team.objects.get(name="West")
    listed = call("list").stdout
    assert "West" in listed
    assert "no address" in listed
    assert call("team", "Anna Snelling", "-").exit_code == 0
    anna.refresh_from_db()
    assert anna.team is None
