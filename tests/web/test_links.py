"""One-time links: the first administrator, and those who were invited."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from leadline.accounts import invitations
from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Invitation, User
from leadline.crm.models import Currency, base_currency
from leadline.history import members
from leadline.history.models import Change
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FOUNDER = {"name": "Fay", "email": "Fay@Example.com", "password": "seven brass lanterns", "currency": "eur"}
PASSWORD = {"password": "seven brass lanterns"}


def who(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).name if pk else None


def test_the_set_up_link_makes_the_administrator_and_signs_them_in(client: Client) -> None:
    link = invitations.setup_link()
    assert client.get(link).status_code == 200
    assert client.post(link, FOUNDER).headers["Location"] == "/"
    fay = User.objects.get(email="fay@example.com")
    assert (fay.role, fay.is_active, who(client)) == ("administrator", True, "Fay")
    assert base_currency() == "EUR"
    assert Change.objects.filter(entity="user", record_id=fay.pk, verb="create", by_id=None).exists()


def test_it_works_once(client: Client) -> None:
    link = invitations.setup_link()
    client.post(link, FOUNDER)
    other = Client()
    assert other.get(link).status_code == 410
    assert other.post(link, {**FOUNDER, "email": "second@example.com"}).status_code == 410
    assert User.objects.count() == 1


def test_no_second_link_where_there_is_an_administrator(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        invitations.setup_link()


def test_a_link_made_before_dies_with_the_first_administrator(client: Client) -> None:
    link = invitations.setup_link()
    members.add(User(name="Ada", email="ada@example.com", role="administrator"), by=SYSTEM)
    assert client.get(link).status_code == 410
    assert client.post(link, FOUNDER).status_code == 410


@pytest.mark.parametrize("setup", [True, False])
def test_it_expires(client: Client, setup: bool) -> None:
    invited = members.invite("Ina", email="ina@example.com", by=SYSTEM)
    link = invitations.setup_link() if setup else invitations.invite_link(invited)
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(link).status_code == 410
    assert client.post(link, FOUNDER if setup else PASSWORD).status_code == 410
    assert not User.objects.filter(is_active=True).exists()


def test_a_fresh_link_ends_the_older_one(client: Client) -> None:
    older, newer = invitations.setup_link(), invitations.setup_link()
    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


def test_only_hashes_are_kept() -> None:
    token = invitations.setup_link().split("/")[2]
    assert token not in str(Invitation.objects.values())


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "no address"), ("password", "short"), ("password", "password123"), ("currency", "XXQ"), ("name", " ")],
)
def test_a_mistake_is_told_and_does_not_use_the_link_up(client: Client, field: str, value: str) -> None:
    link = invitations.setup_link()
    answer = client.post(link, {**FOUNDER, field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert User.objects.count() == 0
    assert client.post(link, FOUNDER).status_code == 302


def test_somebody_known_from_a_file_can_found_the_company(client: Client) -> None:
    known = members.invite("F. Ay", email="fay@example.com", by=SYSTEM)
    client.post(invitations.setup_link(), FOUNDER)
    known.refresh_from_db()
    assert (known.name, known.role, known.is_active) == ("Fay", "administrator", True)


def test_the_currency_is_settled_once_there_are_deals(client: Client) -> None:
    make.deal()
    link = invitations.setup_link()
    assert "Base currency" not in client.get(link).content.decode()
    client.post(link, FOUNDER)
    assert not Currency.objects.exists()


def test_the_invited_choose_a_password_and_are_in(client: Client, cast: Cast) -> None:
    ina = members.invite("Ina", email="ina@example.com", by=cast.administrator)
    link = invitations.invite_link(ina)
    assert "Welcome, Ina" in client.get(link).content.decode()
    assert client.post(link, PASSWORD).headers["Location"] == "/"
    assert who(client) == "Ina"
    assert Client().post(link, {"password": "another one entirely"}).status_code == 410
    assert Client().post("/sign-in/", {"login": "INA@example.com", **PASSWORD}).headers["Location"] == "/"


def test_the_link_is_a_way_back_for_a_forgotten_password_and_ends_the_old_sessions(cast: Cast) -> None:
    before = Client()
    before.post("/sign-in/", {"login": "olga@example.com", "password": "correct horse battery"})
    Client().post(invitations.invite_link(cast.owner), PASSWORD)
    assert before.get("/me/").status_code == 302
    assert Client().post("/sign-in/", {"login": "olga@example.com", **PASSWORD}).headers["Location"] == "/"


def test_whoever_is_let_go_does_not_come_back_by_an_old_link(client: Client, cast: Cast) -> None:
    link = invitations.invite_link(cast.owner)
    members.deactivate(cast.owner, by=cast.administrator)
    assert client.post(link, PASSWORD).status_code == 410


def test_without_an_address_there_is_no_link(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        invitations.invite_link(members.invite("Nora", by=cast.administrator))


def test_a_set_up_link_is_no_invitation_and_the_other_way_round(client: Client) -> None:
    ina = members.invite("Ina", email="ina@example.com", by=SYSTEM)
    setup, join = invitations.setup_link(), invitations.invite_link(ina)
    assert client.get(setup.replace("/setup/", "/join/")).status_code == 410
    assert client.get(join.replace("/join/", "/setup/")).status_code == 410
