"""The door to kept answers: the last one at once with its age, and a new one in the background when it has aged."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.history import reading
from leadline.history.models import Change
from leadline.insights.kept import shelf
from leadline.insights.kept.running import AtOnce, Runs
from leadline.insights.kept.shelf import Place, Slip
from leadline.insights.kept.subject import Subject, eyes
from leadline.insights.log.entities import ENTITIES
from leadline.insights.question import BadQuestion

T = TypeVar("T")

REST = 60.0  # seconds at least between two answers to the same
LONGER = 10.0  # … and so many times as long as one takes
RETRY = 600.0  # seconds until what failed is tried again
FAILED: dict[str, str | Promise] = {
    "failed": _("It could not be worked out: something failed on our side. An administrator finds it in the log."),
    "unkept": _("It could not be kept: the data folder cannot be written to. An administrator finds it in the log."),
    "late": _("It took too long and was given up. It is tried again later."),
}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of slow answer.

    `find` works it out, of what the user may see (None: of everything); it may raise BadQuestion, whose sentence is
    kept. `write` makes of it what JSON can hold (`plain.plain`), `read` makes it again of that. Answers hold ids of
    deals and people outside, never their names: those are read when they are shown. `version` goes up with its shape.
    """

    name: str
    version: int
    find: Callable[[Subject, User | None], T]
    write: Callable[[T], Any]
    read: Callable[[Any], T]


@dataclass(frozen=True)
class Kept(Generic[T]):
    """The latest answer there is.

    `value` None: none yet. It knows all that had happened at `begun`. `moved`: something has happened since. `making`:
    a new one is under way; `due` is when one will be, else. `failed` says why the latest attempt came to nothing.
    """

    value: T | None
    begun: dt.datetime | None
    moved: bool
    making: bool
    due: dt.datetime | None
    failed: str


runs: Runs | AtOnce = Runs()


def latest(kind: Kind[T], subject: Subject, user: User) -> Kept[T]:
    """What is kept of what this person may see; a new answer is begun where that one is old."""
    place = Place(kind.name, kind.version, (subject, eyes(user)))
    slip, moved, old = _found(kind, place, subject)
    if old:
        runs.add(place, lambda: _work(kind, subject, user.pk, place), lambda: _note(place, "late"), _rest(slip))
        slip, moved, old = _found(kind, place, subject)
    making = old and runs.begun(place)
    due = timezone.now() + dt.timedelta(seconds=_rest(slip)) if old and not making else None
    value = None if slip.value is None else kind.read(slip.value)
    return Kept(
        value, None if value is None else slip.begun, moved, making, due, str(FAILED.get(slip.failed, slip.failed))
    )


def at_once(kind: Kind[T], subject: Subject, user: User | None = None) -> T:
    """Worked out now and not kept: for the command line. Raises what `kind.find` raises."""
    return kind.find(subject, user)


def _found(kind: Kind[Any], place: Place, subject: Subject) -> tuple[Slip, bool, bool]:
    """What lies there, whether anything has moved since, and whether it is to be made anew."""
    slip = shelf.read(place)
    if not _readable(kind, slip):
        slip = Slip()  # of another shape: as if nothing lay there
    if slip.begun is None:
        return slip, False, True
    moved = _moved(slip.stand)
    return slip, moved, moved or bool(slip.failed) or _another_day(slip.begun, subject)


def _another_day(begun: dt.datetime, subject: Subject) -> bool:
    """Whether it is of now, and now is another day than it was."""
    return subject.as_of is None and _day(begun) != _day(timezone.now())


def _rest(slip: Slip) -> float:
    """Seconds until a new one may be begun."""
    if slip.tried is None:
        return 0.0
    rest = RETRY if slip.failed else max(REST, LONGER * slip.took)
    return max(0.0, rest - (timezone.now() - slip.tried).total_seconds())


def _moved(stand: reading.Cursor) -> bool:
    """Whether anything has happened since that numbers know of."""
    later = Q(txn__gt=stand.txn) | Q(txn=stand.txn, id__gt=stand.id)
    return Change.objects.filter(later, entity__in=list(ENTITIES)).exists()


def _work(kind: Kind[T], subject: Subject, user_id: int, place: Place) -> None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or place.key != (subject, eyes(user)):
        return  # their rights have changed while it waited: nobody may read it any more
    begun, stand, clock = timezone.now(), reading.end_of_log(), time.monotonic()
    try:
        value = kind.write(kind.find(subject, None if eyes(user) == "all" else user))
    except BadQuestion as error:
        _note(place, str(error))
    except Exception:
        log.exception("%s could not be worked out", kind.name)
        _note(place, "failed")
    else:
        _put(place, Slip(begun, time.monotonic() - clock, stand, value, "", timezone.now()))


def _note(place: Place, failed: str) -> None:
    """That the attempt came to nothing; the last answer stays."""
    _put(place, replace(shelf.read(place), failed=failed, tried=timezone.now()))


def _put(place: Place, slip: Slip) -> None:
    """Where nothing can be written it is held in memory, and this is said: else it would be made again without end."""
    try:
        shelf.put(place, slip)
    except OSError:
        log.exception("a kept %s could not be written", place.kind)
        shelf.hold(place, replace(slip, failed=slip.failed or "unkept"))


def _readable(kind: Kind[Any], slip: Slip) -> bool:
    """Whether this program still understands it; a version that was not counted up must not block the page."""
    try:
        return slip.value is None or kind.read(slip.value) is not None
    except (TypeError, LookupError, ValueError, ArithmeticError, AttributeError, RecursionError):
        log.warning("a kept %s has another shape and is made anew", kind.name)
        return False


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()
