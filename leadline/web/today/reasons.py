"""Why a thing stands where it does, in a few words: "$48,000, rots tomorrow"."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.activities.models import Priority
from leadline.web.frame.formats import percent
from leadline.web.pipeline.wording import head_money
from leadline.web.today.day import Standing
from leadline.web.today.due import Due

NEAR = 7  # days in which that something will rot is worth a word


def why(due: Due, record: Any) -> str:
    """What weighs most about it: the worth of its deal (`record`, where that is seen), its rot, lateness, priority."""
    deal, matter = due.deal, due.matter
    words = [
        worth_word(deal, record) if deal else "",
        rot_word(deal.rots_in) if deal else "",
        late_word(matter.overdue_days),
    ]
    if matter.priority in (Priority.HIGH, Priority.LOW):
        words.append(_("high priority") if matter.priority == Priority.HIGH else _("low priority"))
    return ", ".join(filter(None, words))


def worth_word(deal: Standing, record: Any) -> str:
    """$48,000, or $48,000 at 60 % where its stage has a chance."""
    value = getattr(record, "value", None)
    if value is None:
        return ""
    money = head_money(value, record.currency)
    if deal.chance is None:
        return money
    return _("%(money)s at %(chance)s") % {"money": money, "chance": percent(deal.chance / 100)}


def rot_word(rots_in: float | None) -> str:
    """Rots today, tomorrow, in 3 days; rotten for 12 days."""
    if rots_in is None or rots_in > NEAR:
        return ""
    if rots_in < 0:
        over = int(-rots_in)
        if not over:
            return _("rotten since today")
        return ngettext("rotten for %(days)d day", "rotten for %(days)d days", over) % {"days": over}
    left = math.floor(rots_in)
    if left < 2:
        return _("rots tomorrow") if left else _("rots today")
    return _("rots in %(days)d days") % {"days": left}


def late_word(days: float) -> str:
    late = int(days)
    return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else ""
