"""Which due times have come, and taking one so that nobody else does the same."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator

from django.conf import settings

from leadline.crm.working_time import company_days
from leadline.history.writing import locked, writing
from leadline.mail import due
from leadline.mail.models import Every, Run, Schedule

LEASE = dt.timedelta(minutes=15)  # whoever has not been heard of for so long has died
SHIFT = dt.timedelta(hours=26)  # from the first time zone of the earth to the last
A_DAY = dt.timedelta(hours=22)  # less than from one day's hour to the next's, also when summer time begins
FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=5), dt.timedelta(days=1)


def company_zone() -> zoneinfo.ZoneInfo:
    """Where the hours of schedules are counted."""
    return zoneinfo.ZoneInfo(settings.LEADLINE_TIME_ZONE)


def come(now: dt.datetime) -> Iterator[tuple[Schedule, dt.datetime]]:
    """(schedule, due time) of what is to be done. Of several times that were missed only the latest counts."""
    schedules = list(Schedule.objects.running().select_related("dashboard"))
    if not schedules:
        return
    days, zone = company_days(), company_zone()
    for schedule in schedules:
        at = due.latest(schedule.rhythm, now, zone, days)
        if at is None or at <= schedule.since or _done_elsewhere(schedule, at):
            continue
        known = Run.objects.filter(schedule=schedule, due_at=at).first()
        if known is None or known.waits(now):
            yield schedule, at


def _done_elsewhere(schedule: Schedule, at: dt.datetime) -> bool:
    """Whether the same hour of the same day has been done by another clock: the company's zone was changed since."""
    near = A_DAY if schedule.every == Every.DAY else SHIFT
    done = Run.objects.filter(schedule=schedule, finished_at__isnull=False, due_at__gt=max(schedule.since, at - near))
    return done.filter(due_at__lt=at + near).exclude(due_at=at).exists()


def claim(schedule: Schedule, due_at: dt.datetime, now: dt.datetime) -> Run | None:
    """The run of this due time, taken; None where it is done, somebody is at it, or it is to wait after a failure."""
    with writing():
        if not Schedule.objects.running().filter(pk=schedule.pk, since__lt=due_at).exists():
            return None
        made, _new = Run.objects.get_or_create(schedule=schedule, due_at=due_at, defaults={"try_at": now})
        run: Run = locked(Run.objects.filter(pk=made.pk)).get()
        if not run.waits(now):
            return None
        run.attempts += 1
        run.try_at = now + LEASE
        run.save(update_fields=["attempts", "try_at"])
        return run


def waiting(now: dt.datetime) -> list[Run]:
    """What is being worked at by another process, or by one that died, or rests after a failure."""
    begun = Run.objects.filter(schedule__in=Schedule.objects.running(), finished_at=None, try_at__gt=now)
    return list(begun.select_related("schedule__dashboard"))


def hold(run: Run, now: dt.datetime) -> bool:
    """Renews the lease; False where another process has taken it over, or the schedule has been stopped."""
    mine = Run.objects.filter(pk=run.pk, attempts=run.attempts, finished_at=None)
    running = Schedule.objects.running().filter(pk=run.schedule_id, since__lt=run.due_at)
    return running.exists() and mine.update(try_at=now + LEASE) == 1


def finish(run: Run, now: dt.datetime, errors: list[str]) -> None:
    """Done; or to be tried again after a pause, each twice as long as the one before."""
    run.error = "\n".join(errors)
    if errors:
        run.try_at = now + min(FIRST_PAUSE * 2 ** min(run.attempts - 1, 20), LONGEST_PAUSE)
    else:
        run.finished_at = now
    values = {name: getattr(run, name) for name in ("error", "try_at", "finished_at", "skipped")}
    Run.objects.filter(pk=run.pk, attempts=run.attempts, finished_at=None).update(**values)
