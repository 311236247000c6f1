"""A lead's clock in a few words: how long it waits, until when it should be answered, how soon it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.crm.answering import Clock
from leadline.web.frame.formats import moment

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@dataclass(frozen=True)
class Said:
    """`state` is answered, late, waits, or "" where there is nothing to say."""

    text: str = ""
    state: str = ""


def clock_said(clock: Clock) -> Said:
    """All times are of work; a moment is written as the reader's clocks show it."""
    if clock.answered_at is not None and clock.waited is not None:
        after = _("answered after %(time)s") % {"time": time_said(clock.waited)}
        return Said(_("%(answered)s, late") % {"answered": after} if clock.late else after, "answered")
    if not clock.runs or clock.waited is None:
        return Said()
    if clock.late and clock.late_by is not None:
        return Said(_("unanswered, late by %(time)s") % {"time": time_said(clock.late_by)}, "late")
    if clock.due_at is not None:
        return Said(_("to be answered by %(time)s") % {"time": moment(clock.due_at)}, "waits")
    return Said(_("unanswered for %(time)s") % {"time": time_said(clock.waited)}, "waits")


def time_said(time: dt.timedelta) -> str:
    """ "12 min", "3 h 5 min", "40 h": hours of work, so that nobody takes a working day for a day and a night."""
    minutes = max(0, round(time / MINUTE))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": minutes}
    if hours >= 10 or not rest:
        return _("%(n)d h") % {"n": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
