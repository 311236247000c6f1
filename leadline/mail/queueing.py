"""Which letters are to go out, and what became of each try. One process at a time holds a letter, by a lease."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadline.history.writing import locked, writing
from leadline.mail.models import Letter

LEASE = dt.timedelta(minutes=10)  # longer than any server takes for one letter
TRIED_FOR = dt.timedelta(days=2)
FIRST_PAUSE, LONGEST_PAUSE, GROWTH = dt.timedelta(minutes=1), dt.timedelta(hours=4), 3
LONGEST = 1000  # characters of a reason


def waiting() -> QuerySet[Letter]:
    """Those that are to go out and have not been handed to a server."""
    found: QuerySet[Letter] = Letter.objects.filter(sent_at=None, failed_at=None, handed_at=None)
    return found


def claim(now: dt.datetime) -> Letter | None:
    """The next one, taken; None where nothing is to be done."""
    due = waiting().filter(try_at__lte=now, queued_at__gt=now - TRIED_FOR).order_by("try_at", "pk")
    if not due.exists():  # most times, and nobody is kept from writing
        return None
    with writing():
        letter: Letter | None = locked(due).first()
        if letter is not None:
            letter.attempts += 1
            letter.try_at = now + LEASE
            letter.save(update_fields=["attempts", "try_at"])
        return letter


def hand(letter: Letter, now: dt.datetime) -> bool:
    """About to give its text to the server; False where the letter is no longer ours."""
    return _set(letter, waiting(), handed_at=now)


def sent(letter: Letter, now: dt.datetime) -> None:
    """The server has taken it."""
    _set(letter, Letter.objects.filter(sent_at=None), sent_at=now, failed_at=None, error="")


def refused(letter: Letter, now: dt.datetime, error: str) -> None:
    """For good: it is shown with the reason, and goes out only when somebody asks again."""
    _set(letter, Letter.objects.filter(sent_at=None), failed_at=now, error=error[:LONGEST])


def put_off(letter: Letter, now: dt.datetime, error: str) -> None:
    """To be tried again after a pause, each longer than the one before."""
    pause = min(FIRST_PAUSE * GROWTH ** min(letter.attempts - 1, 9), LONGEST_PAUSE)
    _set(
        letter,
        Letter.objects.filter(sent_at=None, failed_at=None),
        handed_at=None,
        try_at=now + pause,
        error=error[:LONGEST],
    )


def settle(now: dt.datetime) -> None:
    """Gives up what was tried for too long, and what was broken off while a server had it: it may have gone out."""
    unknown = Letter.objects.filter(sent_at=None, failed_at=None, handed_at__isnull=False, try_at__lte=now)
    old = waiting().filter(queued_at__lte=now - TRIED_FOR, try_at__lte=now)
    if unknown.exists() or old.exists():
        with writing():
            unknown.update(failed_at=now, error=in_doubt())
            old.filter(error="").update(failed_at=now, error=_("It lay here for too long to go out by itself."))
            old.update(failed_at=now)


def in_doubt() -> str:
    """What is said of a letter that a server may have."""
    return _("The connection broke off while the mail server took it: it may have gone out, so it is not sent twice.")


def again(letter: Letter, now: dt.datetime) -> bool:
    """Somebody asks for it to go out, whatever has become of it; False for one that has gone out or waits already."""
    failed = Letter.objects.filter(pk=letter.pk, sent_at=None, failed_at__isnull=False)
    with writing():
        return failed.update(failed_at=None, handed_at=None, attempts=0, error="", try_at=now, queued_at=now) == 1


def _set(letter: Letter, of: QuerySet[Letter], **values: object) -> bool:
    """Changes it as long as this try is the one that counts."""
    with writing():
        return of.filter(pk=letter.pk, attempts=letter.attempts).update(**values) == 1
