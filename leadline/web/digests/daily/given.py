"""Deals and leads that somebody gave to the reader since the last digest."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.crm import noticing
from leadline.crm.models import Notice, Why
from leadline.web.digests.parts import MOST, Line, Part, Scope
from leadline.web.frame import formats
from leadline.web.frame.navigation import address
from leadline.web.notices.reading import shown


def given(scope: Scope) -> Part | None:
    """The latest first; none of those that are not to be seen."""
    noticing.catch_up()
    rows = Notice.objects.filter(user=scope.user, why=Why.GIVEN).order_by("-change_id")[:MOST]
    found = [one for one in shown(scope.user, rows) if one.told.at >= scope.since]
    if not found:
        return None
    lines = tuple(
        Line(
            one.record, _("from %(name)s") % {"name": one.told.who}, one.address, one.notice.kind, one.notice.record_id
        )
        for one in found
    )
    return Part("given", _("Handed to you"), "user-check", formats.number(len(found)), address("notices"), lines)
