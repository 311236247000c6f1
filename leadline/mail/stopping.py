"""Wanting no more letters of a kind: a signed word in an address, which does that and nothing else (RFC 8058).

It is signed with the installation's key, not with anything of the person's: it still works after they have changed
their password, and cannot be made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.functional import Promise

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.history.writing import writing
from leadline.mail.models import Cover, DigestWish, Schedule

SALT, SCHEDULE = "leadline.mail.stopping", "schedule"


@dataclass(frozen=True)
class Wanted:
    """What somebody gets: a digest by its cover, or what a schedule mails by "schedule-7"."""

    user_id: int
    what: str

    @property
    def name(self) -> str | Promise:
        """What it is called; "" for a schedule that is gone."""
        schedule = self.schedule
        return Cover(self.what).label if self.what in Cover.values else schedule.dashboard.name if schedule else ""

    @property
    def schedule(self) -> Schedule | None:
        number = self.what.removeprefix(f"{SCHEDULE}-")
        rows = Schedule.objects.kept().select_related("dashboard")
        found: Schedule | None = rows.filter(pk=number).first() if number.isdecimal() else None
        return found


def word(user: User, what: str) -> str:
    """What an address holds so that who opens it can stop this."""
    return Signer(salt=SALT, sep="~").sign(f"{user.pk}.{what}")


def read(signed: str) -> Wanted | None:
    """What it stands for; None for what was not made by `word`."""
    try:
        pk, _dot, what = Signer(salt=SALT, sep="~").unsign(signed).partition(".")
    except BadSignature:
        return None
    return Wanted(int(pk), what)


def of_schedule(schedule: Schedule) -> str:
    """What a schedule's letters are called here."""
    return f"{SCHEDULE}-{schedule.pk}"


def stop(wanted: Wanted) -> None:
    """No more of it; what is stopped already stays so."""
    with writing():
        if wanted.what in Cover.values:
            field = {Cover.DAY.value: "daily", Cover.WEEK.value: "weekly"}[wanted.what]
            DigestWish.objects.filter(user=wanted.user_id).update(**{field: False})
        elif schedule := wanted.schedule:
            _leave(schedule, wanted.user_id)


def _leave(schedule: Schedule, user_id: int) -> None:
    """By Leadline itself: who gets it need not be one who may change the dashboard. Without anybody it is paused."""
    if user_id not in schedule.recipient_ids:
        return
    left = [pk for pk in schedule.recipient_ids if pk != user_id]
    if left:
        schedule.edit(by=SYSTEM, recipient_ids=left)
    else:
        schedule.edit(by=SYSTEM, is_on=False)
