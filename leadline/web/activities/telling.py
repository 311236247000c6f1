"""How a line was read, in words, before it is saved."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.activities.models import ActivityType, Outcome, Priority
from leadline.activities.recurring import said
from leadline.history.numbers import number_of
from leadline.web.activities import due
from leadline.web.activities.making import Meaning, done_when
from leadline.web.timeline.showing import due_word


def words(found: Meaning, *, log: bool = False, kind: str = "") -> list[str]:
    """Planned, Call, 24 Nov 2026 10:00, 30 min, with Acme …; `kind` is the type where the line names none."""
    line = found.line
    done = done_when(line, log=log)
    chosen = ActivityType.objects.kept().filter(pk=line.type or number_of(kind) or 0).first()
    outcome = Outcome.objects.filter(pk=line.outcome).first() if line.outcome and done else None
    told = [
        _("Done") if done else _("Planned"),
        str(chosen or ""),
        _when(found, bool(done)),
        due.minutes_word(line.minutes) if line.minutes else "",
        said(line.repeats) if line.repeats and not done else "",
        _("priority %(priority)s") % {"priority": Priority(line.priority).label.lower()} if line.priority else "",
        _("at %(place)s") % {"place": line.place} if line.place else "",
        _("for %(owner)s") % {"owner": found.owner} if found.owner else "",
        str(outcome or ""),
        _with(found),
        f"“{found.subject}”" if found.subject else "",
    ]
    return [*filter(None, told), *found.notes]


def choices(found: Meaning) -> list[dict[str, Any]]:
    """The records to choose from, where several fit."""
    return [{"id": f"{row.kind}-{row.pk}", "name": row.name, "about": row.about} for row in found.several]


def _when(found: Meaning, done: bool) -> str:
    line = found.line
    if line.due is not None:
        return due_word(line.due)
    if line.on is not None:
        return due.day_word(line.on)
    return "" if done else _("no day")


def _with(found: Meaning) -> str:
    if found.several:
        return _("with whom?")
    return _("with %(name)s") % {"name": found.on} if found.on is not None and found.on.pk else ""
