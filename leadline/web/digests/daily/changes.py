"""What others changed on the reader's deals since the last digest, and what became of them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.crm.models import Deal
from leadline.history.models import Change
from leadline.web.digests.parts import MOST, Line, Part, Scope
from leadline.web.frame import formats
from leadline.web.frame.places import address_of
from leadline.web.wording.telling import Told, tell

TOLD = frozenset({"stage_id", "status", "value", "expected_close_on"})
LOOKED_AT = 300  # changes, the latest


def changes(scope: Scope) -> Part | None:
    """One line a deal, its last change; what one has done oneself is no news, and a hand-over stands elsewhere."""
    open_or_new = Q(status="open") | Q(closed_at__gte=scope.since)
    mine = Deal.objects.visible_to(scope.user).kept().filter(open_or_new, owner=scope.user).values("pk")
    rows = Change.objects.filter(entity="deal", record_id__in=mine, occurred_at__gte=scope.since)
    rows = rows.exclude(by_id=scope.user.pk).order_by("-occurred_at", "-id")[:LOOKED_AT]
    latest: dict[int, Change] = {}
    for change in rows:
        if change.verb == Change.CREATE or TOLD & change.old.keys():
            latest.setdefault(change.record_id, change)
    if not latest:
        return None
    told = tell(list(latest.values())[:MOST], scope.user)
    lines = tuple(_line(one) for one in told if one.open)
    at = f"{scope.page}#changes"
    return (
        Part("changes", _("Changed on your deals"), "history", formats.number(len(latest)), at, lines)
        if lines
        else None
    )


def _line(one: Told) -> Line:
    pk = one.change.record_id
    return Line(one.record, f"{one.who}: {one.deed}", address_of("deal", pk), "deal", pk)
