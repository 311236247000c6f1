"""The diagnosis of companies with a known fault: run by run, kept, so that what is broken off can go on."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from leadline.insights.diagnosis.diagnose import Diagnosis, diagnose
from leadline.insights.diagnosis.finding import Candidate, Place
from leadline.insights.evaluate.companies import company
from leadline.insights.evaluate.seeds import seeds as range_of
from leadline.insights.simulator.scenarios import SCENARIOS

SIZES = ("small", "large")
AT_LEAST = 2  # processes: below it all is done in this one


@dataclass(frozen=True)
class Asked:
    """One company to be made and diagnosed."""

    scenario: str
    seed: int
    size: str


@dataclass(frozen=True)
class Said:
    """A finding, in short; `under` are the kinds it explains."""

    kind: str
    place: Place
    p: float
    q: float
    worth: float
    since: float | None
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """What was planted where, what was said in which order, and how long the diagnosis took."""

    asked: Asked
    fault: str
    planted: Place
    said: tuple[Said, ...]
    failed: tuple[str, ...]
    looked_at: int
    seconds: float


def asked(seeds: str, sizes: str, scenarios: str) -> list[Asked]:
    """All combinations, seed by seed, so that a run broken off has something of everything. Raises ValueError."""
    numbers = range_of(seeds)
    names = [name.strip() for name in scenarios.split(",") if name.strip()] or list(SCENARIOS)
    large = [size.strip() for size in sizes.split(",") if size.strip()]
    for given, known in ((names, SCENARIOS), (large, SIZES)):
        wrong = [one for one in given if one not in known]
        if wrong:
            raise ValueError(f"{wrong[0]} is not known. There are: {', '.join(known)}.")
    return [Asked(name, seed, size) for seed in numbers for size in large for name in names]


def evaluated(runs: list[Asked], keep: Path, workers: int = 1) -> Iterator[Run]:
    """The runs as they are done; those kept in the folder are read from it, others are kept there."""
    keep.mkdir(parents=True, exist_ok=True)
    left = []
    for one in runs:
        kept = _file(keep, one)
        if kept.exists():
            yield read(kept.read_text())
        else:
            left.append(one)
    if workers < AT_LEAST or len(left) < AT_LEAST:
        for one in left:
            yield _kept(one, keep)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(_kept, left, [keep] * len(left))


def _file(keep: Path, one: Asked) -> Path:
    return keep / f"{one.size}-{one.scenario}-{one.seed}.json"


def _kept(one: Asked, keep: Path) -> Run:
    done = run(one)
    place = _file(keep, one)
    unfinished = place.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(asdict(done), indent=1))
    unfinished.replace(place)
    return done


def read(text: str) -> Run:
    """A run as it was kept."""
    told = json.loads(text)
    said = (Said(**{**one, "place": Place(**one["place"]), "under": tuple(one["under"])}) for one in told["said"])
    return Run(
        Asked(**told["asked"]),
        told["fault"],
        Place(**told["planted"]),
        tuple(said),
        tuple(told["failed"]),
        told["looked_at"],
        told["seconds"],
    )


def run(one: Asked) -> Run:
    """Makes the company and has it diagnosed."""
    ledger, truth = company(one.scenario, one.seed, one.size)
    begun = time.perf_counter()
    found = diagnose(ledger)
    seconds = time.perf_counter() - begun
    planted = Place(stage=truth.stage, source=truth.source, person=truth.person, team=truth.team)
    return Run(one, truth.fault, planted, _said(found), found.failed, found.looked_at, seconds)


def _said(found: Diagnosis) -> tuple[Said, ...]:
    return tuple(
        Said(
            one.candidate.kind,
            one.candidate.place,
            one.candidate.p,
            one.q,
            _worth(one.candidate),
            one.candidate.since,
            tuple(other.kind for other in one.shows),
        )
        for one in found.findings
    )


def _worth(candidate: Candidate) -> float:
    return candidate.worth.value if candidate.worth else 0.0
