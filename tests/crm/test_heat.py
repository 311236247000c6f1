"""Which leads want somebody first: as their clocks say, one by one."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import connection
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.answering import clocks
from leadline.crm.heat import Heat, Heats
from leadline.crm.models import Lead, Source
from tests import factories as make
from tests.cast import Cast, assemble

NOW = dt.datetime(2026, 11, 23, 13, 20, 30, tzinfo=dt.UTC)  # a Monday


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    for person, zone in ((cast.owner, "America/New_York"), (cast.outsider, "Asia/Tokyo")):
        person.time_zone = zone
        person.save()
    return cast


def leads(cast: Cast) -> list[Lead]:
    """In three zones and with nobody; of two promises, of none, of no source; some answered, some with a fit."""
    some, sources = random.Random(7), [None, make.source("Fair")]
    sources += [Source(name=name, answer_within=n).add(by=SYSTEM) for name, n in (("Web", 45), ("Post", 900))]
    found = [
        make.lead(source=sources[n % 4], owner=some.choice([None, cast.owner, cast.outsider, cast.leader]))
        for n in range(60)
    ]
    for lead in found:
        since = NOW - dt.timedelta(minutes=some.choice([1, 20, 50, 300, 900, 3000, 9000]), seconds=some.randrange(60))
        lead.created_at, lead.owned_since = since, since if lead.owner_id else None
        lead.answered_at = since + dt.timedelta(minutes=3) if lead.owner_id and some.random() < 0.3 else None
        lead.fit = some.choice([None, 10, 60, 90])
    Lead.objects.bulk_update(found, ["created_at", "owned_since", "answered_at", "fit"])
    return found


def test_the_order_is_that_of_the_clocks(cast: Cast) -> None:
    found = {lead.pk: lead for lead in leads(cast)}
    told = clocks(found.values(), NOW)

    def place(pk: int) -> tuple[object, ...]:
        lead, clock = found[pk], told[pk]
        since, fit = (clock.since or NOW).timestamp(), -(lead.fit or 0)
        if clock.answered_at:
            return 3, fit, lead.last_touch_at or 0, pk
        if clock.due_at is None:
            return 2, fit, -since, -pk
        return (0, -since, -pk) if clock.late else (1, clock.due_at, fit, pk)

    rows = Lead.objects.order_by()
    ordered = Heats(NOW).hottest(rows, 0, 100)
    assert [pk for pk, _heat in ordered] == sorted(found, key=place)
    assert {heat for _pk, heat in ordered} == set(Heat), "the example has all of them"
    pages = [one for start in range(0, 70, 7) for one in Heats(NOW).hottest(rows, start, 7)]
    assert pages == ordered, "page by page it is the same"
    for heat in Heat:
        assert Heats(NOW).hottest(rows, 0, 100, heat) == [one for one in ordered if one[1] == heat]


def test_nothing_is_promised(cast: Cast) -> None:
    make.lead(owner=cast.owner)
    assert [heat for _pk, heat in Heats(timezone.now()).hottest(Lead.objects.order_by(), 0, 9)] == [Heat.UNANSWERED]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads few rows without an index")
@pytest.mark.parametrize("heat", [Heat.LATE, Heat.DUE])
@pytest.mark.django_db
def test_an_index_finds_and_sorts_them(heat: Heat) -> None:
    Source(name="Web", answer_within=60).add(by=SYSTEM)
    open_ones = Lead.objects.kept().filter(status="open").order_by()
    plan = Heats(timezone.now()).of(open_ones, heat).order_by("since", "pk").values("pk").explain()
    assert "lead_by_wait (status=? AND <expr>" in plan
    assert "TEMP B-TREE" not in plan
