"""What history says of a goal before it is set, in a sentence or two (R49)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.activities.models import MEASURES, Goal
from leadline.insights.goals.likely import Likely
from leadline.web.frame import formats
from leadline.web.goals.words import amount

REACHED: dict[str, str | Promise] = {
    "day": gettext_lazy("Reached on %(reached)s of the last %(n)s working days."),
    "week": gettext_lazy("Reached in %(reached)s of the last %(n)s weeks."),
    "month": gettext_lazy("Reached in %(reached)s of the last %(n)s months."),
    "quarter": gettext_lazy("Reached in %(reached)s of the last %(n)s quarters."),
    "year": gettext_lazy("Reached in %(reached)s of the last %(n)s years."),
}
ALIKE: dict[str, str | Promise] = {
    "day": gettext_lazy("On most days it was %(median)s, at best %(best)s."),
    "week": gettext_lazy("In most weeks it was %(median)s, at best %(best)s."),
    "month": gettext_lazy("In most months it was %(median)s, at best %(best)s."),
    "quarter": gettext_lazy("In most quarters it was %(median)s, at best %(best)s."),
    "year": gettext_lazy("In most years it was %(median)s, at best %(best)s."),
}
USUAL: dict[str, str | Promise] = {
    "day": gettext_lazy("On most days it was %(low)s to %(high)s, in the middle %(median)s, at best %(best)s."),
    "week": gettext_lazy("In most weeks it was %(low)s to %(high)s, in the middle %(median)s, at best %(best)s."),
    "month": gettext_lazy("In most months it was %(low)s to %(high)s, in the middle %(median)s, at best %(best)s."),
    "quarter": gettext_lazy("In most quarters it was %(low)s to %(high)s, in the middle %(median)s, at best %(best)s."),
    "year": gettext_lazy("In most years it was %(low)s to %(high)s, in the middle %(median)s, at best %(best)s."),
}


@dataclass(frozen=True)
class Told:
    """`tone` is unknown, hard, fair or easy; `kinder` an amount that is offered instead, "" for none."""

    tone: str
    head: str
    body: str
    kinder: str = ""
    kinder_words: str = ""


def told(goal: Goal, found: Likely) -> Told:
    """Of a goal that is about to be set."""
    money = MEASURES[goal.metric].money
    reached = str(REACHED[goal.every]) % {"reached": formats.number(found.reached), "n": formats.number(found.n)}
    if not found.n:
        return Told("unknown", _("History cannot tell yet."), _("Nothing of this kind is recorded before today."))
    if not found.tells:
        return Told("unknown", _("Too little history to tell."), reached)
    usual = str((USUAL if found.usual[0] < found.usual[1] else ALIKE)[goal.every]) % {
        "low": amount(found.usual[0], money),
        "high": amount(found.usual[1], money),
        "median": amount(found.median, money),
        "best": amount(found.best, money),
    }
    chance = _("As a chance: %(low)s to %(high)s.") % {
        "low": formats.percent(found.low),
        "high": formats.percent(found.high),
    }
    body = f"{reached} {chance} {usual}"
    if not found.hard:
        easy, often = found.reached == found.n, 2 * found.reached >= found.n
        head = _("Well within reach.") if easy else _("Within reach.") if often else _("Sometimes reached.")
        return Told("easy" if easy else "fair", head, body)
    return Told("hard", _head(found, amount(goal.amount, money)), body, *_kinder(found.kinder, money))


def _head(found: Likely, asked: str) -> str:
    if not found.reached:
        return _("%(amount)s was never reached.") % {"amount": asked}
    times = ngettext("%(amount)s was reached once.", "%(amount)s was reached %(count)s times.", found.reached)
    return times % {"amount": asked, "count": formats.number(found.reached)}


def _kinder(value: Decimal | None, money: bool) -> tuple[str, str]:
    if value is None:
        return "", ""
    words = _("Take %(amount)s: reached three times in five") % {"amount": amount(value, money)}
    return formats.typed_number(value), words
