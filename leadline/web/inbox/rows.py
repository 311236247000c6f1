"""What a row of the inbox says: whom it is about, where it comes from, its clock, its last touch and its next step.

A handful of questions for all rows of a page. People and organizations are named as far as the reader sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from leadline.accounts.models import User
from leadline.accounts.permissions import changeable
from leadline.activities.models import Activity
from leadline.crm.answering import clocks
from leadline.crm.heat import Heat
from leadline.crm.models import Assignment, HandOff, Lead
from leadline.web.frame.names import linked
from leadline.web.records.rows import joined, named
from leadline.web.wording.answering import Said, clock_said
from leadline.web.wording.assigning import because


@dataclass(frozen=True)
class Row:
    """One lead. `mine`: it is handed to the reader, who has to answer; `why`: how its owner came to it.

    `seen`: its page is open to the reader; else it is that of the hand-off.
    """

    lead: Lead
    heat: Heat
    about: str
    place: str
    clock: Said
    next: Activity | None
    owner: str
    why: str
    hand_off: HandOff | None
    mine: bool
    may: bool
    seen: bool


def rows_of(found: Sequence[tuple[int, Heat]], user: User) -> list[Row]:
    """The rows in this order; what went meanwhile is left out."""
    ids = [pk for pk, _heat in found]
    leads = Lead.objects.in_bulk(ids)  # those that `asked` has found for this reader
    seen = set(Lead.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    _load(leads.values())
    waits, now = clocks(leads.values(), timezone.now()), {}
    for one in reversed(Activity.objects.visible_to(user).planned().filter(lead__in=ids).select_related("type")):
        now[one.lead_id] = one  # the first of each stays
    hand_offs = HandOff.objects.waiting().filter(lead__in=ids).select_related("giver", "taker")
    whys, hands = _whys(leads), {one.lead_id: one for one in hand_offs}
    may = set(Lead.objects.filter(pk__in=ids).filter(changeable(user, "lead") or Q()).values_list("pk", flat=True))
    rows = []
    for pk, heat in found:
        lead, hand = leads.get(pk), hands.get(pk)
        if lead is None:
            continue
        rows.append(
            Row(
                lead=lead,
                heat=heat,
                about=joined(named("person", lead.person_id), named("organization", lead.organization_id)),
                place=joined(named("source", lead.source_id), named("campaign", lead.campaign_id)),
                clock=clock_said(waits[pk]),
                next=now.get(pk),
                owner=named("user", lead.owner_id),
                why=whys.get(pk, ""),
                hand_off=hand,
                mine=hand is not None and hand.taker_id == user.pk,
                may=pk in may,
                seen=pk in seen,
            )
        )
    return rows


def _load(leads: Iterable[Lead]) -> None:
    names, found = linked(), list(leads)
    for kind, column in (("person", "person_id"), ("organization", "organization_id")):
        names.load(kind, [getattr(lead, column) for lead in found])


def _whys(leads: Mapping[int, Lead]) -> dict[int, str]:
    """Why their owners have those that a rule gave: "it was the turn of Tom Harker"."""
    given = Assignment.objects.filter(lead__in=leads).select_related("rule", "user", "turn").order_by("at", "pk")
    last = {one.lead_id: one for one in given}
    return {pk: because(one.rule, one.user, one.turn) for pk, one in last.items() if one.user_id == leads[pk].owner_id}
