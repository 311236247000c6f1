"""Deals of the reader's that have rotted, and those that will within days."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.web.digests.parts import MOST, Line, Part, Scope
from leadline.web.frame import formats
from leadline.web.frame.navigation import address
from leadline.web.frame.places import address_of
from leadline.web.today.day import Standing

SOON = 4.0  # days


def rots_next(scope: Scope) -> Part | None:
    """The nearest first: a word today keeps them."""
    found = [deal for deal in scope.day.deals if deal.rots_in is not None and 0 <= deal.rots_in < SOON]
    nearest = sorted(found, key=lambda deal: (deal.rots_in or 0, -(deal.expected or 0), deal.pk))
    return _part("rots", _("Rots within days"), "hourglass", nearest, f"{scope.page}#rots", scope)


def rotten(scope: Scope) -> Part | None:
    """Those that are worth most first."""
    found = [deal for deal in scope.day.deals if deal.rots_in is not None and deal.rots_in < 0]
    best = sorted(found, key=lambda deal: (-(deal.expected or 0), deal.pk))
    asked = {"owner": scope.user.pk, "status": "open", "rotten": "yes"}
    return _part("rotten", _("Rotten"), "leaf", best, f"{address('deals')}?{urlencode(asked)}", scope)


def _part(key: str, title: str, icon: str, found: list[Standing], href: str, scope: Scope) -> Part | None:
    if not found:
        return None
    named = scope.titles([deal.pk for deal in found[:MOST]])
    lines = tuple(
        Line(str(named[deal.pk]), _said(deal.rots_in or 0), address_of("deal", deal.pk), "deal", deal.pk)
        for deal in found[:MOST]
        if deal.pk in named
    )
    return Part(key, title, icon, formats.number(len(found)), href, lines)


def _said(rots_in: float) -> str:
    days = int(abs(rots_in))
    if rots_in >= 0:
        return (
            ngettext("rots in %(days)s day", "rots in %(days)s days", days) % {"days": days}
            if days
            else _("rots today")
        )
    return (
        ngettext("rotten for %(days)s day", "rotten for %(days)s days", days) % {"days": days}
        if days
        else _("rots today")
    )
