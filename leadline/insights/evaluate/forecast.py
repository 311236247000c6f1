"""The forecast from past moments held against what came: company by company, kept, so that a run can be resumed."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leadline.insights.evaluate.companies import company
from leadline.insights.evaluate.datasets import FILES, dataset
from leadline.insights.evaluate.seeds import seeds as range_of
from leadline.insights.forecast.answer import Past
from leadline.insights.forecast.correction import EVERY, corrected, correction
from leadline.insights.forecast.days import WEEK
from leadline.insights.forecast.drawing import Drawn, cannot, drawn
from leadline.insights.forecast.forecasting import forecast
from leadline.insights.forecast.past import ORIGINS, foretold, horizons, judged
from leadline.insights.ledger.cutting import as_of
from leadline.insights.ledger.ledger import Flags, Ids, Ledger, Status
from leadline.insights.simulator.scenarios import SCENARIOS as PLANTED

Counts = NDArray[np.int64]

SCENARIOS = ("healthy", "leaky_stage", "lead_drought")
SIZES = ("small", "large")
DATA = "data"  # the size of data sets, whose seed is 0
WEEKS = 13  # the longer of the two horizons
YEAR = 13  # past moments, every fourth week, that are judged
BEFORE = ORIGINS  # past moments before those, from whose errors the first of them learn
GRAIN = 200  # chances are kept rounded to a half per cent
AT_LEAST = 2  # processes: below it all is done in this one


@dataclass(frozen=True)
class Asked:
    """A company: simulated, or (size `data`) a data set."""

    name: str
    seed: int
    size: str


@dataclass(frozen=True)
class Told:
    """A forecast from a past moment and what came; `raw` are the quantiles before correction."""

    as_of: float
    weeks: int
    quantiles: tuple[float, ...]
    raw: tuple[float, ...]
    weighted: float
    last_year: float
    sellers: float
    outcome: float


@dataclass(frozen=True)
class Run:
    """All forecasts of one company. `chances[i]` counts open deals with a chance of i / GRAIN, `wins[i]` those won."""

    asked: Asked
    told: tuple[Told, ...]
    chances: tuple[int, ...]
    wins: tuple[int, ...]
    untold: tuple[str, ...]  # why there was none, once for each past moment without a forecast
    deals: int
    open: int
    seconds: float  # of the processor, for one forecast at the end, with its own past errors
    megabytes: float  # of the process at its height


def asked(seeds: str, sizes: str, scenarios: str, data: Sequence[str] = ()) -> list[Asked]:
    """The data sets, then all combinations seed by seed, so that one broken off has some of each. Raises ValueError."""
    numbers = range_of(seeds)
    names = [name.strip() for name in scenarios.split(",") if name.strip()] or list(SCENARIOS)
    wanted = [size.strip() for size in sizes.split(",") if size.strip()]
    wrong = [one for one in wanted if one not in SIZES]
    if wrong:
        raise ValueError(f"{wrong[0]} is not known. There are: {', '.join(SIZES)}.")
    unknown = [one for one in names if one not in PLANTED] + [one for one in data if one not in FILES]
    if unknown:
        raise ValueError(f"{unknown[0]} is not known. There are: {', '.join((*PLANTED, *FILES))}.")
    simulated = [Asked(name, seed, size) for seed in numbers for size in wanted for name in names]
    return [Asked(name, 0, DATA) for name in data] + simulated


def evaluated(runs: list[Asked], keep: Path, workers: int = 1) -> Iterator[Run]:
    """The runs as they are done; those kept in the folder are read from it, others are kept there."""
    keep.mkdir(parents=True, exist_ok=True)
    left = []
    for one in runs:
        place = _file(keep, one)
        if place.exists():
            yield read(place.read_text())
        else:
            left.append(one)
    if workers < AT_LEAST or len(left) < AT_LEAST:
        for one in left:
            yield _kept(one, keep)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_kept, left, [keep] * len(left))


def run(one: Asked, ledger: Ledger) -> Run:
    """Every fourth week of the last year; of each only what was known then."""
    past: list[Past] = []
    told: list[Told] = []
    untold: list[str] = []
    counts, wins = np.zeros(GRAIN + 1, np.int64), np.zeros(GRAIN + 1, np.int64)
    for back in range(YEAR + BEFORE, 0, -1):
        then = as_of(ledger, ledger.as_of - WEEK * EVERY * back)
        why = cannot(then)
        if why:
            untold += [why.reason] if back <= YEAR else []
            continue
        found = drawn(then, WEEKS)
        said = foretold(found, horizons(WEEKS))
        if back <= YEAR:
            learned = correction([one for known in past for one in judged([known], then)])
            better = foretold(replace(found, events=corrected(found.events, learned)), horizons(WEEKS))
            told += _told(said, better, ledger)
            if ledger.as_of - then.as_of >= WEEK * WEEKS:
                _count(found, ledger, counts, wins)
        past += said
    seconds, megabytes = _cost(ledger)
    opened = int((ledger.deals.status == Status.OPEN).sum())
    return Run(
        *(one, tuple(told), tuple(counts.tolist()), tuple(wins.tolist()), tuple(untold)),
        *(len(ledger.deals), opened, seconds, megabytes),
    )


def _told(raw: list[Past], better: list[Past], ledger: Ledger) -> list[Told]:
    """Those whose weeks are over by the end."""
    known = {one.weeks: one.outcome for one in judged(raw, ledger)}
    return [
        Told(
            *(after.as_of, after.weeks, tuple(after.quantiles.tolist()), tuple(before.quantiles.tolist())),
            *(before.weighted, before.last_year, before.sellers, known[after.weeks]),
        )
        for before, after in zip(raw, better, strict=True)
        if after.weeks in known
    ]


def _count(found: Drawn, ledger: Ledger, counts: Counts, wins: Counts) -> None:
    """Adds the open deals of a past moment by their chance to be won within the horizon."""
    chance = found.chances.won.mean(axis=0)[:, :WEEKS].sum(axis=1)
    place = np.clip(np.round(chance * GRAIN), 0, GRAIN).astype(np.int64)
    then = found.book.ledger
    won = _won_by(ledger, then.deals.id[found.chances.deal], then.as_of + WEEK * WEEKS)
    counts += np.bincount(place, minlength=GRAIN + 1)
    wins += np.bincount(place[won], minlength=GRAIN + 1)


def _won_by(ledger: Ledger, ids: Ids, moment: float) -> Flags:
    deals = ledger.deals
    order = np.argsort(deals.id)
    row = order[np.minimum(np.searchsorted(deals.id[order], ids), len(order) - 1)]
    found: Flags = (deals.id[row] == ids) & (deals.status[row] == Status.WON) & (deals.closed[row] <= moment)
    return found


def _cost(ledger: Ledger) -> tuple[float, float]:
    """(processor seconds of a whole forecast, megabytes of this process at its height)."""
    begun = time.process_time()  # other work on the machine is not counted
    forecast(ledger, WEEKS)
    seconds = time.process_time() - begun
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def counted(ledger: Ledger) -> Ledger:
    """Where no won deal has an amount, wins are forecast instead of money: each deal is worth 1."""
    deals, values = ledger.deals, ledger.values
    if (deals.value[deals.status == Status.WON] > 0).any():
        return ledger
    ones = replace(deals, value=np.ones(len(deals)))
    return replace(ledger, deals=ones, values=replace(values, was=np.ones(len(values))))


def _file(keep: Path, one: Asked) -> Path:
    return keep / f"forecast-{one.size}-{one.name}-{one.seed}.json"


def _kept(one: Asked, keep: Path) -> Run:
    done = run(one, _ledger(one, keep))
    place = _file(keep, one)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(done)))
    unfinished.replace(place)
    return done


def _ledger(one: Asked, keep: Path) -> Ledger:
    if one.size == DATA:
        return counted(dataset(one.name, keep))
    return company(one.name, one.seed, one.size)[0]


def read(text: str) -> Run:
    """A run as it was kept."""
    told = json.loads(text)
    several = (
        Told(**{**each, "quantiles": tuple(each["quantiles"]), "raw": tuple(each["raw"])}) for each in told["told"]
    )
    lists = {name: tuple(told[name]) for name in ("chances", "wins", "untold")}
    return Run(**{**told, **lists, "asked": Asked(**told["asked"]), "told": tuple(several)})
