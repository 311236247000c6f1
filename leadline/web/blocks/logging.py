"""Taking down what came of it, once: the screen sends again what was not answered, with the same mark."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType, Outcome, Sitting
from leadline.history.numbers import number_of
from leadline.history.once import known, marked
from leadline.history.registry import model_of
from leadline.history.writing import locked, writing
from leadline.web.activities.making import places
from leadline.web.blocks.through import Target

MARK = re.compile(r"[0-9a-zA-Z-]{8,64}")


def sent(sitting: Sitting, data: QueryDict, by: Actor) -> Actor:
    """In the act that the mark names: sent again it is known, also where it was taken back meanwhile."""
    return marked(by, _mark(sitting, data))


def log_outcome(sitting: Sitting, data: QueryDict, *, by: Actor) -> tuple[Activity, str]:
    """An activity done on the record with this outcome; the planned one that was due where the target names one.

    `by` is `sent`. With it goes what is to be said where it was done already: "" for nothing. Raises ValidationError,
    PermissionDenied, Http404.
    """
    target, record = found(data.get("key", ""), by)
    outcome = Outcome.objects.kept().filter(pk=number_of(data.get("outcome", "")) or 0).first()
    if outcome is None:
        raise ValidationError({"outcome": _("Choose one of the list.")})
    mark, at, note = _mark(sitting, data), _moment(sitting, data.get("at", "")), data.get("note", "").strip()
    with writing():
        list(locked(Sitting.objects.filter(pk=sitting.pk)))  # what is sent twice at once waits here for itself
        if before := _known(by):
            return before, ""
        planned = _planned(target, by)
        if planned is not None:
            return _completed(planned, outcome.name, note, at, by)
        row = Activity(
            type=_type(data.get("type", "")), owner_id=sitting.owner_id, done_at=at, outcome=outcome.name,
            counts_as=outcome.counts_as, note=note, external_id=mark, **places(record),
        )  # fmt: skip
        return row.add(by=by), ""


def plan_next(sitting: Sitting, row: Activity, mark: str, *, by: Actor) -> Activity:
    """What is next, once; `by` is `sent`."""
    with writing():
        list(locked(Sitting.objects.filter(pk=sitting.pk)))
        if before := _known(by):
            return before
        row.external_id = mark
        return row.add(by=by)


def found(key: str, by: Actor) -> tuple[Target, Any]:
    """The record that a key names, as far as the person sees it. Raises Http404."""
    target = Target.read(key)
    assert by.user is not None
    rows = model_of(target.kind).objects.visible_to(by.user) if target else None
    record = rows.filter(pk=target.pk).first() if rows is not None and target else None
    if target is None or record is None:
        raise Http404
    return target, record


def mark_of(sitting: Sitting, data: QueryDict) -> str:
    return _mark(sitting, data)


def _mark(sitting: Sitting, data: QueryDict) -> str:
    mark = data.get("mark", "")
    if not MARK.fullmatch(mark):
        raise ValidationError({"mark": _("Send this again.")})
    return f"sitting-{sitting.pk}-{mark}"


def _known(by: Actor) -> Activity | None:
    pk = known(by, Activity.ENTITY)
    found: Activity | None = Activity.objects.filter(pk=pk).first() if pk else None
    return found


def _planned(target: Target, by: Actor) -> Activity | None:
    user: User | None = by.user
    if not target.planned or user is None:
        return None
    rows = Activity.objects.visible_to(user).kept().filter(pk=target.planned, **{f"{target.kind}_id": target.pk})
    row: Activity | None = rows.first()
    return row


def _completed(planned: Activity, outcome: str, note: str, at: dt.datetime, by: Actor) -> tuple[Activity, str]:
    """Done. Where it was ticked off meanwhile, the outcome stays that it has; nothing that was written is lost."""
    says = ""
    with planned.changing(by, at=at):
        if planned.done_at is not None:
            says = _("%(what)s was done already.") % {"what": planned}
            if planned.outcome and planned.outcome != outcome:
                says += " " + _("Its outcome stays “%(outcome)s”.") % {"outcome": planned.outcome}
        planned.done_at = planned.done_at or at
        planned.outcome = planned.outcome or outcome
        planned.note = "\n".join(filter(None, (planned.note, note)))
    return planned, says


def _type(pk: str) -> ActivityType:
    found: ActivityType | None = ActivityType.objects.kept().filter(pk=number_of(pk) or 0).first()
    if found is None:
        raise ValidationError({"type": _("Choose what it is: a call, an e-mail …")})
    return found


def _moment(sitting: Sitting, text: str) -> dt.datetime:
    """When the key was pressed, as the screen says it; within the sitting, whenever it comes to be sent."""
    try:
        said = parse_datetime(text)
    except ValueError:
        said = None
    now = timezone.now()
    last = min(sitting.ended_at or now, now)
    return min(max(said, sitting.began_at), last) if said is not None and said.tzinfo else last
