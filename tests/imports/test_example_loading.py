"""The example company is loaded by the ordinary import, once, and shows what it is meant to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, Team, User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead, Stage
from leadline.history import members
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements
from leadline.imports.example import PASSWORD, SIGN_INS, firm, load
from leadline.imports.models import Import, State
from leadline.insights.ask import report

TODAY = dt.date(2026, 11, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded once for all the tests of this file, and rolled back behind them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(today=TODAY)
        yield
        transaction.set_rollback(True)


def test_a_firm_worth_looking_at() -> None:
    assert set(Team.objects.values_list("name", flat=True)) == set(firm.TEAMS)
    assert Deal.objects.count() > 1700
    assert Lead.objects.count() > 250
    assert Activity.objects.filter(done_at=None).exists()
    assert list(Import.objects.values_list("state", flat=True)) == [State.DONE]

    now = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    rotten = Deal.objects.open().filter(pk__in=[deal.pk for deal in Deal.objects.open() if deal.is_rotten(now)])
    assert 0.1 < rotten.count() / Deal.objects.open().count() < 0.7
    assert Stage.objects.exclude(buyer_decision="").exclude(rot_days=None).count() == 5
    assert not Deal.objects.exclude(value=None).filter(value_base=None).exists(), "every amount is worth something"
    assert Change.objects.filter(entity="deal", occurred_at__lt=now - dt.timedelta(days=365)).exists()


def test_the_log_says_what_the_rows_say() -> None:
    for model in recorded_models().values():
        assert list(disagreements(model)) == []


def test_the_numbers_find_the_weak_seller_and_the_weak_stage() -> None:
    rows = report("stage_conversion", by=("owner", "stage")).rows
    below = {(row["owner"], row["stage"]) for row in rows if row["flag"] == "below"}
    assert (firm.WEAK_SELLER, "Meeting agreed") in below
    stages = {row["stage"]: row["value"] for row in report("stage_conversion", by=("stage",)).rows}
    assert min(stages, key=lambda stage: stages[stage]) == "Proposal sent"


def test_each_role_can_sign_in() -> None:
    assert {person.role for person in SIGN_INS} == set(Role.values)
    for person in SIGN_INS:
        user = User.objects.get(email=person.email)
        assert (user.name, user.role, user.is_active) == (person.name, person.role, True)
        assert user.check_password(PASSWORD)


def test_loading_twice_loads_once() -> None:
    changes = Change.objects.count()
    load(today=TODAY)
    assert Change.objects.count() == changes


def test_a_company_with_deals_is_left_alone() -> None:
    Activity.objects.all().delete()
    members.change(User.objects.get(email=SIGN_INS[0].email), by=SYSTEM, email="somebody@else.example")
    load(today=TODAY)
    assert not Activity.objects.exists()
