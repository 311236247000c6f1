"""An activity made of a line that somebody typed, and of what stands beside it in the form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, Outcome
from leadline.activities.zones import end_of_day
from leadline.history.numbers import number_of
from leadline.web.activities import matching
from leadline.web.activities.reading import Line, read_line
from leadline.web.frame.names import linked
from leadline.web.frame.reader import reader
from leadline.web.search.drawing import Row

NOON = dt.time(12)  # when something was done on a day of which no hour is told


@dataclass
class Meaning:
    """A line with the records it means: `on` one, or `several` to choose from. `notes` say what was not found."""

    line: Line
    on: Any = None
    several: Sequence[Row] = ()
    people: list[int] = field(default_factory=list)
    owner: User | None = None
    subject: str = ""
    notes: list[str] = field(default_factory=list)


def read(text: str, *, days: bool = True) -> Line:
    """The line, by the company's types and outcomes and in the reader's time."""
    types = dict(ActivityType.objects.kept().values_list("pk", "name"))
    outcomes = dict(Outcome.objects.kept().values_list("pk", "name"))
    now = timezone.now().astimezone(reader().zone)
    return read_line(text.strip(), types, now, reader().locale, days=days, outcomes=outcomes)


def understood(line: Line, user: User, on: Any = None) -> Meaning:
    """Whom the line means. With `on` that is said already: names are then those of people who take part."""
    found = Meaning(line, on, subject=line.subject)
    if line.names and on is not None:
        found.people, left = matching.people_meant(user, line.names)
        known = " ".join(str(one) for one in (_named_to_reader(kind, one) for kind, one in places(on).items()) if one)
        found.subject = line.subject if left.casefold() in known.casefold() else _with(line, left)
        found.people = [pk for pk in found.people if pk != getattr(on, "person_id", None)]
    elif line.names:
        _named(found, user)
    elif line.guess and on is None:
        guessed = matching.guessed(user, line.guess)
        found.on, found.several = (_record(user, guessed.one) if guessed.one else None), guessed.several
    if line.owner:
        _owned(found)
    return found


def _named(found: Meaning, user: User) -> None:
    """The record of the whole name; else that of its first part, and contacts by the others."""
    line = found.line
    meant, others = matching.meant(user, line.names), ""
    first, *rest = re.split(r",\s*| and | & ", line.names, maxsplit=1)
    if meant.rest and rest:
        meant, others = matching.meant(user, first), rest[0]
    left = meant.rest
    if others:
        found.people, missed = matching.people_meant(user, others)
        left = " ".join(filter(None, [left, missed]))
    found.on, found.several = (_record(user, meant.one) if meant.one else None), meant.several
    if meant.one is None and not meant.several:
        found.subject = _with(line, line.names)
        found.notes.append(_("nothing is called “%(name)s”") % {"name": line.names})
    elif left:
        found.subject = f"{line.subject} {left}".strip()


def _with(line: Line, names: str) -> str:
    """The subject with those names that mean nobody."""
    kind = ActivityType.objects.filter(pk=line.type).first() if line.type else None
    return Line(line.subject, names=names).whole(str(kind or "")) if names else line.subject


def _record(user: User, row: Row) -> Any:
    return matching.record_at(user, f"{row.kind}-{row.pk}")


def _owned(found: Meaning) -> None:
    """@name means one colleague, or is said to mean none."""
    wanted = found.line.owner.casefold()
    people = list(User.objects.who_may_own())
    meant = [one for one in people if one.name.casefold() == wanted] or [
        one for one in people if any(word.startswith(wanted) for word in one.name.casefold().split())
    ]
    if len(meant) == 1:
        found.owner = meant[0]
    elif meant:
        found.notes.append(_("more than one colleague is called %(name)s") % {"name": found.line.owner})
    else:
        found.notes.append(_("no colleague is called %(name)s") % {"name": found.line.owner})


def activity_of(found: Meaning, *, log: bool = False, kind: str = "", note: str = "") -> Activity:
    """A new activity, not added yet. `log`: what names no time has been done; `kind` is a type where the line has none.

    Raises ValidationError for no type.
    """
    line = found.line
    if line.missed and line.due is None and line.on is None:
        raise ValidationError({"line": _("There is no %(day)s. Write another day.") % {"day": line.missed}})
    done_at, outcome = done_when(line, log=log), _outcome(line)
    activity = Activity(
        type=type_of(str(line.type or kind)),
        # What came of something is not known before it is done: the word was meant otherwise, and stays.
        subject=found.subject if done_at else ", ".join(filter(None, [found.subject, outcome])),
        due_at=line.due or (end_of_day(line.on, reader().zone) if line.on else None),
        due_on=line.on,
        done_at=done_at,
        minutes=line.minutes,
        priority=line.priority,
        place=line.place,
        repeats="" if done_at else line.repeats,
        outcome=outcome if done_at else "",
        participant_ids=found.people,
        note=note,
        **places(found.on),
    )
    if found.owner is not None:
        activity.owner = found.owner
    return activity


def done_when(line: Line, *, log: bool = False) -> dt.datetime | None:
    """When it was done; None for what is to be done: only words, or a dialog that logs, make done what has passed."""
    now = timezone.now()
    if line.due is not None:
        return min(line.due, now) if line.done or (log and line.due <= now) else None
    if line.on is not None:
        today = now.astimezone(reader().zone).date()
        if line.on < today and (log or line.done):
            return dt.datetime.combine(line.on, NOON, reader().zone)
        return now if (log or line.done) and line.on == today else None
    return now if (log or line.done) and not line.repeats else None


def places(record: Any) -> dict[str, Any]:
    """What it hangs on: the record, and on a deal or lead also its contact and its organization.

    As objects, which are trusted: who works on a deal works with its contact, named to them or not.
    """
    if record is None:
        return {}
    found = {record.ENTITY: record}
    if record.ENTITY in ("deal", "lead"):
        found |= {"person": record.person, "organization": record.organization}
    elif record.ENTITY == "person":
        found |= {"organization": record.organization}
    return found


def _named_to_reader(kind: str, record: Any) -> Any:
    """The record as far as the reader sees it: from what becomes of a line nobody learns a hidden name."""
    return linked().get(kind, record.pk) if record is not None else None


def type_of(pk: str) -> ActivityType:
    """The type of this number. Raises ValidationError."""
    found: ActivityType | None = ActivityType.objects.kept().filter(pk=number_of(pk) or 0).first()
    if found is None and not ActivityType.objects.kept().exists():
        raise ValidationError({"type": _("There are no activity types. Add some in the settings, then try again.")})
    if found is None:
        raise ValidationError({"type": _("Choose what it is: a call, a meeting …")})
    return found


def _outcome(line: Line) -> str:
    found = Outcome.objects.filter(pk=line.outcome).first() if line.outcome else None
    return found.name if found else ""
