"""Columns: their heads, and as many cards of each as fit a screen; more come as somebody scrolls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from leadline.web.pipeline.asked import Asked
from leadline.web.pipeline.cards import Card, Names, cards_of, rows_of
from leadline.web.pipeline.heads import Head, heads
from leadline.web.pipeline.lanes import Lane

FIRST_CARDS = 90  # on the whole of a first view: about 100 kB
FEWEST, MOST = 8, 16  # in one column of it; a tall screen asks for more at once
NEXT_CARDS = 50  # in one more page of a column


@dataclass
class Column:
    """A column as it is drawn. `more` is the place behind which there are more cards; empty where there are none."""

    lane: Lane
    head: Head
    cards: list[Card]
    more: str = ""


def columns(asked: Asked) -> list[Column]:
    """All columns of a view with their first cards.

    Which cards stand first is asked of each column alone, which an index answers; what stands on them, of all at once.
    """
    deals, names = asked.deals(), Names.read(asked.stages, asked.user)
    figures = heads(deals, asked.lanes, asked.stages, asked.now)
    shown = max(FEWEST, min(MOST, FIRST_CARDS // max(1, len(asked.lanes))))
    ids: list[int] = []
    for lane in asked.lanes:
        if figures[lane.key].count:
            ids += asked.order.ordered(deals.filter(lane.among)).values_list("pk", flat=True)[:shown]
    rows = list(rows_of(deals.filter(pk__in=ids), asked.lanes, asked.order))
    standing: dict[str, list[Card]] = defaultdict(list)
    for card in cards_of(rows, names, asked.order, asked.now):
        standing[card.lane].append(card)
    return [_column(lane, figures[lane.key], standing[lane.key]) for lane in asked.lanes]


def _column(lane: Lane, head: Head, cards: list[Card]) -> Column:
    return Column(lane, head, cards, cards[-1].place if cards and head.count > len(cards) else "")


def further(asked: Asked, lane: Lane, place: str) -> tuple[list[Card], str]:
    """The next cards of a column behind a place, and the place behind which there are still more."""
    deals = asked.deals()
    behind = asked.order.behind(asked.order.ordered(deals.filter(lane.among)), place)
    ids = list(behind.values_list("pk", flat=True)[: NEXT_CARDS + 1])
    rows = list(rows_of(deals.filter(pk__in=ids), [lane], asked.order))
    cards = cards_of(rows[:NEXT_CARDS], Names.read(asked.stages, asked.user), asked.order, asked.now)
    return cards, cards[-1].place if len(rows) > NEXT_CARDS else ""


def some(asked: Asked, ids: Sequence[int]) -> list[Card]:
    """The cards of these deals, as far as they stand on this board."""
    rows = list(rows_of(asked.deals().filter(pk__in=ids), asked.lanes, asked.order))
    return cards_of(rows, Names.read(asked.stages, asked.user), asked.order, asked.now)
