"""A rule in words: “every week on Tuesday, until 31 December 2026”."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.dates import MONTHS
from django.utils.dates import WEEKDAYS as NAMES
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.activities.recurring.rule import Rule, ends_on, numbers, parts, weekdays

LAST = -1
WHICH = {
    1: gettext_lazy("first"), 2: gettext_lazy("second"), 3: gettext_lazy("third"), 4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"), -1: gettext_lazy("last"), -2: gettext_lazy("last but one"),
}  # fmt: skip
WORKWEEK = frozenset(range(5))


def said(rule: str) -> str:
    """A rule in words, in the reader's language; "" for none."""
    if not rule:
        return ""
    found = parts(rule)
    return " ".join(filter(None, (_often(found), _days(found), _months(found)))) + _end(found)


def _often(found: Rule) -> str:
    steps = int(found.get("INTERVAL", 1))
    if found["FREQ"] == "DAILY" and {day for _n, day in weekdays(found)} == WORKWEEK:
        return ""
    told = {
        "DAILY": ngettext("every day", "every %(n)d days", steps),
        "WEEKLY": ngettext("every week", "every %(n)d weeks", steps),
        "MONTHLY": ngettext("every month", "every %(n)d months", steps),
        "YEARLY": ngettext("every year", "every %(n)d years", steps),
    }[found["FREQ"]]
    return told % {"n": steps}


def _days(found: Rule) -> str:
    days, of_month, places = weekdays(found), numbers(found, "BYMONTHDAY"), numbers(found, "BYSETPOS")
    if days and places:
        kind = (
            _("working day") if {day for _n, day in days} == WORKWEEK else _listed([_name(0, day) for _n, day in days])
        )
        return _("on the %(which)s %(days)s") % {"which": _listed([_which(place) for place in places]), "days": kind}
    told = []
    if of_month:
        told.append(_("on %(days)s") % {"days": _listed([_of_month(day) for day in of_month])})
    if days and {day for _n, day in days} == WORKWEEK and not any(which for which, _day in days):
        told.append(_("on working days") if found["FREQ"] != "DAILY" else _("every working day"))
    elif days:
        told.append(_("on %(days)s") % {"days": _listed([_name(which, day) for which, day in days])})
    if weeks := numbers(found, "BYWEEKNO"):
        told.append(_("in week %(weeks)s") % {"weeks": _listed([str(week) for week in weeks])})
    if of_year := numbers(found, "BYYEARDAY"):
        told.append(_("on day %(days)s of the year") % {"days": _listed([str(day) for day in of_year])})
    return " ".join(told)


def _months(found: Rule) -> str:
    months = [str(MONTHS[month]) for month in numbers(found, "BYMONTH")]
    return _("in %(months)s") % {"months": _listed(months)} if months else ""


def _end(found: Rule) -> str:
    if "COUNT" in found:
        times = int(found["COUNT"])
        return ngettext(", once", ", %(times)d times", times) % {"times": times}
    last = ends_on(found)
    return _(", until %(day)s") % {"day": date_format(last, "j F Y")} if last else ""


def _name(which: int, day: int) -> str:
    name = str(NAMES[day])
    return _("the %(which)s %(day)s") % {"which": _which(which), "day": name} if which else name


def _of_month(day: int) -> str:
    if day == LAST:
        return _("the last day of the month")
    return _("the %(which)s day of the month") % {"which": _which(day)} if day < 0 else _("day %(n)d") % {"n": day}


def _which(place: int) -> str:
    known = WHICH.get(place)
    if known is not None:
        return str(known)
    return _("%(n)d. last") % {"n": -place} if place < 0 else _("%(n)d.") % {"n": place}


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
