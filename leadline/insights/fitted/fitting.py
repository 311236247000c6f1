"""From a ledger to a fitted pipeline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.arriving import ahead, rates
from leadline.insights.fitted.converting import beta, by_group
from leadline.insights.fitted.delaying import delays
from leadline.insights.fitted.fitted import Fitted, Matrix, People
from leadline.insights.fitted.gathering import Gathered, busiest, gathered
from leadline.insights.fitted.incidence import Incidence
from leadline.insights.fitted.looking_back import history, taken
from leadline.insights.fitted.paths import Paths
from leadline.insights.fitted.sizing import filled, sizes
from leadline.insights.fitted.staffing import people, sellers
from leadline.insights.fitted.standing import Expected, standing
from leadline.insights.ledger.ledger import Ledger

FEW_WINS = 15
ONE_DEAL = 0.5  # of all that was won: more than that, and every mean is that deal's
LENT = 5.0  # deals of all streams that a stream's own first stages are tempered with


def fit(ledger: Ledger, pipeline: int | None = None) -> Fitted:
    """The pipeline (None: the one with most deals) as it is at the ledger's `as_of`, with N = DRAWS draws.

    Nothing is drawn from but the ledger: the same one gives the same draws. Empty parts give shapes with a 0, and
    `says` names what could not be fitted; `usable` is false where there is nothing to simulate.
    """
    seen = gathered(ledger, busiest(ledger) if pipeline is None else pipeline)
    seed = _seed(ledger, seen.pipeline)
    rng = np.random.default_rng(seed)
    arrivals, clumping = rates(seen.weekly, seen.season.factor(seen.weeks), seen.recent, rng)
    conversion, trials = _conversion(seen, rng)
    value = ledger.deals.value[seen.won]
    size = sizes(value, seen.of_deal[seen.won], len(seen.streams), filled(ledger, seen.won), rng)
    of_leads = _lead_conversion(seen.leads, seen.streams.of_leads, rng)
    delay = delays(seen.leads, seen.passages)
    expected = Expected(conversion.mean(axis=0), of_leads.mean(axis=0), size.unpriced, delay)
    staff = _staff(ledger, seen, expected)
    return Fitted(
        pipeline=seen.pipeline,
        as_of=ledger.as_of,
        seed=seed,
        window=seen.window,
        stages=seen.trail.stages,
        streams=seen.streams,
        arrivals=arrivals,
        clumping=clumping,
        season=ahead(seen.season),
        seasonal=seen.season.told,
        lead_conversion=of_leads,
        begins=_begins(seen),
        conversion=conversion,
        trials=trials,
        delays=delay,
        sizes=size,
        people=staff,
        sellers=sellers(ledger, seen.trail, seen.window, staff, rng),
        standing=standing(ledger, seen.trail, seen.stream, seen.of_lead, expected),
        history=history(ledger, seen),
        won=len(seen.won),
        says=_says(ledger, seen.trail, len(seen.won), value),
    )


def _seed(ledger: Ledger, pipeline: int) -> int:
    return (len(ledger.deals) * 1_000_003 + len(ledger.leads) * 101 + int(ledger.as_of) + pipeline) % 2**31


def _staff(ledger: Ledger, seen: Gathered, expected: Expected) -> People:
    took = taken(ledger, seen.trail, seen.starts, len(ledger.names["owner"]))
    return people(seen.trail, expected.conversion[seen.stream], seen.window, took, len(ledger.staff.hired))


def _conversion(seen: Gathered, rng: np.random.Generator) -> tuple[NDArray[np.float64], Matrix]:
    """((N, G, K) draws, (G, K) passages that ended in the window)."""
    trail, stages, streams = seen.trail, seen.passages, len(seen.streams)
    total = beta(np.array([one.share for one in stages]), np.array([one.trials for one in stages]), rng)
    ended = (trail.ended >= seen.window.start) & (trail.ended < seen.window.end) & (trail.outcome != 0)
    wins, trials = (np.zeros((streams, len(stages))) for _ in range(2))
    for stage in range(len(stages)):
        own = ended[:, stage]
        trials[:, stage] = np.bincount(seen.stream[own], minlength=streams)
        wins[:, stage] = np.bincount(seen.stream[own], trail.outcome[own, stage] == 1, minlength=streams)
    return by_group(total, wins, trials, rng), trials


def _lead_conversion(leads: list[Incidence], of_leads: NDArray[np.bool_], rng: np.random.Generator) -> Matrix:
    own, whole = leads[:-1], leads[-1]
    known = [one if one.trials else whole for one in own]
    found = beta(np.array([one.share for one in known]), np.array([min(one.trials, 1e9) for one in known]), rng)
    return np.where(of_leads, found, 1.0)


def _begins(seen: Gathered) -> Matrix:
    """The stages in which the window's new deals were first recorded, tempered towards all of them."""
    trail, stream, now = seen.trail, seen.stream, seen.window
    stages, streams = len(trail.stages), len(seen.streams)
    entered = trail.entered[np.arange(len(trail.deal)), trail.first] if stages else np.empty(0)
    new = (entered >= now.start) & (entered < now.end) & (stream >= 0)
    if not new.any():
        new = stream >= 0
    counts = np.bincount(stream[new] * stages + trail.first[new], minlength=streams * stages).reshape(streams, stages)
    whole = counts.sum(axis=0) / max(1, counts.sum())
    found = (counts + LENT * whole) / (counts.sum(axis=1, keepdims=True) + LENT)
    return np.asarray(found, dtype=np.float64)


def _says(ledger: Ledger, trail: Paths, won: int, values: NDArray[np.float64]) -> tuple[str, ...]:
    facts = {
        "no_deals": not len(trail.deal),
        "no_wins": not won,
        "few_wins": 0 < won < FEW_WINS,
        "no_values": bool(won) and not (values > 0).any(),
        "one_deal": bool((values > 0).sum() > 1) and float(np.nanmax(values) / np.nansum(values)) > ONE_DEAL,
        "no_leads": not len(ledger.leads),
    }
    return tuple(word for word, so in facts.items() if so)
