"""Findings as they are known: who sees and judges them, when a dismissed one comes back, what the log keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Visibility
from leadline.crm.models import KnownFinding
from leadline.crm.models.known_finding import Standing
from leadline.history.models import Change
from leadline.history.replay import disagreements
from leadline.history.undoing import undo
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 2)
DAY = dt.timedelta(days=1)
NOW = Standing(Decimal(1000), Decimal(600), Decimal(1500), 0.2, 0.15, 0.25, 0.97, -0.4)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def _finding(**fields: Any) -> KnownFinding:
    standing = {name: getattr(NOW, name) for name in KnownFinding.STANDING}
    usual = {"key": "stage_conversion.stage-1", "kind": "stage_conversion", "place": {"stage": 1}}
    days = {"first_seen_on": MONDAY, "last_seen_on": MONDAY}
    return KnownFinding(**{**usual, **days, **standing, **fields}).add(by=SYSTEM)


def test_a_dismissed_finding_comes_back_when_it_is_worth_more_than_it_could_have_been(cast: Cast) -> None:
    row = _finding()
    row.dismiss(" we know ", MONDAY, by=cast.leader)
    assert (row.reason, row.dismissed_by, row.worth_then) == ("we know", cast.leader, Decimal(1500))
    within = replace(NOW, worth=Decimal(1500))
    row.see(within, MONDAY + DAY, by=SYSTEM)
    assert row.dismissed_at(within)
    worse = replace(NOW, worth=Decimal(1501), worth_high=Decimal(2000))
    assert not row.dismissed_at(worse)
    row.see(worse, MONDAY + 2 * DAY, by=SYSTEM)
    assert (row.dismissed_on, row.reason, row.came_back_on) == (None, "", MONDAY + 2 * DAY)
    row.dismiss("again", MONDAY + 3 * DAY, by=cast.administrator)
    assert row.came_back_on is None
    row.take_up(by=cast.leader)
    assert row.dismissed_on is None
    assert Change.objects.filter(entity="finding", record_id=row.pk).count() == 6
    assert list(disagreements(KnownFinding)) == []


def test_it_is_dismissed_as_it_was_seen_not_as_the_morning_had_it(cast: Cast) -> None:
    row = _finding()
    grown = replace(NOW, worth=Decimal(4000), worth_high=Decimal(5000))
    row.dismiss("we know", MONDAY, by=cast.leader, seen=grown)
    assert row.worth == Decimal(4000)
    row.see(grown, MONDAY, by=SYSTEM)
    assert (row.dismissed_on, row.came_back_on) == (MONDAY, None)
    assert not row.dismissed_at(replace(grown, worth=Decimal(5001)))


def test_without_a_worth_it_comes_back_when_its_departure_has_grown_by_half(cast: Cast) -> None:
    nothing = replace(NOW, worth=None, worth_low=None, worth_high=None)
    row = _finding(worth=None, worth_low=None, worth_high=None)
    row.dismiss("so it is", MONDAY, by=cast.leader)
    assert row.dismissed_at(replace(nothing, effect=-0.59))
    assert not row.dismissed_at(replace(nothing, effect=-0.61))


def test_what_was_done_and_why_is_written_by_whoever_leads_and_can_be_taken_back(cast: Cast) -> None:
    row = _finding()
    for person in (cast.owner, cast.reader):
        with pytest.raises(PermissionDenied):
            row.dismiss("no", MONDAY, by=person)
        with pytest.raises(PermissionDenied):
            row.act("nothing", MONDAY, by=person)
    for deed in (row.dismiss, row.act):
        with pytest.raises(ValidationError):
            deed("  ", MONDAY, by=cast.leader)
    row.act("A script for the first call", MONDAY, by=cast.leader)
    change = Change.objects.filter(entity="finding", record_id=row.pk).latest("pk")
    undo(change, by=cast.leader)
    row.refresh_from_db()
    assert (row.acted_on, row.done) == (None, "")
    assert str(row) == "low conversion of a stage"


def test_each_sees_what_was_found_in_what_they_see(cast: Cast) -> None:
    of_all, own = _finding(), _finding(owner=cast.owner)

    def seen(user: Any) -> set[int]:
        return set(KnownFinding.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(cast.owner) == {of_all.pk, own.pk}
    assert seen(cast.leader) == {of_all.pk}
    assert seen(cast.inactive) == set()
    Visibility.objects.create(kind="lead", see="owner", change="owner")
    assert seen(cast.owner) == {own.pk}
    assert seen(cast.administrator) == {of_all.pk}
    own.dismiss("mine to judge", MONDAY, by=cast.owner)
    with pytest.raises(PermissionDenied):
        own.take_up(by=cast.leader)
