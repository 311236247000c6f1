"""How the pipeline works at present, in the units in which people think of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from leadline.insights.fitted.fitted import QUARTER_WEEKS, Fitted
from leadline.insights.ledger.ledger import Floats

ENOUGH = 1.0  # passages in the window; a stage that none went through has no share


@dataclass(frozen=True)
class Level:
    """A value with its 90 % interval; `n` is what it rests on."""

    value: float
    low: float
    high: float
    n: int = 0


@dataclass(frozen=True)
class Present:
    """Leads (or deals of a source that brings none) a quarter by source, season taken out; shares; days on average of
    those that advance, by stage; the mean value of a won deal; what is known of sellers. None: not known."""

    leads: Mapping[int, Level]
    lead_conversion: Level | None
    conversion: Mapping[int, Level]
    days: Mapping[int, Level]
    size: Level | None
    sellers: int
    ramp: Level
    ramp_known: bool
    capacity: Level | None
    own: float
    unanswered: float | None
    per_seller: float  # new deals a quarter


def present(fitted: Fitted) -> Present:
    """Of a fitted pipeline."""
    sellers = fitted.sellers
    trials = fitted.trials.sum(axis=0)
    known = [place for place in range(len(fitted.stages)) if trials[place] >= ENOUGH]
    usual = fitted.people.usual[fitted.people.working]
    return Present(
        leads=_leads(fitted),
        lead_conversion=_lead_conversion(fitted),
        conversion={int(fitted.stages[place]): _conversion(fitted, place, trials) for place in known},
        days={int(fitted.stages[place]): _days(fitted, place) for place in known},
        size=_level(fitted.sizes.mean / fitted.sizes.mean.mean() * fitted.sizes.seen, len(fitted.sizes.values))
        if len(fitted.sizes.values)
        else None,
        sellers=sellers.count,
        ramp=_level(sellers.ramp),
        ramp_known=sellers.ramp_known,
        capacity=None if np.isnan(sellers.capacity).any() else _level(sellers.capacity),
        own=sellers.own,
        unanswered=None if np.isnan(sellers.unanswered) else sellers.unanswered,
        per_seller=float(usual.mean()) if len(usual) else 0.0,
    )


def _leads(fitted: Fitted) -> dict[int, Level]:
    source, of_leads = fitted.streams.source, fitted.streams.of_leads
    found = {}
    for stream, place in enumerate(source):
        if place >= 0 and (of_leads[stream] or place not in source[of_leads]):
            came = int(fitted.history.came[-fitted.window.quarters :, stream].sum())
            found[int(place)] = _level(fitted.arrivals[:, stream] * QUARTER_WEEKS, came)
    return found


def _lead_conversion(fitted: Fitted) -> Level | None:
    of_leads = fitted.streams.of_leads
    if not of_leads.any():
        return None
    weight = fitted.arrivals.mean(axis=0)[of_leads]
    n = np.nansum(fitted.history.lead_trials[-fitted.window.quarters :, of_leads])
    return _level(fitted.lead_conversion[:, of_leads] @ weight / weight.sum(), int(n))


def _conversion(fitted: Fitted, place: int, trials: Floats) -> Level:
    weight = fitted.trials[:, place] / trials[place]
    return _level(fitted.conversion[:, :, place] @ weight, int(trials[place]))


def _days(fitted: Fitted, place: int) -> Level:
    past = fitted.history
    n = int(past.stays[-fitted.window.quarters :, place].sum())
    errors = past.log_stay_error[-fitted.window.quarters :, place]
    error = float(np.nanmean(errors)) if n >= 4 and not np.isnan(errors).all() else 0.0
    value = float(fitted.delays.advance[place].mean())
    width = np.exp(1.645 * error / np.sqrt(fitted.window.quarters))
    return Level(value, value / width, value * width, n)


def _level(draws: Floats, n: int = 0) -> Level:
    low, high = np.quantile(draws, (0.05, 0.95))
    return Level(float(draws.mean()), float(low), float(high), n)
