"""What a forecast of everything says of some of the deals.

How deals go is learned from all of them, whoever asks: so a deal has one chance, whoever looks at it. The sums are of
the part's own deals; those not created yet fall to those whose past ones are in it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leadline.insights.forecast.drawing import Drawn
from leadline.insights.forecast.standing import Book
from leadline.insights.ledger.ledger import NOBODY, Flags, Ledger
from leadline.insights.ledger.narrowing import narrowed, renumbered
from leadline.insights.ledger.rows import places_of


def of_part(found: Drawn, part: Ledger | None) -> Drawn:
    """Of the deals that are in `part` too, held against its targets; None: of all. Both come of the same records."""
    if part is None:
        return found
    ledger, events, likely = found.book.ledger, found.events, found.chances
    deals = np.isin(ledger.deals.id, part.deals.id)
    place = renumbered(deals)
    wins, opened = deals[events.like], deals[likely.deal]
    own = narrowed(ledger, deals, np.isin(ledger.leads.id, part.leads.id))
    return replace(
        found,
        book=Book(replace(own, targets=part.targets, whole=part.whole)),
        chances=replace(
            likely,
            deal=place[likely.deal[opened]],
            value=likely.value[opened],
            won=likely.won[:, opened],
            lost=likely.lost[:, opened],
        ),
        events=replace(
            events,
            draw=events.draw[wins],
            week=events.week[wins],
            part=events.part[wins],
            money=events.money[wins],
            like=place[events.like[wins]],
        ),
        day=found.day[wins],
    )


def is_nothing(found: Drawn) -> bool:
    """Whether nothing is won in it, and nothing will be."""
    return not len(found.events) and not len(found.book.won) and not len(found.book.open)


def targets_of(part: Ledger, pipeline: int | None, team: int | None) -> Flags:
    """Which targets are of this pipeline, and of this team or its people (ids): all of their deals are in the part."""
    targets = part.targets
    mine = np.ones(len(targets.start), bool)
    if pipeline is not None:
        mine &= targets.pipeline == places_of(part.names["pipeline"].ids, np.array([pipeline]))[0]
    if team is not None:
        place = places_of(part.names["team"].ids, np.array([team]))[0]
        mine &= (targets.team == place) | (np.append(part.staff.team, NOBODY)[targets.person] == place)
    return mine
