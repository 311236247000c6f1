"""The factors of a pipeline's past quarters, on the logarithm, with their errors; each with the lift that moves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leadline.insights.diagnosis.finding import Place
from leadline.insights.fitted.fitted import QUARTER_WEEKS, Fitted, Matrix
from leadline.insights.ledger.ledger import NOBODY, Floats

GENERATION, MANAGEMENT, SELLING = "lead_generation", "lead_management", "selling"
LEAD_SPREAD = 1.4  # error of the logarithm of a median, for one case: of times that differ by a factor of three
ENOUGH = 10.0  # cases in the present, below which a factor has no lever


@dataclass(frozen=True)
class Factor:
    """One of them: (Q,) logarithms and errors. `less` is better for times; `unit` as in `finding.Fact`."""

    area: str
    what: str  # as in fitted.Lift
    place: Place
    unit: str
    log: Floats
    error: Floats
    less: bool = False


def factors(fitted: Fitted) -> Iterator[Factor]:
    """Those of which there are enough cases to speak."""
    sources = list(_of_sources(fitted))
    yield from sources
    yield from _together([factor for factor in sources if factor.what == "lead_conversion"], fitted)
    past, recent = fitted.history, fitted.window.quarters
    for place, stage in enumerate(fitted.stages):
        here = Place(stage=int(stage), pipeline=fitted.pipeline)
        share, trials = past.conversion[:, place], past.trials[:, place]
        if np.nansum(trials[-recent:]) >= ENOUGH:
            yield Factor(SELLING, "conversion", here, "share", *_of_share(share, trials))
        if past.stays[-recent:, place].sum() >= ENOUGH:
            yield Factor(SELLING, "days", here, "days", past.log_stay[:, place], past.log_stay_error[:, place], True)
    if fitted.won:
        yield Factor(SELLING, "size", Place(pipeline=fitted.pipeline), "money", past.log_size, past.log_size_error)


def _of_sources(fitted: Fitted) -> Iterator[Factor]:
    past, streams, recent = fitted.history, fitted.streams, fitted.window.quarters
    with_leads = streams.source[streams.of_leads]
    for stream, source in enumerate(streams.source):
        if source == NOBODY or (not streams.of_leads[stream] and source in with_leads):
            continue
        place = Place(source=int(source), pipeline=fitted.pipeline)
        came = past.came[:, stream]
        if came[-recent:].sum() >= ENOUGH:
            error = np.sqrt(1 / (came + 0.5) + fitted.clumping[stream] / QUARTER_WEEKS)
            what = "leads" if streams.of_leads[stream] else "deals"
            yield Factor(GENERATION, what, place, what, np.log((came + 0.5) / past.expected * QUARTER_WEEKS), error)
        share, trials = past.lead_conversion[:, stream], past.lead_trials[:, stream]
        if not streams.of_leads[stream] or np.nansum(trials[-recent:]) < ENOUGH:
            continue
        yield Factor(MANAGEMENT, "lead_conversion", place, "share", *_of_share(share, trials))
        days, became = past.lead_days[:, stream], share * trials
        with np.errstate(divide="ignore", invalid="ignore"):
            slow = np.log(np.where(days > 0, days, np.nan))
            yield Factor(MANAGEMENT, "lead_days", place, "days", slow, LEAD_SPREAD / np.sqrt(became), True)


def _together(each: list[Factor], fitted: Fitted) -> Iterator[Factor]:
    """The lead conversion of all sources as one, each with the weight of the deals that come of it at present."""
    if len(each) < 2:
        return
    streams = [fitted.streams.of(factor.place.source) for factor in each]
    weight = (fitted.arrivals * fitted.lead_conversion).mean(axis=0)[streams]
    weight = weight / weight.sum()
    log, error = np.stack([factor.log for factor in each]), np.stack([factor.error for factor in each])
    whole = Place(pipeline=fitted.pipeline)
    yield Factor(MANAGEMENT, "lead_conversion", whole, "share", weight @ log, np.sqrt(weight**2 @ error**2))


def _of_share(share: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """The logarithm of a share and its error; NaN where there are no cases. Half a case of each kind is lent."""
    known = trials > 0
    n = np.where(known, trials, 1.0)
    p = (np.nan_to_num(share) * n + 0.5) / (n + 1)
    return np.where(known, np.log(p), np.nan), np.where(known, np.sqrt((1 - p) / (p * n)), np.nan)


def people_lift(fitted: Fitted, stage: int, rng: np.random.Generator) -> tuple[Floats, Matrix] | None:
    """((N,) factor on the stage's conversion if those below the upper quartile came up to it, (N, people) by how much).

    Skills are drawn as they may be, so that the quartile is that of people, not of luck. None below four people.
    """
    staff = fitted.people
    some = np.flatnonzero(staff.working & (staff.load[:, stage] >= 1))
    if len(some) < 4:
        return None
    usual = fitted.conversion[:, :, stage] @ fitted.trials[:, stage] / max(fitted.trials[:, stage].sum(), 1e-9)
    drawn = staff.skill[some, stage] + staff.skill_error[some, stage] * rng.standard_normal((fitted.draws, len(some)))
    best = np.quantile(drawn, 0.75, axis=1, keepdims=True)
    odds = np.log(np.clip(usual, 1e-6, 1 - 1e-6) / (1 - np.clip(usual, 1e-6, 1 - 1e-6)))[:, None]
    ratio = (1 + np.exp(-(odds + drawn))) / (1 + np.exp(-(odds + np.maximum(best, drawn))))
    load = staff.load[some, stage]
    part = load / max(staff.load[:, stage].sum(), 1e-9)
    return np.asarray(1 + (ratio - 1) @ part), np.asarray(ratio)
