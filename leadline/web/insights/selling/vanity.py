"""Vanity is labelled: whether a number of work moves with bookings (R15)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.insights import ask_people
from leadline.insights.selling.vanity import MOVES, NONE, WORTH, Label
from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column("says", gettext_lazy("In your data"), "text"),
    Column(
        "value", gettext_lazy("Correlation"), "text", help=gettext_lazy("Spearman's, within each person; 0 is none")
    ),
    Column("lag", gettext_lazy("Best seen after"), "text"),
    Column("n", gettext_lazy("Person-weeks"), "number"),
    Column("count", gettext_lazy("Done"), "number"),
    Column(
        "least",
        gettext_lazy("Would have been seen from"),
        "text",
        help=gettext_lazy("A correlation this large would have been found in 80 % of cases"),
    ),
)


def vanity(inquiry: Inquiry) -> Table:
    """Every kind of activity, and the deals added; what moves with bookings first."""
    arguments = inquiry.arguments()
    found = sorted(ask_people.vanity(**arguments), key=lambda one: -(one.found.value if one.found else -1))
    begin, end = ask_people.two_years(**arguments)
    days: dict[str, str | None] = {"from": begin.isoformat(), "to": end.isoformat()}
    return Table(
        COLUMNS,
        [
            {
                "number": _name(one), "says": says(one), "n": one.n,
                "value": formats.number(one.found.value, 2) if one.found else None,
                "lag": _weeks(one.found.lag) if one.found else None,
                "least": formats.number(one.found.least, 2) if one.found else None,
                "count": one.count, "opens": {"count": _behind(one, days)},
            }
            for one in found
        ],
        ("number",),
    )  # fmt: skip


def says(one: Label) -> str:
    """The label that stands next to the number."""
    if one.verdict == MOVES:
        weak = one.found is not None and one.found.value < WORTH
        return _("moves with bookings, but weakly") if weak else _("moves with bookings")
    return _("no relation to bookings seen") if one.verdict == NONE else _("cannot tell yet")


def _name(one: Label) -> str:
    return _("Deals added") if one.name == "deals_added" else str(one.name)


def _weeks(lag: int) -> str:
    """The weeks between: a lag of 4 holds what was done 4 to 7 weeks before."""
    return ngettext("%(a)s to %(b)s week", "%(a)s to %(b)s weeks", lag + 3) % {
        "a": formats.number(lag),
        "b": formats.number(lag + 3),
    }


def _behind(one: Label, days: dict[str, str | None]) -> Behind:
    if one.name == "deals_added":
        return Behind("deals_added", "", days, dated=False)
    return Behind("activities_done", "", {**days, "activity_type": one.name}, dated=False)
