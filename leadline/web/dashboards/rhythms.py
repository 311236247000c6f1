"""How often a dashboard is mailed and what became of it, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.crm.working_time import company_days
from leadline.mail import due
from leadline.mail.claiming import company_zone
from leadline.mail.models import Every, Run, Schedule
from leadline.mail.running import GONE, INACTIVE, NO_ADDRESS, UNSEEN, unfit
from leadline.web.frame import formats
from leadline.web.frame.reader import reader

# Of those who get none, after their name.
WHY: dict[str, str | Promise] = {
    GONE: gettext_lazy("is not here any more"),
    INACTIVE: gettext_lazy("does not sign in"),
    NO_ADDRESS: gettext_lazy("has no e-mail address"),
    UNSEEN: gettext_lazy("may not see this dashboard"),
}


def said(schedule: Schedule) -> str:
    """Such as "Every Monday at 8:00 AM", with the company's time zone where the reader's clock shows another time."""
    hour, zone = formats.hour(schedule.hour), zone_said()
    hour = f"{hour} ({zone})" if zone else hour
    if schedule.every == Every.WEEK:
        return _("Every %(weekday)s at %(hour)s") % {"weekday": schedule.get_weekday_display(), "hour": hour}
    if schedule.every == Every.DAY:
        return _("Every working day at %(hour)s") % {"hour": hour}
    if schedule.day == 31:
        return _("On the last day of every month at %(hour)s") % {"hour": hour}
    return _("On day %(day)s of every month at %(hour)s") % {"day": schedule.day, "hour": hour}


def zone_said() -> str:
    """The company's time zone, where the reader's clock shows another time; else ""."""
    now, here = timezone.now(), reader().zone
    other = now.astimezone(company_zone()).utcoffset() != now.astimezone(here).utcoffset()
    return company_zone().key if other else ""


@dataclass(frozen=True)
class Standing:
    """A schedule as its page shows it; `bad` is what went wrong, `none` says who gets none and why."""

    schedule: Schedule
    words: str
    names: str
    next: str
    last: str
    bad: str
    none: str


def standings(board: Dashboard) -> list[Standing]:
    """The schedules of a dashboard, the first made first."""
    schedules = list(board.schedules.kept().select_related("dashboard").prefetch_related("runs"))
    named = {pk for schedule in schedules for pk in schedule.recipient_ids}
    people = {user.pk: user for user in User.objects.filter(pk__in=named)}  # by name
    return [_standing(schedule, people) for schedule in schedules]


def _standing(schedule: Schedule, people: dict[int, User]) -> Standing:
    runs = list(schedule.runs.all())
    done = next((run for run in runs if run.finished_at), None)
    now = timezone.now()
    ahead = due.following(schedule.rhythm, now, company_zone(), company_days()) if schedule.is_on else None
    # What was given up when the rhythm changed is no news.
    failed = next((run for run in runs[:1] if run.error and not run.finished_at and run.due_at > schedule.since), None)
    return Standing(
        schedule,
        said(schedule),
        ", ".join(named(schedule.dashboard, people[pk]) for pk in people if pk in schedule.recipient_ids),
        _next(ahead) if ahead else "",
        _last(done) if done else "",
        _failed(failed) if failed and schedule.is_on else "",
        _none(done.skipped, people) if done else "",
    )


def named(board: Dashboard, person: User) -> str:
    """The person, and why they would get none of it now."""
    why = unfit(board, person)
    return f"{person} ({WHY[why]})" if why else str(person)


def _next(ahead: dt.datetime) -> str:
    moment = formats.moment(ahead)
    return _("%(moment)s, your time") % {"moment": moment} if zone_said() else moment


def _last(run: Run) -> str:
    letters = ngettext("%(count)s letter", "%(count)s letters", run.filed) % {"count": formats.number(run.filed)}
    return f"{formats.moment(run.finished_at)}, {letters}"


def _failed(run: Run) -> str:
    words: dict[str, Any] = {
        "due": formats.moment(run.due_at),
        "error": run.error,
        "again": formats.moment(max(run.try_at, timezone.now() + dt.timedelta(minutes=1))),
    }
    return _("What was due %(due)s failed and is tried again %(again)s. %(error)s") % words


def _none(skipped: list[dict[str, Any]], people: dict[int, User]) -> str:
    told = [f"{people.get(one['user']) or _('Somebody')} {WHY.get(one['why'], one['why'])}" for one in skipped]
    return _("The last time some got none: %(people)s.") % {"people": "; ".join(told)} if told else ""
