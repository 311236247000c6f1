"""The forecast's words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.crm.models import base_currency
from leadline.insights.outlook.outlook import Cannot, Outlook
from leadline.web.frame import formats

Text = str | Promise
BESIDE: dict[str, Text] = {
    "weighted": gettext_lazy("Value × stage's chance"),
    "last_year": gettext_lazy("Same time a year before"),
    "sellers": gettext_lazy("Sellers' own dates"),
}
STEPS: dict[str, Text] = {
    "before": gettext_lazy("Expected then"),
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost or parked"),
    "slipped": gettext_lazy("Slipped to later"),
    "added": gettext_lazy("Added"),
    "revalued": gettext_lazy("Re-valued"),
    "chances": gettext_lazy("Chances moved"),
    "to_come": gettext_lazy("Deals not created yet"),
    "after": gettext_lazy("Expected now"),
}


def cannot(found: Cannot) -> str:
    """Why something cannot be told, in a sentence."""
    return str(_SENTENCES[found.reason](found.more)) if found.reason in _SENTENCES else _("This cannot be told.")


def simple(outlook: Outlook, place: int) -> dict[str, float | None]:
    """The simple forecasts of a stretch; None where there is nothing to go by.

    Where no open deal has a day to come, value × chance has no month either: all falls on the usual time from now.
    """
    whole = outlook.group()
    won = whole.said[place].won if whole else 0.0
    dated = any(deal.expected is not None and deal.expected >= outlook.day for deal in outlook.deals)

    def told(key: str, money: float) -> float | None:
        return None if key == "weighted" and not dated and abs(money - won) < 1 else money

    return {one.key: told(one.key, one.money[place]) if one.cannot is None else None for one in outlook.beside}


def last_day(days: int) -> dt.date:
    """Of records that ended, from so many days since 1970."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=days)


def money(value: float | None) -> str:
    """Such as $412,000."""
    return formats.money(rounded(value), base_currency(), whole=True)


def exact(value: float) -> str:
    """What somebody has set, as they have set it."""
    return formats.money(value, base_currency(), whole=True)


def rounded(value: float | None) -> float | None:
    """To three digits, which say all that a forecast knows; None where it is not known."""
    if value is None or not math.isfinite(value):
        return None
    digits = max(0, math.floor(math.log10(abs(value))) - 2) if value else 0
    return round(value, -digits)


def _more(one: str, many: str, n: int) -> str:
    return ngettext(one, many, n) % {"n": formats.number(n)}


_SENTENCES: dict[str, Callable[[int], str]] = {
    "no_deals": lambda _n: _("There are no deals yet."),
    "few_closed": lambda n: _more(
        "Too few deals are closed to tell how deals here go: %(n)s more is needed.",
        "Too few deals are closed to tell how deals here go: %(n)s more are needed.",
        n,
    ),
    "none_won": lambda n: _more(
        "Too few deals are won to tell what winning takes here: %(n)s more is needed.",
        "Too few deals are won to tell what winning takes here: %(n)s more are needed.",
        n,
    ),
    "short_history": lambda n: _more(
        "The records are too short to tell the pace: %(n)s more week is needed.",
        "The records are too short to tell the pace: %(n)s more weeks are needed.",
        n,
    ),
    "one_day": lambda _n: _("All closed deals were closed on one and the same day, which tells no pace."),
    "unsound": lambda _n: _("The numbers that come of these records are not finite, so nothing is said of them."),
    "no_amounts": lambda n: _more(
        "Hardly any won deal has an amount: %(n)s more is needed for a forecast of money.",
        "Hardly any won deal has an amount: %(n)s more are needed for a forecast of money.",
        n,
    ),
    "no_past_year": lambda _n: _("The records do not reach back to the same days of last year."),
    "no_dates": lambda _n: _("No open deal has an expected close date."),
    "beyond": lambda _n: _("It ends after what this forecast looks at."),
    "over": lambda _n: _("It is over."),
    "ended": lambda n: (
        _("Nothing was recorded since %(day)s: look at the forecast as of that day.")
        % {"day": formats.day(last_day(n))}
    ),
}
