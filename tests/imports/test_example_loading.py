"""The example company is loaded by the ordinary import, once, and shows what it is meant to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, Team, User
from leadline.activities.models import Activity, Block, Goal, Sitting, TenEntry
from leadline.crm import fitting
from leadline.crm.answering import clocks
from leadline.crm.models import (
    Absence,
    Answer,
    AssignmentRule,
    Deal,
    DiscardReason,
    Door,
    FitCriterion,
    Follow,
    HandOff,
    Lack,
    Lead,
    Note,
    Participant,
    Pipeline,
    Playbook,
    Pod,
    Rate,
    Stage,
    Target,
)
from leadline.history import members
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import disagreements
from leadline.imports.example import PASSWORD, SIGN_INS, load
from leadline.imports.models import Import, State
from leadline.imports.undoing import take_back
from leadline.insights.ask import records_behind, report
from leadline.rules.models import Rule

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
    assert Team.objects.count() == 2
    assert 1700 < Deal.objects.count() < 2100
    assert Lead.objects.filter(status="open").count() > 50
    assert list(Import.objects.values_list("state", flat=True)) == [State.DONE]
    assert list(Pipeline.objects.order_by("position").values_list("name", flat=True)) == ["Sales", "Renewals"]
    assert Stage.objects.exclude(buyer_decision="").exclude(exit_criteria="").exclude(rot_days=None).count() == 10
    assert not Deal.objects.exclude(value=None).filter(value_base=None).exists(), "every amount is worth something"
    rates = dict(Rate.objects.values_list("currency", "rate"))
    assert {code: float(rate) for code, rate in rates.items()} == {"EUR": 1.087, "GBP": 1.2717, "CHF": 1.1413}
    now = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    assert Change.objects.filter(entity="deal", occurred_at__lt=now - dt.timedelta(days=365)).exists()
    assert all(Deal.objects.open().filter(stage=stage).exists() for stage in Pipeline.default().kept_stages())


def test_there_is_something_to_do() -> None:
    now = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
    rotten = sum(deal.is_rotten(now) for deal in Deal.objects.open())
    assert 0.1 < rotten / Deal.objects.open().count() < 0.7
    planned = Activity.objects.filter(done_at=None)
    assert planned.filter(due_at__lt=now).exists()
    assert planned.filter(due_at__gt=now).exists()
    assert Deal.objects.open().exclude(activities__in=planned).exists()
    assert Activity.objects.filter(type__name="Pipeline review", done_at__lt=now).count() > 100
    assert not Deal.objects.filter(status="nurture", come_back_on=None, come_back_event="").exists()


def test_people_have_a_working_day() -> None:
    """Goals of all three kinds, mornings kept free and mostly used, what repeats, ideas, notes that were answered."""
    for who in ({"owner__isnull": False}, {"team__isnull": False}, {"owner": None, "team": None}):
        assert Goal.objects.filter(**who).exists(), who
    for signing_in in (SIGN_INS[0], SIGN_INS[2]):
        mine = Activity.objects.filter(owner__email=signing_in.email, done_at=None)
        assert mine.exclude(repeats="").exists()
        assert mine.filter(due_on__isnull=False).exists()
        assert mine.filter(minutes__gte=45).exists()
        assert Lead.objects.filter(owner__email=signing_in.email, stage="target", status="open").count() > 10
    block = Block.objects.order_by("pk").first()
    assert 20 < Sitting.objects.filter(block=block).count() < 40, "ten weeks of four mornings, some not kept"
    answers = TenEntry.objects.exclude(written_at=None)
    assert answers.filter(answer="conversation").exists()
    assert 0.05 < answers.exclude(answer="").count() / answers.count() < 0.6


def test_the_board_and_the_numbers_find_the_same_deals_rotten() -> None:
    """One definition of the last touch (R3, decision 0023): what a file tells of moves counts in both."""
    now = timezone.now()
    found = records_behind("rotting", {}, as_of=now)
    assert len(found) == report("rotting", as_of=now).rows[0]["value"] > 20
    assert set(found) == set(Deal.objects.rotten(now).values_list("pk", flat=True))
    assert set(found) == {deal.pk for deal in Deal.objects.open() if deal.is_rotten(now)}


def test_people_wrote_notes_took_part_and_set_targets() -> None:
    assert Note.objects.filter(author__isnull=False, deal__status="open").count() > 50
    assert Participant.objects.exclude(role="").exists()
    assert Follow.objects.filter(user__email=SIGN_INS[0].email).exists()
    for who in ({"user__isnull": False}, {"team__isnull": False}, {"user": None, "team": None}):
        assert Target.objects.within(TODAY, TODAY).filter(**who).exists(), who


def test_a_team_with_a_process() -> None:
    """What R2, R4, R39 and R44 show on their pages: each in several states."""
    assert set(HandOff.objects.values_list("state", flat=True)) == {"accepted", "returned", "waiting"}
    for signing_in in (SIGN_INS[0], SIGN_INS[2]):
        assert HandOff.objects.waiting().filter(taker__email=signing_in.email, lead__status="open").count() > 3
    rows = report("hand_offs_accepted", by=("giver",)).rows
    told = {row["giver"]: row["value"] for row in rows if row["n"] > 100}
    assert min(told.values()) < 0.75 < max(told.values())
    assert {row["lack"] for row in report("return_reasons", by=("lack",)).rows} == set(
        Lack.objects.values_list("name", flat=True)
    )
    assert len(report("key_events", by=("event",)).rows) == 5
    versions = report("playbook_conversion", by=("playbook",), where={"stage": "Meeting agreed"}).rows
    assert [row["playbook"] for row in versions] == ["Meeting agreed, version 1", "Meeting agreed, version 2", None]
    lost = Deal.objects.filter(status="lost")
    assert lost.exclude(competitor="").exclude(lost_reason=None).count() > 50
    parked = Deal.objects.filter(status="nurture")
    assert parked.exclude(come_back_event="").exists()
    assert parked.exclude(parked_reason="").exclude(come_back_on=None).exists()
    noon = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    for signing_in in (SIGN_INS[0], SIGN_INS[2]):
        waiting = clocks(Lead.objects.filter(owner__email=signing_in.email, status="open"), noon).values()
        promised = [one for one in waiting if one.due_at and not one.answered_at]
        assert {one.late for one in promised} == {True, False}
        assert 3 <= len(promised) < 10
    assert not Rule.objects.filter(active=True).exists()
    for begun in (Deal, Lead):
        assert len(set(begun.objects.values_list("fit", flat=True)) - {None}) > 4
    assert fitting.progress() is None
    assert set(User.objects.filter(role="seller").values_list("sales_role", flat=True)) == {
        "inbound", "outbound", "closer", "account_manager",
    }  # fmt: skip


def test_what_the_team_does_goes_when_the_import_is_taken_back() -> None:
    models = (HandOff, Answer, Playbook, Rule, AssignmentRule, FitCriterion, Absence, Pod, Door, DiscardReason, Lack)
    with transaction.atomic():
        take_back(Import.objects.get())
        assert [model.__name__ for model in models if model.objects.exists()] == []
        transaction.set_rollback(True)
    assert HandOff.objects.exists()


def test_the_log_says_what_the_rows_say() -> None:
    for model in recorded_models().values():
        assert list(disagreements(model)) == []


def test_the_numbers_show_what_is_planted() -> None:
    """For half a year fewer meetings have become proposals."""
    since = TODAY - dt.timedelta(days=183)
    (before,) = report("stage_conversion", by=("stage",), end=since, where={"stage": "Meeting agreed"}).rows
    (later,) = report("stage_conversion", by=("stage",), start=since, where={"stage": "Meeting agreed"}).rows
    assert later["high"] < before["low"]


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
