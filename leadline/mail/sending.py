"""Letters go out where there is a mail account: once they are filed, and by a look every minute (decision 0035)."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.utils import timezone

from leadline.history import beside
from leadline.mail import queueing
from leadline.mail.composing import AccountTrouble, Unsendable, composed, sender
from leadline.mail.models import Letter
from leadline.mail.waking import wanted
from leadline.mail.wire import Doubt, NotNow, Wire

PAUSE = 60  # seconds between two looks, where nothing is filed
log = logging.getLogger(__name__)


def send_due(now: dt.datetime | None = None) -> list[Letter]:
    """Tries what is due, and returns the letters that were tried. Without a mail account it does nothing.

    When the account itself is in trouble the others wait for the next look: they would fare the same.
    """
    if not settings.EMAIL_URL:
        return []
    tried = []
    queueing.settle(now or timezone.now())
    with Wire() as wire:
        while letter := queueing.claim(now or timezone.now()):
            tried.append(letter)
            if not _sent(letter, wire, now):
                break
    return tried


def _sent(letter: Letter, wire: Wire, fixed: dt.datetime | None) -> bool:
    """One letter's try; False where the account is in trouble."""
    try:
        mail = composed(letter)
        if wire.give(sender(), letter.to, mail, lambda: queueing.hand(letter, fixed or timezone.now())):
            queueing.sent(letter, fixed or timezone.now())
    except Unsendable as error:
        queueing.refused(letter, fixed or timezone.now(), str(error))
    except Doubt as error:
        queueing.refused(letter, fixed or timezone.now(), f"{queueing.in_doubt()} {error}")
    except NotNow as error:
        queueing.put_off(letter, fixed or timezone.now(), str(error))
    except AccountTrouble as error:
        log.warning("Letters cannot be sent now: %s", error)
        queueing.put_off(letter, fixed or timezone.now(), str(error))
        return False
    return True


def in_background() -> None:
    """Looks after the outbox as long as the server runs. Several servers do so without harm."""
    beside.again("sending letters", PAUSE, send_due, wanted)
