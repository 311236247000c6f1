"""Focus: one thing at a time, in the order of the day; what was skipped comes at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from leadline.activities.models import Activity, Outcome
from leadline.activities.models.ten import Opening
from leadline.activities.ten.openings import Filled, filled
from leadline.web.activities.rows import ActivityRow, rows_of
from leadline.web.frame.names import linked
from leadline.web.today import reasons, touches
from leadline.web.today.day import Day
from leadline.web.today.due import Due, ToDo, to_do, whole

KEPT_AS = "focus"  # in the session: the day, and what was skipped on it
OPENINGS = 4


@dataclass(frozen=True)
class Focus:
    """The one thing, and how many are left with it; `skipped` of them come once more at the end."""

    row: ActivityRow | None
    due: Due | None
    left: int
    skipped: int


def focus(request: HttpRequest, day: Day) -> Focus:
    """The first of the order that was not skipped, else the one that was skipped first."""
    found, put_off = to_do(day), skipped(request, day)
    for pk in _order(found, put_off):
        activity = whole([pk]).get(pk)
        if activity is not None:
            row = rows_of([activity], day.viewer, day.now)[0]
            return Focus(row, found.due[pk], found.count, len([one for one in put_off if one in found.due]))
    return Focus(None, None, 0, 0)


def skipped(request: HttpRequest, day: Day) -> list[int]:
    """What was skipped today, in that order."""
    kept = request.session.get(KEPT_AS) or {}
    return list(kept.get("skipped", [])) if kept.get("day") == day.date.isoformat() else []


def skip(request: HttpRequest, day: Day, pk: int) -> None:
    """To the end, behind what was skipped before."""
    before = [one for one in skipped(request, day) if one != pk]
    request.session[KEPT_AS] = {"day": day.date.isoformat(), "skipped": [*before, pk]}


def unskip(request: HttpRequest, day: Day, pk: int) -> None:
    """To where it stood before it was skipped."""
    left = [one for one in skipped(request, day) if one != pk]
    request.session[KEPT_AS] = {"day": day.date.isoformat(), "skipped": left}


def _order(found: ToDo, put_off: list[int]) -> list[int]:
    late = [pk for pk in put_off if pk in found.due]
    return [*(pk for pk in found.order if pk not in late), *late]


def surroundings(found: Focus, day: Day) -> dict[str, Any]:
    """All that one needs to do it: who it is, what the deal is, what was last, words to begin with."""
    assert found.row is not None
    assert found.due is not None
    activity = found.row.activity
    deal = next((record for record in found.row.on if record.ENTITY == "deal"), None)
    return {
        "one": found.row,
        "why": reasons.why(found.due, deal),
        "contact": found.row.contact,
        "deal": deal,
        "deal_said": _deal_said(found.due, day),
        "touches": touches.last(activity, day.viewer),
        "outcomes": list(Outcome.objects.kept()),
        "openings": openings(activity, day),
    }


def _deal_said(due: Due, day: Day) -> dict[str, Any]:
    """Its stage with the chance, whole days since its last touch, and its rot."""
    if due.deal is None:
        return {"stage": "", "chance": None, "idle": None, "rot": ""}
    deal = due.deal
    stage = day.stages.get(deal.stage_id or 0)
    idle = None if deal.idle_days is None else max(0, int(deal.idle_days))
    return {"stage": stage, "chance": deal.chance, "idle": idle, "rot": reasons.rot_word(deal.rots_in)}


def openings(activity: Activity, day: Day) -> list[tuple[Opening, Filled]]:
    """The person's own words first, then shared ones; only where there is somebody to say them to."""
    person = linked().get("person", activity.person_id)
    if person is None or not person.pk:
        return []
    firm = linked().get("organization", activity.organization_id or person.organization_id)
    place = str(firm) if firm is not None and firm.pk else ""
    known = Opening.objects.visible_to(day.viewer).kept()
    rows = sorted(known, key=lambda one: (one.owner_id != day.viewer.pk, one.pk))
    return [(one, filled(one.text, person, day.viewer, place)) for one in rows[:OPENINGS]]
