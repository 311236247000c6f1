"""A stage in which everybody's deals stay longer than they did."""

from __future__ import annotations

import numpy as np

from leadline.insights.diagnosis import evidence
from leadline.insights.diagnosis.changing import certain, looked_for, short_of
from leadline.insights.diagnosis.finding import Act, Candidate, Place
from leadline.insights.diagnosis.money import closed, put_back
from leadline.insights.diagnosis.passing import Shift
from leadline.insights.diagnosis.stages_since import Stage, stages
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import Ledger

MARGIN = 0.15  # on the logarithm of days: a stay longer by less is not looked for
MATTERS = 0.5  # a stay that should not be overlooked


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate for each stage."""
    return [_candidate(ledger, fitted, one) for one in stages(ledger)]


def _candidate(ledger: Ledger, fitted: Fitted | None, one: Stage) -> Candidate:
    def at(since: float) -> tuple[float, Shift | None]:
        shift = one.since(ledger, since)
        return ((shift.stretch - MARGIN) / shift.stretch_error if shift else -np.inf), shift

    look = looked_for(ledger, one.entered, at)
    shift = look.seen
    place = Place(stage=one.stage, pipeline=int(ledger.stages.pipeline[one.stage]))
    label = {"stage": ledger.names["stage"].labels[one.stage]}
    opens = evidence.since(ledger, "time_in_stage", look.since, label)
    if shift is None:
        act = Act("stage", opens)
        return Candidate("stage_time", place, 1.0, 0.0, 0.5, None, (), act, enough=False, apart=0.0)
    now, was = (shift.days_after, shift.days_error, shift.n_after), (shift.days_before, shift.n_before)
    fact = evidence.level("days", "days", now, was, opens)
    error = min(each.stretch_error for each in one.known.values() if each)  # of the date that can show most
    more = short_of(closed(ledger), error, MATTERS)
    return Candidate(
        "stage_time",
        place,
        look.p,
        shift.stretch,
        certain(look.z),
        put_back(fitted, "days", min(0.0, -shift.stretch), shift.stretch_error, stage=one.stage),
        (fact,),
        Act("stage", opens, "time_in_stage", shift.days_before),
        since=look.since,
        enough=not more,
        more=more,
        apart=MATTERS / error,
    )
