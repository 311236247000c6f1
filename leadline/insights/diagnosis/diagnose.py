"""The diagnosis: what is wrong, what it costs, what cannot be told yet, and where to begin."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from leadline.insights.diagnosis.checks import CHECKS, name
from leadline.insights.diagnosis.constraint import constraint
from leadline.insights.diagnosis.explaining import explained
from leadline.insights.diagnosis.finding import Candidate, Constraint, Finding, Place, Untold
from leadline.insights.diagnosis.keys import key
from leadline.insights.diagnosis.levers import Levers, levers
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import closed
from leadline.insights.diagnosis.multiplicity import RATE, rates
from leadline.insights.diagnosis.ordering import ordered
from leadline.insights.diagnosis.people.verdicts import Verdict, verdicts
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.fitted.fitting import fit
from leadline.insights.ledger.ledger import Ledger

Done = TypeVar("Done")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Diagnosis:
    """As of a moment: `findings` in the order of what to do first, `cannot_tell` by kind and place.

    `failed` are the checks that could not be run for a fault of this program ("fitted": the pipeline could not be
    fitted); `looked_at` is how many hypotheses were judged together. `stages` say of each stage whether it is everyone,
    some people or the mix they are given (R18); none where nobody can be compared.
    """

    as_of: float
    findings: tuple[Finding, ...]
    cannot_tell: tuple[Untold, ...]
    levers: Levers | None
    constraint: Constraint
    failed: tuple[str, ...]
    looked_at: int
    stages: tuple[Verdict, ...] = ()


def diagnose(ledger: Ledger) -> Diagnosis:
    """All that the checks have found in a ledger. The same ledger gives the same diagnosis; nothing is raised."""
    failed: list[str] = []
    fitted = _attempted("fitted", lambda: fit(ledger), failed)
    found = _attempted("levers", lambda: levers(fitted), failed) if fitted else None
    candidates, untold = _looked(ledger, fitted, failed)
    looked = [candidate for candidate in candidates if candidate.p == candidate.p]
    standing = [
        Finding(key(ledger, candidate), candidate, float(rate))
        for candidate, rate in zip(looked, rates(looked, closed(ledger)), strict=True)
        if rate <= RATE
    ]
    stood = {one.key for one in standing}
    untold += [
        Untold(one.kind, one.place, "", one.more)
        for one in candidates
        if not one.enough and key(ledger, one) not in stood
    ]
    booked = found.booked.value if found and found.booked else 0.0
    findings = tuple(ordered(explained(standing), booked))
    first = constraint(ledger, findings, found)
    stages = _attempted("people", lambda: _stages(ledger), failed) or ()
    return Diagnosis(ledger.as_of, findings, tuple(untold), found, first, tuple(failed), len(looked), stages)


def _stages(ledger: Ledger) -> tuple[Verdict, ...]:
    try:
        return verdicts(ledger)
    except Missing:
        return ()


def _attempted(what: str, deed: Callable[[], Done], failed: list[str]) -> Done | None:
    """What it gives; None, and named, where it breaks."""
    try:
        return deed()
    except Exception:
        log.exception("%s could not be worked out.", what)
        failed.append(what)
        return None


def _looked(ledger: Ledger, fitted: Fitted | None, failed: list[str]) -> tuple[list[Candidate], list[Untold]]:
    """What every check says; one that breaks takes nothing else with it."""
    candidates: list[Candidate] = []
    untold: list[Untold] = []
    for check in CHECKS:
        try:
            candidates += check(ledger, fitted)
        except Missing as missing:
            untold.append(Untold(name(check), Place(), missing.what, missing.more))
        except Exception:
            log.exception("The check %s could not be run.", name(check))
            failed.append(name(check))
    return candidates, untold
