"""R4: what was parked or lost comes back as a task, once, whoever looks and how often."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.activities import coming_back
from leadline.activities.coming_back import bring_back, happened
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead
from leadline.history.models import Change
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import Cast, assemble

DAY = dt.timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def soon(days: int = 7) -> dt.date:
    return timezone.localdate() + days * DAY


def later(days: int) -> dt.datetime:
    """At noon of that day."""
    return dt.datetime.combine(soon(days), dt.time(12), dt.UTC)


@pytest.mark.django_db
def test_each_comes_back_once_on_its_day(cast: Cast) -> None:
    parked = make.deal(owner=cast.owner).park(by=SYSTEM, come_back_on=soon(), reason="No budget", event="New budget")
    lead = Lead(title="Orrin", owner=cast.owner).add(by=SYSTEM).park(by=SYSTEM, come_back_on=soon(8))
    lost = make.deal(owner=cast.owner).lose(by=SYSTEM, revisit_on=soon(9), note="Too dear", competitor="Acme")
    make.deal().park(by=SYSTEM, event="They have hired")  # only somebody can tell
    assert bring_back() == []
    (first,) = bring_back(later(7))
    assert (first.deal, first.owner, first.due_on) == (parked, cast.owner, soon())
    assert (first.note, first.done_at) == ("No budget\nNew budget", None)
    assert parked.title in first.subject
    assert {task.lead or task.deal for task in bring_back(later(10))} == {lead, lost}
    assert bring_back(later(11)) == []
    assert Activity.objects.get(deal=lost).note == "Too dear\nAcme"
    parked.refresh_from_db()
    assert parked.status == "nurture"  # a task, not a deal on the board: nobody has looked yet
    first.trash(by=SYSTEM)
    assert bring_back(later(12)) == []  # thrown away is not asked for again
    parked.park(by=SYSTEM, come_back_on=soon(20))
    assert [task.deal for task in bring_back(later(21))] == [parked]  # parked anew it waits anew
    assert bring_back(later(400)) == []


@pytest.mark.django_db
def test_what_is_open_again_deleted_or_long_ago_gives_no_task() -> None:
    make.deal().park(by=SYSTEM, come_back_on=soon()).reopen(by=SYSTEM)
    make.deal().park(by=SYSTEM, come_back_on=soon()).trash(by=SYSTEM)
    make.deal().lose(by=SYSTEM, revisit_on=soon())
    assert bring_back(later(60)) == []


@pytest.mark.django_db
def test_a_kill_between_task_and_end_leaves_nothing_half(monkeypatch: pytest.MonkeyPatch) -> None:
    deal = make.deal().park(by=SYSTEM, come_back_on=soon())

    def killed(self: Activity, **given: Any) -> Activity:
        add(self, **given)
        raise KeyboardInterrupt

    add = Activity.add
    monkeypatch.setattr(Activity, "add", killed)
    with pytest.raises(KeyboardInterrupt):
        bring_back(later(8))
    monkeypatch.undo()
    assert not Activity.objects.exists()
    assert [task.deal for task in bring_back(later(8))] == [deal]


@pytest.mark.django_db(transaction=True)
def test_two_servers_at_once_give_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        make.deal(title=f"Deal {n}").park(by=SYSTEM, come_back_on=soon())
    both, new, at = threading.Barrier(2), coming_back._new, later(8)

    def together(now: dt.datetime) -> Any:
        found = new(now)
        both.wait(10)
        return found

    def server() -> None:
        try:
            bring_back(at)
        finally:
            connections.close_all()

    monkeypatch.setattr(coming_back, "_new", together)
    servers = [threading.Thread(target=server) for _n in range(2)]
    for one in servers:
        one.start()
    for one in servers:
        one.join()
    assert Activity.objects.count() == 3


@pytest.mark.django_db
def test_it_has_happened_opens_it_with_a_task_and_one_undo_parks_it_again(cast: Cast) -> None:
    deal = make.deal(owner=cast.owner).park(by=SYSTEM, come_back_on=soon(90), event="They have hired", reason="Nobody")
    task = happened(deal, by=cast.owner)
    assert (deal.status, deal.come_back_event, task.due_on) == ("open", "", timezone.localdate())
    assert (task.owner, task.deal, task.note) == (cast.owner, deal, "Nobody\nThey have hired")
    with pytest.raises(ValidationError, match="does not wait"):
        happened(Deal.objects.get(), by=cast.owner)
    last = Change.objects.filter(entity="deal", record_id=deal.pk).latest("id")
    undo_act(last.act, by=cast.owner)
    deal.refresh_from_db()
    assert (deal.status, deal.come_back_event, deal.come_back_on) == ("nurture", "They have hired", soon(90))
    assert not Activity.objects.kept().exists()


@pytest.mark.django_db
def test_nothing_is_parked_for_ever() -> None:
    with pytest.raises(ValidationError, match="what must happen first"):
        make.deal().park(by=SYSTEM, reason="Later")


@pytest.mark.django_db
def test_what_is_of_somebody_who_is_gone_comes_back_to_who_leads_them(cast: Cast) -> None:
    make.deal(owner=cast.inactive).park(by=SYSTEM, come_back_on=soon())
    nobodys = make.deal(owner=None).lose(by=SYSTEM, revisit_on=soon())
    tasks = {task.deal: task.owner for task in bring_back(later(8))}
    assert tasks.pop(nobodys) is None
    (heir,) = tasks.values()
    assert heir is not None
    assert (heir.is_active, heir.leads) == (True, True)
