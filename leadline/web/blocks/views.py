"""The page of one's blocks: this week, what was kept, the rhythm; and the rows behind its numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.accounts.models import Role, User
from leadline.activities.blocks.occurring import next_of, occurrence_on
from leadline.activities.blocks.proposing import proposal
from leadline.activities.blocks.reporting import Kept, kept_of, kept_one, week_of
from leadline.activities.models import Activity, Block
from leadline.crm.models import WorkingWeek
from leadline.crm.models.personal import people_led
from leadline.history.cleaning import FIRST_DAY, LAST_DAY
from leadline.history.numbers import number_of
from leadline.web.activities.rows import rows_of
from leadline.web.blocks.showing import columns, midnight, proposed, rhythm, shown_kept, told
from leadline.web.frame.doing import reader_of
from leadline.web.frame.reader import reader

WEEK, ROOM = dt.timedelta(days=7), dt.timedelta(days=60)
PARTS = ("planned", "kept", "conversations", "done")


@require_safe
def blocks(request: HttpRequest) -> HttpResponse:
    """Without blocks the proposal, shown in its first week; else this week, the rhythm, and the setting up."""
    viewer, now, zone = reader_of(request), timezone.now(), reader().zone
    person = _person(request, viewer)
    mine = person.pk == viewer.pk
    today = now.astimezone(zone).date()
    there = list(Block.objects.kept().filter(owner=person).filter(Q(end_on=None) | Q(end_on__gte=today)))
    weeks = rhythm([person.pk], now, zone)
    this_week = _week_of(today)
    shown = [shown_kept(one, _href(one, mine)) for week in weeks if week.monday == this_week for one in week.blocks]
    context: dict[str, Any] = {
        "person": person,
        "mine": mine,
        "may": viewer.role != Role.READER,
        "people": _led(viewer),
        "blocks": [(block, told(block)) for block in there],
        "weeks": weeks,
        "days": columns(this_week, shown, now),
        "next": next_of(person, now) if mine else None,
        "now": now,
        "led": _of_people(viewer, now) if mine and viewer.leads else [],
        "offered": [],
        "offered_days": [],
    }
    if not there and not weeks and mine and context["may"]:
        offered = proposal(person, name=_("Prospecting"))
        monday = this_week if today.weekday() == 0 else this_week + WEEK
        context |= {"offered": offered, "offered_days": proposed(offered, person, monday, now)}
    return render(request, "blocks/blocks.html", context)


@require_safe
def block_rows(request: HttpRequest) -> HttpResponse:
    """What stands behind a number: blocks of a week of somebody, or the activities in them; or one block."""
    viewer, now, zone = reader_of(request), timezone.now(), reader().zone
    part = request.GET.get("part", "done")
    kept = _asked(request, viewer, now, zone)
    pks = [pk for one in kept for pk in (one.conversations if part == "conversations" else one.done)]
    rows = Activity.objects.visible_to(viewer).filter(pk__in=pks).order_by("-done_at")
    lines = rows_of(rows, viewer, now)
    context = {
        "part": part if part in PARTS else "done",
        "kept": [one for one in kept if part != "kept" or one.kept],
        "rows": lines,
        "hidden": len(set(pks)) - len(lines),
    }
    return render(request, "blocks/rows.html", context)


def _asked(request: HttpRequest, viewer: User, now: dt.datetime, zone: dt.tzinfo) -> list[Kept]:
    number = number_of(request.GET.get("block", ""))
    day = _day(request.GET.get("on" if number else "week", "")) or _week_of(now.astimezone(zone).date())
    if number:
        block = Block.objects.visible_to(viewer).kept().filter(pk=number).first()
        here = occurrence_on(block, day) if block else None
        return [kept_one(here, now)] if here else []
    person = _person(request, viewer)
    return kept_of([person.pk], midnight(day, zone), midnight(day + WEEK, zone), now)


def _person(request: HttpRequest, viewer: User) -> User:
    """Whom the page is about: the reader, or somebody they lead."""
    wanted = number_of(request.GET.get("person", ""))
    if wanted is None or wanted == viewer.pk:
        return viewer
    return next((one for one in _led(viewer) if one.pk == wanted), viewer)


def _led(viewer: User) -> list[User]:
    """The people whose blocks the reader may look at, themselves first; nobody for who leads nobody."""
    return [viewer, *people_led(viewer)] if viewer.leads else []


def _of_people(viewer: User, now: dt.datetime) -> list[dict[str, Any]]:
    """This week of those who have blocks."""
    people = {one.pk: one for one in _led(viewer)}
    weeks = rhythm(list(people), now, reader().zone, weeks=1)
    found = [{"person": people[week.owner], "week": week} for week in weeks]
    return sorted(found, key=lambda one: str(one["person"]).casefold())


def _href(kept: Kept, mine: bool) -> str:
    one = kept.occurrence
    return reverse("block_sit", args=[one.block.pk, one.on_date.isoformat()]) if mine else ""


def _week_of(day: dt.date) -> dt.date:
    return week_of(day, WorkingWeek.company().first_weekday)


def _day(text: str) -> dt.date | None:
    """A day, with room for weeks around it; None for what is none."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY + ROOM <= day <= LAST_DAY - ROOM else None
