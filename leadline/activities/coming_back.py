"""What was parked, or lost, comes back as a task once its day has come, or what it waited for has happened (R4)."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import SYSTEM, By, actor
from leadline.accounts.models import User
from leadline.accounts.permissions import require
from leadline.activities.models import Activity, ActivityType
from leadline.activities.zones import zone_of
from leadline.crm.escalating import who_leads
from leadline.crm.models import Deal, Lead
from leadline.history import beside
from leadline.history.models import Change
from leadline.history.once import known, marked
from leadline.history.writing import locked, writing

PAUSE = 300  # seconds between two looks: a day has begun by then
MISSED = dt.timedelta(days=31)  # longer than any server is away; what came before brings no heap of old tasks
EAST = dt.timedelta(hours=14)  # where a day begins first
AT_ONCE = 500
log = logging.getLogger(__name__)

KINDS = (
    (Deal, "nurture", "come_back_on"),
    (Lead, "nurture", "come_back_on"),
    (Deal, "lost", "revisit_on"),
)


class Back(NamedTuple):
    """One record whose day has come for its owner."""

    model: Any
    status: str
    field: str
    pk: int
    day: dt.date

    @property
    def mark(self) -> str:
        return f"comes-back:{self.model.ENTITY}:{self.pk}:{self.status}:{self.day}"

    @property
    def act(self) -> uuid.UUID | None:
        return marked(SYSTEM, self.mark).act


def bring_back(now: dt.datetime | None = None) -> list[Activity]:
    """Gives each owner the tasks of what comes back to them by now; returns the new ones.

    Once for each record and day, whoever asks and how often: the task and its act are one transaction under the
    record's lock. Whatever goes wrong with one holds no other back.
    """
    given = []
    for back in _new(now or timezone.now()):
        try:
            task = _give(back)
        except Exception:
            log.exception("%s", back.mark)
        else:
            given += [task] if task else []
    return given


def happened(record: Any, *, by: By) -> Activity:
    """What a parked deal or lead waited for has happened: it is open again, with a task for today; one act.

    Raises ValidationError where it waits for nothing to happen, PermissionDenied.
    """
    doer = actor(by).together()
    with writing():
        record.refresh_from_db()
        require(doer, "change", record)
        event = record.come_back_event
        if record.status != "nurture" or not event:
            raise ValidationError(_("%(record)s does not wait for anything to happen.") % {"record": record})
        note = _noted(record)
        record.reopen(by=doer)
        task = _task(record, _("It has happened: %(event)s") % {"event": event}, note)
        task.owner = _whose(record.owner) or doer.user
        task.due_on = timezone.now().astimezone(zone_of(task.owner)).date()
        return task.add(by=doer)


def in_background() -> None:
    """Looks after it as long as the server runs. Several servers do so without harm."""
    beside.again("coming back", PAUSE, bring_back)


def _new(now: dt.datetime) -> list[Back]:
    """Those that have not been given yet."""
    found = list(_due(now))
    done: set[Any] = set()
    for start in range(0, len(found), AT_ONCE):
        acts = [back.act for back in found[start : start + AT_ONCE]]
        done |= set(Change.objects.filter(act__in=acts, entity="activity").values_list("act", flat=True))
    return [back for back in found if back.act not in done]


def _due(now: dt.datetime) -> Iterator[Back]:
    """Whose day has begun on their owner's clock, at most a month ago."""
    last = (now + EAST).astimezone(dt.UTC).date()
    for model, status, field in KINDS:
        rows = model.objects.kept().filter(status=status, **{f"{field}__range": (last - MISSED, last)})
        dated = list(rows.order_by(field, "pk").values_list("pk", "owner_id", field))
        owners = User.objects.in_bulk({owner for _pk, owner, _day in dated if owner})
        for pk, owner, day in dated:
            if day <= now.astimezone(zone_of(owners.get(owner))).date():
                yield Back(model, status, field, pk, day)


def _give(back: Back) -> Activity | None:
    """The task; None where somebody else was quicker, or it waits no more."""
    by = marked(SYSTEM, back.mark)
    with writing():
        standing = back.model.objects.kept().filter(pk=back.pk, status=back.status, **{back.field: back.day})
        record = locked(standing).first()
        if record is None or known(by, "activity") is not None:
            return None
        words = _("Take up again: %(record)s") if back.status == "nurture" else _("Ask again: %(record)s")
        task = _task(record, words % {"record": record}, _noted(record))
        task.due_on = back.day
        return task.add(by=by)


def _task(record: Any, subject: str, note: str) -> Activity:
    person, place = record.person, record.organization
    return Activity(
        type=_type(),
        subject=subject[:255],
        note=note,
        owner=_whose(record.owner),
        person=person if person is not None and person.deleted_at is None else None,
        organization=place if place is not None and place.deleted_at is None else None,
        **{record.ENTITY: record},
    )


def _whose(owner: User | None) -> User | None:
    """Who takes it up: the owner, or who leads them where they cannot sign in any more; nobody where nobody owns it."""
    if owner is None or owner.is_active:
        return owner
    return next(iter(who_leads(owner)), None)


def _noted(record: Any) -> str:
    """Why it was parked or lost, and what it waited for: whoever takes it up again should know."""
    names = (
        ("lost_reason", "lost_note", "competitor") if record.status == "lost" else ("parked_reason", "come_back_event")
    )
    words = [str(getattr(record, name) or "") for name in names]
    return "\n".join(word for word in words if word)


def _type() -> ActivityType:
    """A task by its icon, whatever the company calls it; else the first type there is."""
    types = list(ActivityType.objects.kept().order_by("position", "pk"))
    found = next((one for one in types if one.icon == "square-check-big"), types[0] if types else None)
    return found or ActivityType(name=_("Task"), icon="square-check-big").add(by=SYSTEM)
