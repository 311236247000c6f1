"""What may be asked, and what that changes in a fitted pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from leadline.insights.fitted.fitted import Change, Fitted, Hired, Lift
from leadline.insights.ledger.ledger import Floats
from leadline.insights.whatif.present import Present

STEPS = 40


@dataclass(frozen=True)
class Asked:
    """What would be, in the units of `Present`; what is None or absent stays as it is. Stages and sources are places.

    `sellers` more (below 0: fewer) begin `after` so many months; `ramp` months and `capacity` new deals a quarter are
    theirs, `own` the share of their deals that they find themselves. `whales` of the largest open deals are lost,
    `smaller` leaves so many of the largest values out of what may be won. `fluff` are open deals that nobody believes
    in (rows of the ledger), taken out. `capped`: nobody takes more new deals than people here have been seen to.
    """

    sellers: int = 0
    after: float = 0.0
    ramp: float | None = None
    capacity: float | None = None
    own: float | None = None
    leads: Mapping[int, float] = field(default_factory=dict)  # by source: a quarter
    lead_conversion: float | None = None
    conversion: Mapping[int, float] = field(default_factory=dict)  # by stage
    days: Mapping[int, float] = field(default_factory=dict)  # by stage
    size: float | None = None
    whales: int = 0
    smaller: int = 0
    fluff: tuple[int, ...] = ()
    capped: bool = False


def change_of(asked: Asked, fitted: Fitted, now: Present) -> Change:
    """What is asked, as factors on what is fitted. What is 0 at present cannot be multiplied and stays 0."""
    lifts = [
        Lift("leads", wanted / now.leads[source].value, source=source)
        for source, wanted in asked.leads.items()
        if source in now.leads and now.leads[source].value > 0
    ]
    of_leads = fitted.streams.of_leads
    if asked.lead_conversion is not None and of_leads.any():
        share, weight = fitted.lead_conversion.mean(axis=0)[of_leads], fitted.arrivals.mean(axis=0)[of_leads]
        lifts.append(Lift("lead_conversion", _factor(share, weight, asked.lead_conversion)))
    for stage, wanted in asked.conversion.items():
        place = fitted.stage(stage)
        if stage in now.conversion:
            share, weight = fitted.conversion.mean(axis=0)[:, place], fitted.trials[:, place]
            lifts.append(Lift("conversion", _factor(share, weight, wanted), stage=stage))
    lifts += [
        Lift("days", wanted / now.days[stage].value, stage=stage)
        for stage, wanted in asked.days.items()
        if stage in now.days and now.days[stage].value > 0
    ]
    if asked.size is not None and now.size is not None and now.size.value > 0:
        lifts.append(Lift("size", asked.size / now.size.value))
    return Change(tuple(lifts), _hired(asked), asked.capped, (*_whales(asked, fitted), *asked.fluff), asked.smaller)


def _hired(asked: Asked) -> Hired | None:
    if not asked.sellers:
        return None
    return Hired(
        asked.sellers, asked.after, *(np.nan if one is None else one for one in (asked.ramp, asked.capacity, asked.own))
    )


def _whales(asked: Asked, fitted: Fitted) -> tuple[int, ...]:
    """Rows of the largest open deals."""
    standing = fitted.standing
    value = np.where(standing.value > 0, standing.value, 0.0)
    order = np.argsort(-value, kind="stable")[: asked.whales]
    return tuple(int(row) for row in standing.deal[order[value[order] > 0]])


def _factor(share: Floats, weight: Floats, wanted: float) -> float:
    """By what each stream's share is multiplied, 1 at most, so that all together have the share that is wanted."""
    weight = weight / max(float(weight.sum()), 1e-9)
    low, high = 0.0, 1 / max(float(share[weight > 0].min(initial=1.0)), 1e-6)
    for _ in range(STEPS):
        middle = (low + high) / 2
        if weight @ np.minimum(share * middle, 1.0) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
