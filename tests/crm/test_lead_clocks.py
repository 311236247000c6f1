"""A lead's clocks: set by what is done, set back by what is undone, the same as the numbers' response time (R39)."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.converting import convert_to_deal
from leadline.crm.models import Lead, LeadStage, Note
from leadline.crm.models.lead_clocks import read_lead_clocks
from leadline.history.models import Change
from leadline.history.undoing import undo
from leadline.insights.facts.compiled import facts_sql
from leadline.insights.store.warehouse import Warehouse
from leadline.insights.warehouse import ChangeLog
from tests import factories as make
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def clocks(lead: Lead) -> tuple[Any, Any, Any]:
    lead.refresh_from_db()
    return lead.owned_since, lead.answered_at, lead.last_touch_at


def last_change(entity: str) -> Change:
    return Change.objects.filter(entity=entity).order_by("-id")[0]


def test_a_lead_is_answered_by_its_owner_and_by_nobody_else(cast: Cast) -> None:
    lead = make.lead(owner=cast.owner)
    begun = lead.created_at
    assert clocks(lead) == (begun, None, None)
    lead.edit(by=cast.teammate, title="Other")
    since, answered, touched = clocks(lead)
    assert (since, answered) == (begun, None)
    assert touched > begun
    note = make.note(lead, by=cast.owner)
    answer = clocks(lead)[1]
    assert answer > touched
    make.note(lead, by=cast.owner)
    assert clocks(lead)[1] == answer  # the first one is the answer
    note.trash(by=cast.owner)
    assert clocks(lead)[1] > answer  # it is no more: the second one is
    lead.edit(by=cast.teammate, owner=cast.teammate)
    since, answered, _touched = clocks(lead)
    assert since > answer
    assert answered == since  # who takes a lead does something about it
    undo(last_change("lead"), by=cast.teammate)
    assert clocks(lead)[0] == begun
    lead.edit(by=cast.administrator, owner=None)
    assert clocks(lead)[:2] == (None, None)


def test_what_is_done_on_a_day_before_answers_nothing(cast: Cast) -> None:
    lead = make.lead(owner=cast.owner)
    done = make.activity(owner=cast.owner, lead=lead, done_at=lead.created_at - HOUR)
    assert clocks(lead) == (lead.created_at, None, done.done_at)
    lead.edit(by=cast.teammate, created_at=lead.created_at - 2 * HOUR)  # it began earlier than was known
    assert clocks(lead)[:2] == (lead.created_at, done.done_at)
    done.edit(by=cast.administrator, owner=cast.teammate)
    assert clocks(lead)[1] is None


# Each deed with whoever does it, on a lead and what hangs on it.
DEEDS: dict[str, Callable[[Lead, User, random.Random], Any]] = {
    "hand": lambda lead, by, dice: lead.edit(by=by, owner=dice.choice([by, *User.objects.filter(is_active=True)[:3]])),
    "lose": lambda lead, by, dice: lead.edit(by=by, owner=None),
    "edit": lambda lead, by, dice: lead.edit(by=by, title=f"Lead {dice.random()}"),
    "by rule": lambda lead, by, dice: lead.edit(by=by.via("rule"), title=f"Lead {dice.random()}"),
    "step": lambda lead, by, dice: lead.edit(by=by.via("import"), stage=dice.choice(LeadStage.values)),
    "note": lambda lead, by, dice: make.note(lead, by=by),
    "call": lambda lead, by, dice: make.activity(
        by=by, owner=by, lead=lead, done_at=timezone.now() - dice.choice([0, 0, 1, 30]) * HOUR
    ),
    "plan": lambda lead, by, dice: make.activity(by=by, owner=by, lead=lead),
    "trash": lambda lead, by, dice: [note.trash(by=by) for note in Note.objects.filter(lead=lead)[:1]],
    "reopen": lambda lead, by, dice: [
        one.reopen(by=by) for one in Activity.objects.filter(lead=lead).exclude(done_at=None)[:1]
    ],
    "undo": lambda lead, by, dice: undo(_some_change(lead, dice), by=by),
    "bin": lambda lead, by, dice: lead.trash(by=by),
    "back": lambda lead, by, dice: lead.restore(by=by),
    "convert": lambda lead, by, dice: convert_to_deal(lead, by=by) if dice.random() < 0.2 and not _closed(lead) else 0,
}


def _closed(lead: Lead) -> bool:
    return lead.status == "converted" or lead.deleted_at is not None


def _some_change(lead: Lead, dice: random.Random) -> Change:
    """One of the last changes of it or on it that was not taken back; taking back twice is another matter."""
    undone = set(Change.objects.exclude(undoes=None).values_list("undoes", flat=True))
    notes, calls = (list(kind.objects.filter(lead=lead).values_list("pk", flat=True)) for kind in (Note, Activity))
    log = Change.objects.filter(undoes=None).exclude(pk__in=undone)
    mine = log.filter(entity="lead", record_id=lead.pk).exclude(verb="create")
    hung = log.filter(entity="note", record_id__in=notes) | log.filter(entity="activity", record_id__in=calls)
    return dice.choice([*mine.order_by("-id")[:2], *hung.order_by("-id")[:2]] or [*log.order_by("-id")[:1]])


def test_clocks_follow_the_log_as_the_numbers_do(cast: Cast, told: Callable[[], dict[int, tuple[Any, Any]]]) -> None:
    """Verbs that set them, the log read anew, the migration for old rows, and insights say the same of every lead."""
    dice = random.Random(7)
    make.pipeline()
    people = [cast.administrator, cast.leader, cast.owner]
    for _n in range(14):
        lead = make.lead(owner=dice.choice([*people, None]), created_at=timezone.now() - 2 * HOUR)
        for deed in dice.choices(list(DEEDS), k=9):
            lead.refresh_from_db()
            with contextlib.suppress(PermissionDenied):  # nothing is done, so nothing happens to the clocks
                DEEDS[deed](lead, cast.administrator if deed == "undo" else dice.choice(people), dice)
    leads = list(Lead.objects.order_by("pk"))
    kept = {lead.pk: clocks(lead) for lead in leads}
    assert any(answered for _since, answered, _touched in kept.values())
    assert read_lead_clocks(leads) == kept
    Lead.objects.update(owned_since=None, answered_at=None, last_touch_at=None)
    import_module("leadline.activities.migrations.0009_clocks_of_leads").fill(apps, None)
    assert {lead.pk: clocks(lead) for lead in leads} == kept
    said = told()
    for lead in Lead.objects.kept().exclude(owner=None).exclude(status="converted"):
        since, hours = said[lead.pk]
        waited = None if lead.answered_at is None else (lead.answered_at - lead.owned_since) / HOUR
        assert (since, hours) == (lead.owned_since.replace(tzinfo=None), pytest.approx(waited, abs=0.001)), lead.pk


@pytest.fixture
def told() -> Iterator[Callable[[], dict[int, tuple[Any, Any]]]]:
    """Of each lead, since when it waits for its last owner and for how many hours, as insights have it."""
    warehouse = Warehouse()

    def answers() -> dict[int, tuple[Any, Any]]:
        warehouse.follow(ChangeLog())
        facts = facts_sql("answers", (), "UTC")
        last = "row_number() OVER (PARTITION BY lead ORDER BY waiting_since DESC)"
        with warehouse.as_of(dt.datetime(2099, 1, 1)) as tables:
            rows = tables.arrow(f"SELECT lead, waiting_since, hours FROM ({facts}) QUALIFY {last} = 1").to_pylist()
        return {row["lead"]: (row["waiting_since"], row["hours"]) for row in rows}

    yield answers
    warehouse.close()
