"""When an activity is due, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.web.frame.formats import day
from leadline.web.frame.reader import reader
from leadline.web.timeline.showing import due_word


def when(activity: Any) -> str:
    """Tomorrow, 14:05; a day alone without a clock; "no day" where there is none."""
    if activity.due_on is not None:
        return day_word(activity.due_on)
    return due_word(activity.due_at) if activity.due_at else _("no day")


def day_word(on: dt.date) -> str:
    """Today, Tomorrow, Yesterday, or the day; for the reader."""
    ahead = (on - today()).days
    return {0: _("Today"), 1: _("Tomorrow"), -1: _("Yesterday")}.get(ahead) or day(on)


def today() -> dt.date:
    """The reader's day."""
    return timezone.now().astimezone(reader().zone).date()


def minutes_word(minutes: int) -> str:
    """45 min, 1 h, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
