"""A stage from which everybody's deals advance less often than they did."""

from __future__ import annotations

import numpy as np
from scipy import special

from leadline.insights.diagnosis import evidence
from leadline.insights.diagnosis.changing import certain, looked_for, short_of
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Place, Worth
from leadline.insights.diagnosis.money import closed, put_back
from leadline.insights.diagnosis.passing import Shift
from leadline.insights.diagnosis.stages_since import Stage, stages
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Ledger

DRIFT = 0.05  # on the logit: by how much one half-year differs from another where nothing is wrong
MATTERS = 0.7  # on the logit: a fall that should not be overlooked


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate for each stage."""
    return [_candidate(ledger, fitted, one) for one in stages(ledger)]


def _candidate(ledger: Ledger, fitted: Fitted | None, one: Stage) -> Candidate:
    def at(since: float) -> tuple[float, Shift | None]:
        shift = one.since(ledger, since)
        return (-shift.chance / np.hypot(shift.chance_error, DRIFT) if shift else -np.inf), shift

    look = looked_for(ledger, one.entered, at)
    shift = look.seen
    place = Place(stage=one.stage, pipeline=int(ledger.stages.pipeline[one.stage]))
    label = {"stage": ledger.names["stage"].labels[one.stage]}
    opens = evidence.since(ledger, "stage_conversion", look.since, label)
    if shift is None:
        act = Act("stage", opens)
        return Candidate("stage_conversion", place, 1.0, 0.0, 0.5, None, (), act, enough=False, apart=0.0)
    logit = float(special.logit(shift.after))
    low, high = (float(special.expit(logit + side * evidence.Z * shift.after_error)) for side in (-1, 1))
    n, was_n = shift.n_after, shift.n_before
    rows, died = one.counted(ledger, look.since), one.counted(ledger, look.since, failed=True)
    fact = Fact("conversion", shift.after, "share", n, low, high, shift.before, was_n, opens, rows)
    error = min(each.chance_error for each in one.known.values() if each)  # of the date that can show most
    more = short_of(closed(ledger), error, MATTERS)
    return Candidate(
        "stage_conversion",
        place,
        look.p,
        shift.chance,
        certain(look.z),
        _worth(fitted, shift, one.stage),
        (fact, Fact("ended", len(died), "deals", deals=died)),
        Act("stage", opens, "stage_conversion", shift.before),
        since=look.since,
        enough=not more,
        more=more,
        apart=MATTERS / error,
    )


def _worth(fitted: Fitted | None, shift: Shift, stage: int) -> Worth | None:
    """What it costs that the share is lower than it was."""
    log = float(np.log(max(shift.before, 1e-3) / max(shift.after, 1e-3)))
    return put_back(fitted, "conversion", max(0.0, log), shift.chance_error * (1 - shift.after), stage=stage)
