"""Levers: what lifting each factor of the pipeline to its benchmark would add, and which is the constraint (R17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from leadline.insights.diagnosis.finding import Place, Worth
from leadline.insights.diagnosis.levers_benchmark import LEAST, benchmark
from leadline.insights.diagnosis.levers_factors import SELLING, Factor, factors, people_lift
from leadline.insights.diagnosis.worth import gains, told, unchanged
from leadline.insights.fitted.fitted import Change, Fitted, Matrix, lifted
from leadline.insights.ledger.ledger import NOBODY, Floats

MATTERS = 0.01  # of what is booked: a gain below it is not worth a meeting
TOGETHER = 1.25  # the gain at all sources over the largest at one, from which it is one matter and not that source's
SURE = 0.5  # probability of being the largest from which a lever is called the constraint
Targets = Mapping[tuple[str, int, int], float]  # (what, stage or NOBODY, source or NOBODY): the level that is wanted


@dataclass(frozen=True)
class Lever:
    """One factor: where it is `now`, its `benchmark` (`unit`: share, days, money, leads or deals a quarter), the gain.

    `by` says where the benchmark is from: best_quarters (since day `since`), upper_quartile (of people; `now` and
    `benchmark` are then the stage's conversion), target (set by a user). `largest` is the probability that no other
    lever adds more; `moves` that its gain is above 0.
    """

    area: str  # lead_generation, lead_management, selling
    what: str  # leads, deals, lead_conversion, lead_days, conversion, days, size, people
    place: Place
    unit: str
    now: float
    benchmark: float
    by: str
    since: float | None
    gain: Worth  # money a quarter over the coming year
    change: Change
    largest: float = 0.0
    moves: float = 0.0


@dataclass(frozen=True)
class Area:
    """An area of the revenue system: what all its levers add together, and how likely no other area adds more."""

    name: str
    gain: Worth
    largest: float


@dataclass(frozen=True)
class Levers:
    """All of them, the largest gain first. `constraint` is None where `verdict` is not told.

    `verdict`: told; several (some gain is certain, but not which is the largest); nothing (no lever surely adds what
    matters: all is near its own best); short (too little is known: `fitted.says`, or less than three quarters;
    the levers are guesses).
    `booked` is what a quarter brings if all goes on as it is.
    """

    levers: tuple[Lever, ...]
    areas: tuple[Area, ...]
    constraint: Lever | None
    verdict: str
    booked: Worth | None


def levers(fitted: Fitted, targets: Targets | None = None) -> Levers:
    """Of a fitted pipeline; `targets` set by users count before its own best quarters. The same draws every time."""
    if not fitted.usable or "no_values" in fitted.says:
        return Levers((), (), None, "short", None)
    rng = np.random.default_rng((fitted.seed, 17))
    found = [*_to_best(fitted, targets or {}, rng), *_to_upper_quartile(fitted, rng)]
    booked = unchanged(fitted)
    if not found:
        return Levers((), (), None, "short", told(booked))
    draws = np.stack([gain for _lever, gain in found], axis=1)
    chances = _largest(np.where(_counts([lever for lever, _gain in found]), draws, 0.0))
    each = [
        replace(lever, largest=float(chance), moves=float((gain > 0).mean()))
        for (lever, gain), chance in zip(found, chances, strict=True)
    ]
    each.sort(key=lambda lever: -lever.gain.value)
    constraint, verdict = _constraint(each, float(np.median(booked)))
    if "few_wins" in fitted.says or len(fitted.history) < LEAST:
        constraint, verdict = None, "short"
    return Levers(tuple(each), _areas([lever for lever, _gain in found], draws), constraint, verdict, told(booked))


def _to_best(fitted: Fitted, targets: Targets, rng: np.random.Generator) -> Iterator[tuple[Lever, Floats]]:
    for factor in factors(fitted):
        sign = -1.0 if factor.less else 1.0
        best = benchmark(sign * factor.log, factor.error, fitted.window.quarters, fitted.draws, rng)
        if best is None:
            continue
        now, goal, since, by = sign * best.now, sign * best.best, fitted.history.starts[best.first], "best_quarters"
        wanted = targets.get((factor.what, factor.place.stage, factor.place.source))
        if wanted:
            goal, since, by = np.full(fitted.draws, np.log(wanted)), None, "target"
        ratio = np.exp(np.clip(goal - now, -3.0, 3.0))
        change = lifted(factor.what, ratio, stage=factor.place.stage, source=factor.place.source)
        gain = gains(fitted, change)
        yield (
            _lever(factor, float(np.exp(np.median(now))), float(np.exp(np.median(goal))), by, since, gain, change),
            gain,
        )


def _lever(
    factor: Factor, now: float, goal: float, by: str, since: float | None, gain: Floats, change: Change
) -> Lever:
    day = None if since is None else float(since)
    return Lever(factor.area, factor.what, factor.place, factor.unit, now, goal, by, day, told(gain), change)


def _to_upper_quartile(fitted: Fitted, rng: np.random.Generator) -> Iterator[tuple[Lever, Floats]]:
    for place, stage in enumerate(fitted.stages):
        found = people_lift(fitted, place, rng)
        if found is None or not fitted.people.spread[place]:
            continue
        ratio, _each = found
        trials = fitted.trials[:, place]
        now = float(np.median(fitted.conversion[:, :, place] @ trials / max(trials.sum(), 1e-9)))
        change = lifted("conversion", ratio, stage=int(stage))
        gain = gains(fitted, change)
        here = Place(stage=int(stage), pipeline=fitted.pipeline)
        goal = now * float(np.median(ratio))
        yield (
            Lever(SELLING, "people", here, "share", now, goal, "upper_quartile", None, told(gain), change),
            gain,
        )


def _counts(each: list[Lever]) -> NDArray[np.bool_]:
    """Which compete for being the largest: all sources' lead conversion as one, or each source's if one is most of it.

    Otherwise the whole would always be ahead of its parts, or the parts would hide what all of them have in common.
    """
    of_leads = np.array([lever.what == "lead_conversion" for lever in each])
    whole = of_leads & np.array([lever.place.source == NOBODY for lever in each])
    gain = np.array([lever.gain.value for lever in each])
    if not whole.any():
        return np.full(len(each), True)
    shared = gain[whole][0] > TOGETHER * gain[of_leads & ~whole].max()
    return np.asarray(~of_leads | (whole if shared else ~whole))


def _largest(draws: Matrix) -> Floats:
    """The share of draws (N, L) in which each is the largest, and adds anything at all."""
    best = np.argmax(draws, axis=1)
    won = best[draws[np.arange(len(draws)), best] > 0]
    return np.asarray(np.bincount(won, minlength=draws.shape[1]) / len(draws))


def _constraint(each: list[Lever], booked: float) -> tuple[Lever | None, str]:
    sure = [lever for lever in each if lever.gain.low > 0 and lever.gain.value >= MATTERS * booked]
    if not sure:
        return None, "nothing"
    first = max(sure, key=lambda lever: lever.largest)
    return (first, "told") if first.largest >= SURE else (None, "several")


def _once(each: list[Lever]) -> NDArray[np.bool_]:
    """Less the parts of what is there as a whole, and the smaller of two lifts of one stage's conversion."""
    counts = _counts(each)
    gain = np.array([lever.gain.value for lever in each])
    for here, lever in enumerate(each):
        if lever.what == "people":
            for there, other in enumerate(each):
                if other.what == "conversion" and other.place.stage == lever.place.stage:
                    counts[here if gain[here] < gain[there] else there] = False
    return counts


def _areas(each: list[Lever], draws: Matrix) -> tuple[Area, ...]:
    """Gains of one area are added up; what lifts of the same area do to each other is left out.

    What counts twice does so once: all sources as one beside each; people and everybody's conversion at one stage.
    """
    names = list(dict.fromkeys(lever.area for lever in each))
    member = np.array([[lever.area == name for name in names] for lever in each], dtype=np.float64)
    total = np.maximum(draws, 0.0) * _once(each) @ member
    chance = _largest(total)
    return tuple(Area(name, told(total[:, place]), float(chance[place])) for place, name in enumerate(names))
