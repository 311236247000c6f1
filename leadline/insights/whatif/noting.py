"""What has to be said with an answer, so that nobody takes it for more than it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leadline.insights.fitted.fitted import Change, Fitted
from leadline.insights.fitted.flowing import flow
from leadline.insights.whatif.present import Present
from leadline.insights.whatif.question import Asked

QUARTERS = 4
BEYOND = 1.1  # times the most that people have been seen to take
SPARE = 0.1  # of what a new seller could carry: less than that is nothing to hire for
SEEN = 1.0  # deals a quarter


@dataclass(frozen=True)
class Note:
    """A word that the page has a sentence for, with the numbers in it."""

    key: str
    numbers: tuple[float, ...] = ()


def noted(fitted: Fitted, now: Present, asked: Asked, change: Change) -> tuple[Note, ...]:
    """In the order of their weight."""
    return (*_of_sellers(fitted, now, asked), *_of_load(fitted, now, asked, change), *_of_rest(fitted, asked, change))


def _of_sellers(fitted: Fitted, now: Present, asked: Asked) -> Iterator[Note]:
    if asked.sellers > 0:
        own = now.own if asked.own is None else asked.own
        capacity = asked.capacity if asked.capacity is not None else now.capacity.value if now.capacity else 0.0
        spare = float(np.median(fitted.sellers.spare * _of_leads(fitted)))
        if now.capacity is None and asked.capacity is None:
            yield Note("capacity_unknown")
        elif now.unanswered is None:
            yield Note("answers_unknown", (own,))
        elif spare + own * capacity * asked.sellers < SPARE * capacity * asked.sellers:
            yield Note("no_spare_leads", (now.unanswered,))
        elif spare < (1 - own) * capacity * asked.sellers:
            yield Note("few_spare_leads", (spare, own))
        if not now.ramp_known and asked.ramp is None:
            yield Note("ramp_assumed", (now.ramp.value,))
    if asked.sellers < 0:
        yield Note("fewer_sellers", (now.capacity.value if now.capacity else 0.0,))


def _of_load(fitted: Fitted, now: Present, asked: Asked, change: Change) -> Iterator[Note]:
    """How many new deals each of them would have, against the most that was seen."""
    found = flow(fitted, change, QUARTERS)
    turned = float(found.turned_away.mean())
    if turned >= SEEN:
        yield Note("turned_away", (turned,))
    people = now.sellers + asked.sellers
    if now.capacity is None or people <= 0:
        return
    each = float(found.deals.mean()) / people
    if not change.capped and each > BEYOND * now.capacity.high:
        yield Note("over_load", (each, now.capacity.value))


def _of_rest(fitted: Fitted, asked: Asked, change: Change) -> Iterator[Note]:
    if asked.days and not (asked.conversion or asked.leads or asked.sellers):
        yield Note("time_once")
    if change.without:
        doubted = np.isin(fitted.standing.deal, asked.fluff)
        lost = np.isin(fitted.standing.deal, change.without) & ~doubted
        for key, rows in (("fluff", doubted), ("whales", lost)):
            if rows.any():
                yield Note(key, (float(rows.sum()), float(np.nansum(fitted.standing.value[rows]))))
    for word in fitted.says:
        yield Note(word)


def _of_leads(fitted: Fitted) -> float:
    weight = fitted.arrivals.mean(axis=0) * fitted.streams.of_leads
    return float(weight @ fitted.lead_conversion.mean(axis=0) / max(weight.sum(), 1e-9))
