"""Shares of sources, slowly: what is looked at, of all that agrees in everything but the first who or whence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from tests.oracle.leads import Fact, Slow, added
from tests.strategies.streams import Record

PERIODS = ("month",)


def _won(slow: Slow) -> Iterable[Fact]:
    for deal in slow.company.deals:
        if deal["status"] == "won":
            yield {"of": deal, "on": slow.day(deal["closed_at"])}


def _of_leads(own: list[Fact], everything: list[Fact]) -> Record:
    value = len(own) / len(everything) if everything else None
    return {"value": value, "numerator": len(own), "denominator": len(everything), "n": len(everything)}


def _of_value(own: list[Fact], everything: list[Fact]) -> Record:
    mine, whole = (
        [fact["of"]["value_base"] for fact in facts if fact["of"]["value_base"] is not None]
        for facts in (own, everything)
    )
    value = float(sum(mine) / sum(whole)) if sum(whole) else None
    return {"value": value, "amount": sum(mine), "n": len(mine), "left_out": len(own) - len(mine)}


METRICS: dict[str, tuple[Callable[[Slow], Iterable[Fact]], Callable[[list[Fact], list[Fact]], Record]]] = {
    "source_share": (added, _of_leads),
    "source_value_share": (_won, _of_value),
}


def answer(
    slow: Slow, metric: str, by: tuple[str, ...], start: dt.date | None = None, end: dt.date | None = None
) -> dict[tuple[str | None, ...], Record]:
    """Labels to row."""
    facts_of, summed = METRICS[metric]
    facts = [
        fact
        for fact in facts_of(slow)
        if not (start or end) or (fact["on"] and (not start or fact["on"] >= start) and (not end or fact["on"] <= end))
    ]
    labels = [tuple(slow.label(fact, name) for name in by) for fact in facts]
    rival = next((place for place, name in enumerate(by) if name not in PERIODS), None)
    found = {}
    for each in set(labels) if by else {()}:
        own = [fact for fact, label in zip(facts, labels, strict=True) if label == each]
        alike = [
            fact
            for fact, label in zip(facts, labels, strict=True)
            if all(label[place] == part for place, part in enumerate(each) if place != rival)
        ]
        found[each] = summed(own, alike)
    return found
