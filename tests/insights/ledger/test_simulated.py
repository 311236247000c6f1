"""A simulated company's ledger is the one that its files give once they are imported; cut off, the one of that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, User
from leadline.crm.models import Deal, Target, base_currency
from leadline.imports.example.company import Renamed
from leadline.imports.example.loading import bring_in
from leadline.insights.ask_ledger import ledger
from leadline.insights.evaluate.companies import company
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import Ledger
from leadline.insights.ledger.passages import ADVANCED, FAILED, passages
from leadline.insights.ledger.reading import EPOCH
from leadline.insights.question import BadQuestion
from leadline.insights.simulator.ledgers import ledger_of
from leadline.insights.simulator.population import Simulation, simulate
from tests.insights.ledger.same import TABLES, rows

UNTIL = dt.date(2026, 7, 1)


def made() -> Simulation:
    return simulate("leaky_stage", seed=11, sellers=6, deals=200, months=18, until=UNTIL)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ledger]:
    """Imported once, and rolled back behind the tests; what the quick path makes of the same company."""
    with django_db_blocker.unblock(), transaction.atomic():
        bring_in(made(), SYSTEM)
        yield ledger_of(Renamed(made(), base_currency()))
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("ago", [0, 100, 333])
def test_it_is_what_the_files_say_after_their_import(loaded: Ledger, ago: int) -> None:
    moment = EPOCH + dt.timedelta(days=loaded.as_of - ago - 0.3)
    read = ledger(as_of=moment if ago else None)
    own = as_of(loaded, loaded.as_of - ago - 0.3) if ago else loaded
    for name in TABLES:
        assert rows(read, name) == rows(own, name), name
    assert (read.start, read.whole) == (own.start, True)
    assert read.names["stage"].labels == own.names["stage"].labels
    for one in fields(read.stages):
        assert np.array_equal(getattr(read.stages, one.name), getattr(own.stages, one.name)), one.name
    if not ago:
        assert sorted(map(repr, staff(read))) == sorted(map(repr, staff(own)))
        assert ledger().deals is read.deals  # remembered


def staff(of: Ledger) -> list[tuple[object, ...]]:
    teams = (*of.names["team"].labels, None)
    some = of.staff
    told = zip(
        of.names["owner"].labels, some.role, some.team, some.hired, some.left, some.quota, some.active, strict=True
    )
    return [(name, role, teams[team], float(hired), float(left), bool(quota), bool(active))
            for name, role, team, hired, left, quota, active in told]  # fmt: skip


@pytest.mark.django_db
def test_everybody_gets_what_they_may_see(loaded: Ledger) -> None:
    seller = User.objects.filter(role=Role.SELLER, pk__in=Deal.objects.values("owner")).order_by("pk")[0]
    User.objects.filter(pk=seller.pk).update(is_active=True)
    seller.refresh_from_db()
    found, whole = ledger(user=seller), ledger()
    visible = set(Deal.objects.visible_to(seller).values_list("pk", flat=True))
    assert set(found.deals.id.tolist()) == visible
    assert found.whole == (len(visible) == len(whole.deals))
    assert set(found.targets.id.tolist()) <= set(Target.objects.values_list("pk", flat=True))
    team = whole.names["team"].labels[0]
    of_team = ledger(team=team)
    assert len(of_team.deals) == Deal.objects.filter(owner__team__name=team).count()
    assert len(ledger(pipeline="Sales").deals) == len(whole.deals)
    with pytest.raises(BadQuestion):
        ledger(team="Nobody's")


def test_a_company_is_kept_and_read_again(tmp_path: Path) -> None:
    fresh, truth = company("one_weak_seller", 4, "small", tmp_path)
    again, told = company("one_weak_seller", 4, "small", tmp_path)
    assert (told.person, told.begins, told.strength) == (truth.person, truth.begins, truth.strength)
    assert again.names["owner"].labels == fresh.names["owner"].labels
    assert again.targets.metric == fresh.targets.metric
    for table in (*TABLES, "stages", "staff"):
        for name, column in vars(getattr(fresh, table)).items():
            kept = getattr(getattr(again, table), name)
            assert np.array_equal(kept, column, equal_nan=getattr(column, "dtype", None) == np.float64), (table, name)
    assert replace(again, names={}).as_of == 20_635.0
    # What was planted can be seen: one person's deals go on from that stage less often than the others'.
    found = passages(fresh)
    there = (found.stage == truth.stage) & ~found.skipped & (found.entered > truth.begins / 86_400)
    theirs = there & (found.owner == truth.person)
    share = [(found.outcome[part] == ADVANCED).sum() / np.isin(found.outcome[part], (ADVANCED, FAILED)).sum()
             for part in (theirs, there & ~theirs)]  # fmt: skip
    assert share[0] < share[1]


def test_a_company_without_deals_is_a_ledger_too() -> None:
    found = ledger_of(simulate("healthy", seed=1, sellers=1, deals=0, until=UNTIL))
    assert (len(found.deals), len(passages(found)), found.start) == (0, 0, found.as_of)
    assert found.leads.deal.dtype == np.int32
