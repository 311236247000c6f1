"""A forecast and its ledger made into what pages want."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from leadline.insights.forecast import answer
from leadline.insights.forecast.answer import HIGH, LEVELS, LOW, MEDIAN, Bookings, Forecast, Waterfall
from leadline.insights.ledger.ledger import NOBODY, Ledger
from leadline.insights.outlook.days import date_of
from leadline.insights.outlook.deals import open_deals
from leadline.insights.outlook.fan import fan
from leadline.insights.outlook.outlook import (
    Beside,
    Cannot,
    Goal,
    Group,
    Moved,
    Outlook,
    Said,
    Step,
    Stretch,
)

QUARTERS = (int(np.argmin(abs(LEVELS - 0.25))), int(np.argmin(abs(LEVELS - 0.75))))


def outlook(
    ledger: Ledger,
    found: Forecast,
    moved: Waterfall | None,
    booked: Mapping[dt.date, float],
    today: dt.date,
) -> Outlook:
    """`booked` is what was won by day, up to `today`."""
    kept = [place for place, span in enumerate(found.spans) if span.kind != "week"]
    groups = tuple(
        Group(by, _id_of(ledger, by, place), _said(bookings, kept)) for (by, place), bookings in found.groups.items()
    )
    return Outlook(
        day=today,
        weeks=found.weeks,
        stretches=tuple(_stretch(found.spans[place]) for place in kept),
        groups=groups,
        fan=fan(found, booked, today),
        deals=open_deals(ledger, found.deals),
        beside=tuple(Beside(one.key, _floats(one.money[kept]), cannot_of(one.cannot)) for one in found.baselines),
        goals=tuple(_goal(ledger, chance) for chance in found.targets),
        moved=_moved(ledger, moved) if moved else None,
        method=found.basis.method,
        closed=found.basis.closed,
        won=found.basis.won,
        open=found.basis.open,
        checked=found.correction.origins,
        cannot=cannot_of(found.cannot),
    )


def cannot_of(found: answer.Cannot | None) -> Cannot | None:
    return None if found is None else Cannot(found.reason, int(found.more))


def _stretch(span: answer.Span) -> Stretch:
    return Stretch(span.kind, span.label, date_of(span.start), date_of(span.end))


def _floats(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _said(bookings: Bookings, kept: list[int]) -> tuple[Said, ...]:
    quantiles, mean = bookings.quantiles, bookings.mean
    inner = [LOW, QUARTERS[0], MEDIAN, QUARTERS[1], HIGH]
    return tuple(
        Said(
            float(bookings.won[at]),
            int(bookings.wins[at]),
            float(mean[at]),
            *_floats(quantiles[at, inner]),
            *(float(bookings.parts[part][at]) if part in bookings.parts else 0.0 for part in answer.PARTS),
        )
        for at in kept
    )


def _id_of(ledger: Ledger, by: str, place: int) -> int | None:
    """The record's id; of a revenue type its number."""
    if place == NOBODY or by == "all":
        return None
    return int(place) if by == "revenue" else record(ledger, by, place)


def record(ledger: Ledger, name: str, place: int) -> int | None:
    """The id of what stands at this place of a category."""
    return None if place == NOBODY else int(ledger.names[name].ids[place])


def _goal(ledger: Ledger, chance: answer.TargetChance) -> Goal:
    targets, row = ledger.targets, chance.row
    return Goal(
        targets.metric[row],
        record(ledger, "owner", int(targets.person[row])),
        record(ledger, "team", int(targets.team[row])),
        record(ledger, "pipeline", int(targets.pipeline[row])),
        date_of(targets.start[row]),
        date_of(targets.end[row]),
        float(targets.amount[row]),
        chance.so_far,
        chance.low,
        chance.middle,
        chance.high,
        chance.probability,
        cannot_of(chance.cannot),
    )


def _moved(ledger: Ledger, found: Waterfall) -> Moved:
    ids = ledger.deals.id
    steps = tuple(Step(step.key, step.money, tuple(int(ids[at]) for at in step.deals)) for step in found.steps)
    return Moved(_stretch(found.span), date_of(found.since), found.before, found.after, steps, cannot_of(found.cannot))
