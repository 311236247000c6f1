"""What a departure costs a quarter: the fitted pipeline with the factor put back, less the one there is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from leadline.insights.diagnosis.finding import Worth
from leadline.insights.diagnosis.worth import worth
from leadline.insights.fitted.fitted import Change, Fitted, Lift
from leadline.insights.ledger.ledger import NOBODY, Floats, Ledger, Status

MOST = 2.5  # on the log: nobody believes in more than twelve times as much


def closed(ledger: Ledger) -> int:
    """How many deals were won or lost."""
    return int(((ledger.deals.status == Status.WON) | (ledger.deals.status == Status.LOST)).sum())


def put_back(fitted: Fitted | None, what: str, effect: float, error: float, *, stage: int = NOBODY) -> Worth | None:
    """What is gained a quarter when a factor (`Lift.what`) is multiplied by exp(`effect`), known up to `error`.

    None without a fitted pipeline, and where nothing was lost.
    """
    if not _known(fitted, effect):
        return None
    assert fitted is not None
    return _priced(fitted, Change((Lift(what, _factor(fitted, effect, error), stage=stage),)))


def put_back_all(fitted: Fitted | None, what: str, sources: Mapping[int, tuple[float, float]]) -> Worth | None:
    """The same of several sources at once: (effect, error) of each."""
    lost = {place: one for place, one in sources.items() if _known(fitted, one[0])}
    if fitted is None or not lost:
        return None
    lifts = (Lift(what, _factor(fitted, *one), source=place) for place, one in lost.items())
    return _priced(fitted, Change(tuple(lifts)))


def _known(fitted: Fitted | None, effect: float) -> bool:
    return fitted is not None and fitted.usable and bool(np.isfinite(effect)) and effect != 0


def _factor(fitted: Fitted, effect: float, error: float) -> Floats:
    rng = np.random.default_rng(fitted.seed)
    spread = min(error, 1.0) * rng.standard_normal(fitted.draws)
    return np.asarray(np.exp(np.clip(effect + spread, -MOST, MOST)))


def _priced(fitted: Fitted, change: Change) -> Worth | None:
    found = worth(fitted, change)
    return found if np.isfinite(found.value) and found.value > 0 else None
