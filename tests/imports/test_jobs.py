"""An import written in the background, while others write too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from leadline.crm.models import Deal
from leadline.imports import jobs
from leadline.imports.importing import prepare
from leadline.imports.models import Import, State
from leadline.imports.planning.options import Options
from leadline.imports.recovery import recover
from tests import factories
from tests.cast import assemble

pytestmark = pytest.mark.django_db(transaction=True)


def many(table: Callable[..., Path]) -> Path:
    return table("deals.csv", ("Deal ID", "Title", "Stage"), *((str(n), f"Deal {n}", "Demo") for n in range(3000)))


def test_others_write_while_it_runs(table: Callable[..., Path]) -> None:
    leader = assemble().leader
    arrival, plan = prepare([many(table)], Options(), user=leader, progress=lambda label, count: None)
    thread = jobs.start(arrival, plan, user=leader)
    mine = [factories.deal().pk for _ in range(5)]
    assert recover() == []  # it is alive: nobody takes it back
    thread.join(60)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.written) == (State.DONE, 3000)
    assert Deal.objects.count() == 3000 + len(mine)


def test_it_can_be_cancelled(table: Callable[..., Path]) -> None:
    leader = assemble().leader
    arrival, plan = prepare([many(table)], Options(), user=leader, progress=lambda label, count: None)
    jobs.cancel(arrival)
    jobs.start(arrival, plan, user=leader).join(60)
    arrival.refresh_from_db()
    assert arrival.state == State.CANCELLED
    assert not Deal.objects.exists()


def test_what_a_dead_process_left_is_taken_back(table: Callable[..., Path]) -> None:
    leader = assemble().leader
    arrival, plan = prepare([many(table)], Options(), user=leader, progress=lambda label, count: None)
    jobs.start(arrival, plan, user=leader).join(60)
    Import.objects.filter(pk=arrival.pk).update(state=State.WRITING)  # as if it had died before the last word
    assert [one.pk for one in recover()] == [arrival.pk]
    assert not Deal.objects.exists()
    arrival.refresh_from_db()
    assert arrival.state == State.FAILED
