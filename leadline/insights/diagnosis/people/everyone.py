"""What every stage says of everybody, worked out once for a ledger: several checks ask for it."""

from __future__ import annotations

import weakref
from dataclasses import dataclass

import numpy as np

from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.cases import Cases, cases, cells
from leadline.insights.diagnosis.people.model import People, people
from leadline.insights.ledger.ledger import NOBODY, Ledger

FEWEST = 20  # decided cases of a stage, some of which went on and some not
_KNOWN: dict[int, Everyone] = {}  # by the ledger's identity, as long as it lives


@dataclass(frozen=True)
class Everyone:
    """All decided passages, and the people of each stage that has enough of them; `stages` are their places.

    Stage NOBODY, before all others, stands for deals that were never seen in one: from their creation to their end.
    """

    cases: Cases
    stages: tuple[int, ...]
    people: tuple[People, ...]

    def at(self, stage: int) -> People:
        """Of a stage, by its place. Raises ValueError where it has too few cases."""
        return self.people[self.stages.index(stage)]


def everyone(ledger: Ledger) -> Everyone:
    """The models of all stages, in the order of their pipelines."""
    known = _KNOWN.get(id(ledger))
    if known is None:
        known = _KNOWN[id(ledger)] = _everyone(ledger)
        weakref.finalize(ledger, _KNOWN.pop, id(ledger), None)
    return known


def compared(ledger: Ledger) -> Everyone:
    """The same. Raises Missing where nobody can be compared with anybody."""
    found = everyone(ledger)
    if not len(found.cases):
        raise Missing("stages")
    if len(np.unique(found.cases.owner)) < 3:  # of two nobody can say who is the odd one
        raise Missing("people")
    if not found.stages:
        raise Missing("deals", FEWEST)
    return found


def _everyone(ledger: Ledger) -> Everyone:
    found, stages, models = cases(ledger), [], []
    pipeline, rank = (np.append(column, NOBODY) for column in (ledger.stages.pipeline, ledger.stages.rank))
    order = sorted(np.unique(found.stage), key=lambda place: (pipeline[place], rank[place]))
    for stage in order:
        own = found.at(found.stage == stage)
        if min(len(own), 4 * int(own.advanced.sum()), 4 * int((~own.advanced).sum())) >= FEWEST:
            stages.append(int(stage))
            models.append(people(*cells(own)))
    return Everyone(found, tuple(stages), tuple(models))
