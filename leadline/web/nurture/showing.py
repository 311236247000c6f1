"""What the page shows: what has come back first, then by the day on which it does, last what only waits to happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.utils import timezone

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.activities.models import Activity
from leadline.crm.fields import HIDDEN
from leadline.crm.fields.hiding import hidden_among
from leadline.crm.models import Deal, Lead, LostReason
from leadline.history.numbers import number_of
from leadline.web.frame.reader import reader
from leadline.web.pipeline.showing import ending_days

PART = "nurture/_nurture.html"
KINDS: dict[str, Any] = {"deal": Deal, "lead": Lead}
ABOUT = ("person", "organization")
EACH, MOST = 50, 5000  # rows of a page; what is looked through of each kind


@dataclass(frozen=True)
class Parked:
    """A deal or a lead with what is planned next on it; `back`: its day has come; `party`: whom it is about."""

    kind: str
    record: Any
    next: Activity | None
    back: bool
    may: bool
    party: str = ""


def surroundings(user: User, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the page draws. `kind` is deal or lead, `whose` is mine; both may be left out."""
    today = timezone.now().astimezone(reader().zone).date()
    kind = str(asked.get("kind", ""))
    kinds = [kind] if kind in KINDS else list(KINDS)
    mine = asked.get("whose") == "mine"
    places = sorted(chain.from_iterable(_places(name, user, mine) for name in kinds))
    pages = max(-(-len(places) // EACH), 1)
    at = min(max(number_of(str(asked.get("page", ""))) or 1, 1), pages)
    shown = [(name, pk) for _day, name, pk in places[(at - 1) * EACH : at * EACH]]
    kept = {name: value for name, value in (("kind", kind if kind in KINDS else ""), ("whose", "mine" * mine)) if value}
    return {
        "rows": _rows(shown, user, today),
        "count": len(places),
        "back": sum(day <= today for day, _name, _pk in places),
        "kind": kept.get("kind", ""),
        "mine": mine,
        "page": at,
        "pages": pages,
        "asked": f"?{urlencode({**kept, 'page': at})}",
        "turn": f"?{urlencode(kept)}&" if kept else "?",
        **ending_days(today),
        "lost_reasons": list(LostReason.objects.kept()),
        "may_add_reason": user.leads,
    }


def _places(kind: str, user: User, mine: bool) -> list[tuple[dt.date, str, int]]:
    rows = KINDS[kind].objects.visible_to(user).kept().filter(status="nurture")
    if mine:
        rows = rows.filter(owner=user)
    ordered = rows.order_by(F("come_back_on").asc(nulls_last=True), "pk").values_list("come_back_on", "pk")
    return [(day or dt.date.max, kind, pk) for day, pk in ordered[:MOST]]


def _rows(shown: list[tuple[str, int]], user: User, today: dt.date) -> list[Parked]:
    """A handful of questions, however many rows."""
    found: dict[tuple[str, int], Parked] = {}
    for kind, model in KINDS.items():
        ids = [pk for name, pk in shown if name == kind]
        records = model.objects.visible_to(user).select_related("owner", "person", "organization").in_bulk(ids)
        planned = Activity.objects.visible_to(user).planned().filter(**{f"{kind}__in": ids}).select_related("type")
        upcoming = {getattr(one, f"{kind}_id"): one for one in reversed(planned)}  # the first of each stays
        parties = _parties(records.values(), user)
        for pk, record in records.items():
            back = record.come_back_on is not None and record.come_back_on <= today
            changes = may(user, "change", record)
            found[kind, pk] = Parked(kind, record, upcoming.get(pk), back, changes, parties[pk])
    return [found[place] for place in shown if place in found]


def _parties(records: Collection[Any], user: User) -> dict[int, str]:
    """Of each its person, or else its organization; dots for who is not open to the reader."""
    hidden = {name: hidden_among(user, name, (getattr(one, f"{name}_id") for one in records)) for name in ABOUT}
    found = {}
    for record in records:
        name = next((name for name in ABOUT if getattr(record, f"{name}_id")), ABOUT[0])
        shut = getattr(record, f"{name}_id") in hidden[name]
        found[record.pk] = str(HIDDEN if shut else getattr(record, name) or "")
    return found
