"""How a line was read, in words, before it is saved."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.activities.models import ActivityType, Outcome, Priority
from leadline.activities.recurring import said
from leadline.history.cleaning import in_our_time
from leadline.history.numbers import number_of
from leadline.web.activities import due
from leadline.web.activities.making import Meaning, done_when
from leadline.web.frame.reader import reader
from leadline.web.timeline.showing import due_word

LONGEST = 255  # characters of a subject


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
    return [*filter(None, told), *found.notes, *_warnings(found, bool(done))]


def _warnings(found: Meaning, done: bool) -> list[str]:
    """What saving would refuse, and what may not have been read as it was meant."""
    line, notes = found.line, []
    dated = line.due is not None or line.on is not None
    if line.missed and not dated:
        notes.append(_("there is no %(day)s: it is not saved like this") % {"day": line.missed})
    elif not dated and not done and re.search(r"\d", line.subject):
        notes.append(_("no day was read; days are read in English, such as 3 dec or tue 10"))
    if not done and ((line.due and line.due <= timezone.now()) or (line.on and line.on < _today())):
        notes.append(_("overdue already: write “called” or “met” for what is done"))
    if day := line.due or line.on:
        try:
            in_our_time(day, "due")
        except ValidationError as error:
            notes += [f"{day:%Y}: {one}" for one in error.messages]
    if len(found.subject) > LONGEST:
        notes.append(_("too long: at most %(count)d characters of subject") % {"count": LONGEST})
    return notes


def _today() -> dt.date:
    return timezone.now().astimezone(reader().zone).date()


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
