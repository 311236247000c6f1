"""What the example's deals have for their playbooks: most of it on deals that were won, less on others."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from leadline.accounts.actors import Actor
from leadline.crm.models import Answer, Deal, ItemKind, Playbook, Stage
from leadline.crm.playbooks import wind_scores
from leadline.imports.example.process.writing import Made, create

SPAN = dt.timedelta(days=365)  # deals of the last year
HAD = {"won": 0.93, "lost": 0.62, "open": 0.8, "nurture": 0.65}
WAIVED, REASON = 0.02, "Customer of long standing"
SAID = ("References from their trade", "The price of the second building", "Reading from afar",
        "Whether we can begin in May", "What their insurer says", "Installation without closing floors")  # fmt: skip
KINDS = frozenset({ItemKind.TICK, ItemKind.NUMBER, ItemKind.CHOICE, ItemKind.DATE, ItemKind.TEXT})


def give(by: Actor, now: dt.datetime, chance: random.Random) -> None:
    """Answers of deals begun in the last year, stage by stage up to where each came."""
    order = list(Stage.objects.kept().order_by("pipeline_id", "position", "pk"))
    books = {book.stage_id: book for book in Playbook.objects.kept().order_by("stage_id", "version")}
    deals = Deal.objects.kept().filter(created_at__gte=now - SPAN).exclude(stage=None).order_by("pk")
    made = [one for deal in deals for one in _of(deal, order, books, now, chance)]
    create(made, by)
    wind_scores(deal.pk for deal in deals if deal.is_open)


def _of(
    deal: Deal, order: list[Stage], books: dict[int, Playbook], now: dt.datetime, chance: random.Random
) -> Iterator[Made]:
    """One after the other in the time that the deal took; of the stage where it stands some are still to come."""
    stages = [stage for stage in order if stage.pipeline_id == deal.pipeline_id]
    here = next(place for place, stage in enumerate(stages) if stage.pk == deal.stage_id)
    begun = deal.created_at or now
    took = (deal.closed_at or now) - begun
    for place, stage in enumerate(stages[: here + 1]):
        book = books.get(stage.pk)
        likely = HAD[deal.status] * (0.6 if place == here and deal.status == "open" else 1.0)
        for item in book.items if book else ():
            if item["kind"] not in KINDS or chance.random() > likely:
                continue
            at = begun + took * min((place + chance.random()) / (here + 1), 0.99)
            waived = REASON if deal.status == "won" and chance.random() < WAIVED else ""
            value = None if waived else _value(item, at, chance)
            yield Answer(deal=deal, key=item["key"], value=value, waived=waived), at


def _value(item: dict[str, Any], at: dt.datetime, chance: random.Random) -> Any:
    if item["kind"] == ItemKind.CHOICE:
        return chance.choices(item["options"], (5, 3, 2))[0]["key"]
    if item["kind"] == ItemKind.NUMBER:
        return str(chance.randint(1, 12) if item["key"] == "count" else 100 * chance.randint(20, 900))
    if item["kind"] == ItemKind.DATE:
        return (at + dt.timedelta(days=chance.randint(20, 90))).date().isoformat()
    return chance.choice(SAID) if item["kind"] == ItemKind.TEXT else True
