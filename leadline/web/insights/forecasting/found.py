"""The kept forecast that a page is about, and the group of it that its reader asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.insights.ask_forecast import FORECAST
from leadline.insights.measuring import ids
from leadline.insights.outlook.outlook import Group, Outlook, Said
from leadline.insights.question import BadQuestion
from leadline.insights.sight import Whose, sight_of
from leadline.web.insights.ageing import kept_by
from leadline.web.insights.declaring import Behind
from leadline.web.insights.inquiry import Inquiry

KEPT = kept_by(FORECAST)
Which = tuple[str, int | None]


@dataclass(frozen=True)
class Asked:
    """A forecast and the group of it that is asked for; None where it says nothing of that."""

    outlook: Outlook
    which: Which
    group: Group | None

    @property
    def whole(self) -> bool:
        """Whether it is about everything that there is in it."""
        return self.which[0] == "all"

    def said(self, place: int | None) -> Said | None:
        """What it says of a stretch."""
        return self.group.said[place] if self.group and place is not None else None


def asked_of(inquiry: Inquiry) -> Asked:
    """What the page is about. Raises BadQuestion where it is narrowed by a person and a source at once."""
    outlook = KEPT(inquiry).value
    assert outlook is not None
    which = which_of(inquiry)
    return Asked(outlook, which, outlook.group(*which))


def which_of(inquiry: Inquiry) -> Which:
    """The owner or the source that the page is narrowed by; else everything. Raises BadQuestion for both at once."""
    owner, source = inquiry.asked.owner, inquiry.asked.source
    if owner and source:
        raise BadQuestion(_("Choose a person or a source: there is no forecast of both at once."))
    if owner:
        return ("owner", ids("owner").get(owner, -1))
    return ("source", ids("source").get(source, -1)) if source else ("all", None)


def whose_of(inquiry: Inquiry) -> Whose:
    """Of whom targets speak here: the person or the team it is narrowed to, else all that its reader sees."""
    by, pk = which_of(inquiry)
    if by == "owner":
        return (pk, None)
    team = ids("team").get(inquiry.asked.team)
    return (None, team) if team is not None else sight_of(inquiry.user).widest


def booked(start: object, end: object, labels: Mapping[str, str | None] | None = None) -> Behind:
    """What was won from one day to another."""
    return Behind("booked_revenue", labels={**(labels or {}), "from": str(start), "to": str(end)}, dated=False)


def still_open(labels: Mapping[str, str | None]) -> Behind:
    """What is open now."""
    return Behind("open_value", labels=labels, dated=False)


STILL_OPEN = still_open({})
