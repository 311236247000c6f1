"""Every factor of the pipeline as it is, or as a change would have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.fitted import Change, Fitted, Lift, Matrix
from leadline.insights.ledger.ledger import NOBODY, Flags, Floats

WHATS = ("leads", "deals", "lead_conversion", "lead_days", "conversion", "days", "size")


@dataclass
class Levels:
    """Draws of every factor: N draws, G streams, K stages. `days` and `lead_days` are factors on the time it takes."""

    leads: Matrix  # (N, G), a week
    lead_conversion: Matrix
    lead_days: Matrix
    conversion: NDArray[np.float64]  # (N, G, K)
    days: Matrix  # (N, K)
    size: Matrix  # (N, G): a factor


def levels(fitted: Fitted, change: Change) -> Levels:
    """With the change. Shares end at 1. Raises ValueError for a lift of something that is not there."""
    draws, streams, stages = fitted.conversion.shape
    found = Levels(
        fitted.arrivals.copy(),
        fitted.lead_conversion.copy(),
        np.ones((draws, streams)),
        fitted.conversion.copy(),
        np.ones((draws, stages)),
        np.ones((draws, streams)),
    )
    for lift in change.lifts:
        _raise(fitted, found, lift)
    found.conversion = np.minimum(found.conversion, 1.0)
    found.lead_conversion = np.minimum(found.lead_conversion, 1.0)
    return found


def _raise(fitted: Fitted, found: Levels, lift: Lift) -> None:
    if lift.what not in WHATS:
        raise ValueError(f"There is no factor {lift.what!r}. There are: {', '.join(WHATS)}.")
    factor: Floats = np.broadcast_to(np.asarray(lift.factor, dtype=np.float64), (fitted.draws,))
    if not (np.isfinite(factor) & (factor >= 0)).all():
        raise ValueError("A factor is a number from 0.")
    streams, stages = _streams(fitted, lift), _stages(fitted, lift)
    if lift.what == "conversion":
        for stage in stages:
            part = 1 + _part(fitted, lift.person, stage) * (factor - 1)
            found.conversion[:, streams, stage] *= part[:, None]
    elif lift.what == "days":
        for stage in stages:
            found.days[:, stage] *= 1 + _part(fitted, lift.person, stage) * (factor - 1)
    elif lift.what in ("lead_conversion", "lead_days"):
        getattr(found, lift.what)[:, streams & fitted.streams.of_leads] *= factor[:, None]
    elif lift.what == "size":
        found.size[:, streams] *= factor[:, None]
    else:
        found.leads[:, streams & _coming(fitted, lift.what)] *= factor[:, None]


def _streams(fitted: Fitted, lift: Lift) -> Flags:
    source = fitted.streams.source
    return np.full(len(source), True) if lift.source == NOBODY else source == lift.source


def _coming(fitted: Fitted, what: str) -> Flags:
    """The streams of leads, with those of sources that bring none; or the streams of deals without a lead."""
    source, of_leads = fitted.streams.source, fitted.streams.of_leads
    return ~of_leads if what == "deals" else of_leads | ~np.isin(source, source[of_leads])


def _stages(fitted: Fitted, lift: Lift) -> list[int]:
    if lift.stage == NOBODY:
        return list(range(len(fitted.stages)))
    found = fitted.stage(lift.stage)
    return [] if found == NOBODY else [found]


def _part(fitted: Fitted, person: int, stage: int) -> float:
    """The part of a stage's passages that a person has; all of them for everybody."""
    if person == NOBODY:
        return 1.0
    load = fitted.people.load[:, stage]
    return float(load[person] / load.sum()) if load.sum() else 0.0
