"""Doing what is due: a letter to each recipient, with the dashboard as they may see it, filed in the outbox."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.history.writing import writing
from leadline.mail import claiming, filing, keeping
from leadline.mail.filing import Paper
from leadline.mail.models import Run, Schedule

LONGEST = 400  # characters of a reason
GONE, INACTIVE, NO_ADDRESS, UNSEEN = "gone", "inactive", "no address", "unseen"
log = logging.getLogger(__name__)


# Makes the paper of a schedule for one reader, as that reader may see its dashboard.
Maker = Callable[[Schedule, User], Paper]


def run_due(make: Maker, now: dt.datetime | None = None) -> list[Run]:
    """Does what is due and returns the runs that were worked at; clears what is old. One's failure stops no other."""
    began = now or timezone.now()
    runs = []
    for schedule, due_at in claiming.come(began):
        if run := claiming.claim(schedule, due_at, began):
            run.schedule = schedule
            _carry_out(run, make, now)
            runs.append(run)
    keeping.clear(began)
    return runs


def unfit(board: Dashboard, user: User) -> str:
    """Why somebody gets no letter of a dashboard; "" for who does."""
    if not user.is_active:
        return INACTIVE
    if not user.email:
        return NO_ADDRESS
    return "" if Dashboard.objects.visible_to(user).kept().filter(pk=board.pk).exists() else UNSEEN


def _carry_out(run: Run, make: Maker, now: dt.datetime | None) -> None:
    errors: list[str] = []
    run.skipped = []
    for pk, user in _recipients(run.schedule):
        if why := unfit(run.schedule.dashboard, user) if user else GONE:
            run.skipped.append({"user": pk, "why": why})
        elif user and not run.letters.filter(owner=user).exists():
            try:
                paper = make(run.schedule, user)
                if not _file(run, user, paper, now or timezone.now()):
                    return
            except Exception as error:  # whatever it is: it is kept, shown and tried again
                log.exception("mailing dashboard %s to user %s", run.schedule.dashboard_id, pk)
                errors.append(f"{user}: {type(error).__name__}: {error}"[:LONGEST])
    claiming.finish(run, now or timezone.now(), errors)


def _recipients(schedule: Schedule) -> Iterator[tuple[int, User | None]]:
    known = User.objects.in_bulk(schedule.recipient_ids)
    for pk in schedule.recipient_ids:
        yield pk, known.get(pk)


def _file(run: Run, user: User, paper: Paper, now: dt.datetime) -> bool:
    """One letter to one person of one due time; False where the run is no longer ours to do."""
    try:
        with writing():
            if not claiming.hold(run, now):
                return False
            filing.file(paper, user, now, run)
            Run.objects.filter(pk=run.pk).update(filed=F("filed") + 1)
    except IntegrityError:  # somebody else was quicker: the letter is there
        if not run.letters.filter(owner=user).exists():
            raise
        return True
    run.filed += 1
    return True
