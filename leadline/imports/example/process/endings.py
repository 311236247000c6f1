"""Why deals were lost and leads discarded, and what those wait for that are parked (R4)."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, DiscardReason, Lead, LostReason
from leadline.imports.example.process.writing import change, named
from leadline.insights.simulator.words.firm import COMPETITORS

SPAN, DAY = dt.timedelta(days=540), dt.timedelta(days=1)
TOLD = 0.8  # of the deals lost since; of the rest nobody wrote down why
EARLY = {"Target", "Contacted"}
# Weights by how far the deal came.
WHY = {
    "Timing": (5, 3),
    "No budget": (4, 2),
    "No decision": (5, 3),
    "Stayed with what they have": (3, 3),
    "Price": (1, 5),
    "Competitor": (1, 5),
}
TO_ANOTHER = ("Price", "Competitor")
NOTES = (
    "Will look again when the contract ends.",
    "Their director wanted a local firm.",
    "Nobody answered any more.",
    "",
    "",
)
DISCARDED = (
    "Wrong kind of building",
    "Never answered",
    "Only wanted prices",
    "Private person",
    "Customer of a partner",
)
EVENTS = (
    "they have hired a facility manager",
    "the building is sold",
    "the new wing is open",
    "their insurer has decided",
)
REASONS = ("Budget next year", "Merger under way", "New director, wait and see", "Contract with another until spring")


def explain(by: Actor, now: dt.datetime, chance: random.Random) -> None:
    """Of the last year and a half."""
    _lost(by, now, chance)
    reasons = [named(DiscardReason, name, by, now - SPAN) for name in DISCARDED]
    leads = Lead.objects.kept().filter(status="discarded", closed_at__gte=now - SPAN).order_by("pk")
    told = [(lead, lead.closed_at) for lead in leads if lead.closed_at and chance.random() < TOLD]
    change(told, by, lambda _lead, _at: {"discard_reason_id": chance.choices(reasons, (4, 6, 2, 2, 1))[0].pk})
    _parked(by, now, chance)


def _lost(by: Actor, now: dt.datetime, chance: random.Random) -> None:
    reasons = {reason.name: reason for reason in LostReason.objects.kept()}
    known = [name for name in WHY if name in reasons]
    deals = Deal.objects.kept().filter(status="lost", lost_reason=None, closed_at__gte=now - SPAN)
    rows = deals.select_related("stage").order_by("pk")
    told = [(deal, deal.closed_at) for deal in rows if deal.closed_at and chance.random() < TOLD]

    def why(deal: Deal, at: dt.datetime) -> dict[str, Any]:
        late = int(deal.stage is not None and deal.stage.name not in EARLY)
        name = chance.choices(known, [WHY[one][late] for one in known])[0]
        competitor = chance.choice(COMPETITORS) if name in TO_ANOTHER and chance.random() < 0.8 else deal.competitor
        revisit = (at + 183 * DAY).date()
        return {
            "lost_reason_id": reasons[name].pk,
            "lost_note": chance.choice(NOTES),
            "competitor": competitor,
            "revisit_on": deal.revisit_on or revisit,
        }

    change(told, by, why)


def _parked(by: Actor, now: dt.datetime, chance: random.Random) -> None:
    """Deals and leads: until a day, some until something happens, some for both; a few days have passed already."""

    def wait(_record: Any, _at: dt.datetime) -> dict[str, Any]:
        event = chance.choice(EVENTS) if chance.random() < 0.35 else ""
        day = None if event and chance.random() < 0.6 else (now + chance.randint(-3, 130) * DAY).date()
        return {"come_back_on": day, "come_back_event": event, "parked_reason": chance.choice(REASONS)}

    for model in (Deal, Lead):
        rows = model.objects.kept().filter(status="nurture", come_back_on=None).order_by("pk")
        change([(record, now) for record in rows], by, wait)
