"""From a ledger to a fitted pipeline."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.arriving import ahead, coming, rates, season, streams, weekly
from leadline.insights.fitted.converting import beta, by_group
from leadline.insights.fitted.delaying import delays
from leadline.insights.fitted.fitted import Fitted, Matrix, Window
from leadline.insights.fitted.incidence import Incidence, incidence
from leadline.insights.fitted.looking_back import history, leads_over, taken
from leadline.insights.fitted.paths import Paths, paths
from leadline.insights.fitted.sizing import filled, sizes
from leadline.insights.fitted.staffing import people, sellers
from leadline.insights.fitted.standing import Expected, standing
from leadline.insights.fitted.window import quarters, window
from leadline.insights.ledger.ledger import Ledger, Status

FEW_WINS = 15
ONE_DEAL = 0.5  # of all that was won: more than that, and every mean is that deal's
LENT = 5.0  # deals of all streams that a stream's own first stages are tempered with


def fit(ledger: Ledger, pipeline: int | None = None) -> Fitted:
    """The pipeline (None: the one with most deals) as it is at the ledger's `as_of`, with N = DRAWS draws.

    Nothing is drawn from but the ledger: the same one gives the same draws. Empty parts give shapes with a 0, and
    `says` names what could not be fitted; `usable` is false where there is nothing to simulate.
    """
    pipeline = busiest(ledger) if pipeline is None else pipeline
    seed = (len(ledger.deals) * 1_000_003 + len(ledger.leads) * 101 + int(ledger.as_of) + pipeline) % 2**31
    rng = np.random.default_rng(seed)
    trail = paths(ledger, pipeline)
    deals = ledger.deals
    closed = deals.closed[trail.deal]
    won = trail.deal[deals.status[trail.deal] == Status.WON]
    now = window(ledger.start, ledger.as_of, closed[np.isfinite(closed)], deals.closed[won])
    flows, of_lead, of_deal = streams(ledger, pipeline)
    came = coming(ledger, of_lead, of_deal)
    counts = weekly(came, len(flows), min(ledger.start, ledger.as_of - 7), ledger.as_of)
    year = season(counts)
    weights = year.factor(np.arange(-len(counts), 0) + 0.5)
    recent = max(1, min(len(counts), round((now.end - now.start) / 7)))
    arrivals, clumping = rates(counts, weights, recent, rng)
    leads = _leads(ledger, flows.of_leads, of_lead, now)
    stages = [_stage(trail, stage, now) for stage in range(len(trail.stages))]
    stream = of_deal[trail.deal]
    conversion, trials = _conversion(trail, stream, len(flows), stages, now, rng)
    order = won[np.argsort(deals.closed[won], kind="stable")]
    order = order[deals.closed[order] >= now.start]
    starts = quarters(ledger.start, ledger.as_of)
    chance = conversion.mean(axis=0)[stream]
    staff = people(
        trail, chance, now, taken(ledger, trail, starts, len(ledger.names["owner"])), len(ledger.staff.hired)
    )
    delay, size = (
        delays(leads, stages),
        sizes(deals.value[order], of_deal[order], len(flows), filled(ledger, order), rng),
    )
    of_leads = _lead_conversion(leads, flows.of_leads, rng)
    expected = Expected(conversion.mean(axis=0), of_leads.mean(axis=0), size.unpriced, delay)
    return Fitted(
        pipeline=pipeline,
        as_of=ledger.as_of,
        seed=seed,
        window=now,
        stages=trail.stages,
        streams=flows,
        arrivals=arrivals,
        clumping=clumping,
        season=ahead(year),
        seasonal=year.told,
        lead_conversion=of_leads,
        begins=_begins(trail, stream, len(flows), now),
        conversion=conversion,
        trials=trials,
        delays=delay,
        sizes=size,
        people=staff,
        sellers=sellers(ledger, trail, now, staff, rng),
        standing=standing(ledger, trail, stream, of_lead, expected),
        history=history(ledger, trail, came, of_lead, starts, year, len(flows)),
        won=len(order),
        says=_says(ledger, trail, len(order), deals.value[order]),
    )


def busiest(ledger: Ledger) -> int:
    """The pipeline with most deals; the first where there are none."""
    own = ledger.deals.pipeline[ledger.deals.pipeline >= 0]
    return int(np.argmax(np.bincount(own))) if len(own) else 0


def _leads(ledger: Ledger, of_leads: NDArray[np.bool_], of_lead: NDArray[np.int64], now: Window) -> list[Incidence]:
    """Of each stream, and at the end of all together."""
    over, became = leads_over(ledger)
    created = ledger.leads.created
    groups = [of_lead == stream if comes else np.zeros(len(created), bool) for stream, comes in enumerate(of_leads)]
    return [incidence(created[own], over[own], became[own], now.start, now.end) for own in [*groups, of_lead >= 0]]


def _stage(trail: Paths, stage: int, now: Window) -> Incidence:
    return incidence(trail.entered[:, stage], trail.ended[:, stage], trail.outcome[:, stage], now.start, now.end)


def _conversion(
    trail: Paths,
    stream: NDArray[np.int64],
    streams_: int,
    stages: list[Incidence],
    now: Window,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], Matrix]:
    """((N, G, K) draws, (G, K) passages that ended in the window)."""
    total = beta(np.array([one.share for one in stages]), np.array([one.trials for one in stages]), rng)
    ended = (trail.ended >= now.start) & (trail.ended < now.end) & (trail.outcome != 0)
    wins, trials = (np.zeros((streams_, len(stages))) for _ in range(2))
    for stage in range(len(stages)):
        own = ended[:, stage]
        trials[:, stage] = np.bincount(stream[own], minlength=streams_)
        wins[:, stage] = np.bincount(stream[own], trail.outcome[own, stage] == 1, minlength=streams_)
    return by_group(total, wins, trials, rng), trials


def _lead_conversion(leads: list[Incidence], of_leads: NDArray[np.bool_], rng: np.random.Generator) -> Matrix:
    own, whole = leads[:-1], leads[-1]
    known = [one if one.trials else whole for one in own]
    found = beta(np.array([one.share for one in known]), np.array([min(one.trials, 1e9) for one in known]), rng)
    return np.where(of_leads, found, 1.0)


def _begins(trail: Paths, stream: NDArray[np.int64], streams_: int, now: Window) -> Matrix:
    """The stages in which the window's new deals were first recorded, tempered towards all of them."""
    stages = len(trail.stages)
    entered = trail.entered[np.arange(len(trail.deal)), trail.first] if stages else np.empty(0)
    new = (entered >= now.start) & (entered < now.end) & (stream >= 0)
    if not new.any():
        new = stream >= 0
    counts = np.bincount(stream[new] * stages + trail.first[new], minlength=streams_ * stages).reshape(-1, stages)
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
