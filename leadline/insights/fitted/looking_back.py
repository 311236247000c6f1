"""The factors of past quarters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.fitted import QUARTER, QUARTER_WEEKS, WEEK, History, Matrix
from leadline.insights.fitted.gathering import Gathered
from leadline.insights.fitted.incidence import Signs, incidence
from leadline.insights.fitted.paths import Paths
from leadline.insights.ledger.ledger import Floats, Ledger, Status

INSTANT = 1 / 24  # days: shorter stays were clicked through, not lived


def history(ledger: Ledger, seen: Gathered) -> History:
    """Quarter by quarter."""
    starts, trail = seen.starts, seen.trail
    count, stages = len(starts), len(trail.stages)
    weeks = (starts - ledger.as_of)[:, None] / WEEK + np.arange(QUARTER_WEEKS) + 0.5
    share, trials, stay, error, stays = _of_stages(trail, starts)
    lead_share, lead_trials, lead_days = _of_leads(ledger, seen)
    won, booked, size, size_error = _wins(ledger, trail, starts)
    entered = np.zeros((count, stages))
    for stage in range(stages):
        entered[:, stage] = _in(trail.entered[:, stage], starts)
    return History(
        starts=starts,
        came=_counts(seen.came.when, seen.came.stream, starts, len(seen.streams)),
        expected=seen.season.factor(weeks.ravel()).reshape(count, -1).sum(axis=1),
        lead_conversion=lead_share,
        lead_trials=lead_trials,
        lead_days=lead_days,
        entered=entered,
        conversion=share,
        trials=trials,
        log_stay=stay,
        log_stay_error=error,
        stays=stays,
        won=won,
        booked=booked,
        log_size=size,
        log_size_error=size_error,
        response_hours=_responses(ledger, starts),
    )


def _of_stages(trail: Paths, starts: Floats) -> tuple[Matrix, ...]:
    """(Q, K) each: the share that advanced, the cases it is worth; the mean logarithm of stays, its error, how many."""
    found = np.full((5, len(starts), len(trail.stages)), np.nan)
    for row, start in enumerate(starts):
        for stage in range(len(trail.stages)):
            entered, ended, outcome = trail.entered[:, stage], trail.ended[:, stage], trail.outcome[:, stage]
            seen = incidence(entered, ended, outcome, start, start + QUARTER)
            found[:, row, stage] = (seen.share, seen.trials, *_stay(entered, ended, outcome, start))
    return tuple(found)


def _of_leads(ledger: Ledger, seen: Gathered) -> tuple[Matrix, ...]:
    """(Q, G) each: the share of leads that became deals, the cases it is worth, the median days until then."""
    found = np.full((3, len(seen.starts), len(seen.streams)), np.nan)
    created, (over, became) = ledger.leads.created, seen.over
    for stream in range(len(seen.streams)):
        own = seen.of_lead == stream
        for row, start in enumerate(seen.starts):
            one = incidence(created[own], over[own], became[own], start, start + QUARTER)
            found[:, row, stream] = (one.share, one.trials, one.advance[len(one.advance) // 2])
    return tuple(found)


def taken(ledger: Ledger, paths: Paths, starts: Floats, count: int) -> Matrix:
    """(Q, P): new deals of the pipeline each person took."""
    found = np.zeros((len(starts), count))
    if not paths.owner.shape[1]:
        return found
    owner = paths.owner[np.arange(len(paths.deal)), paths.first]
    there = owner >= 0
    created = ledger.deals.created[paths.deal]
    return _counts(created[there], owner[there].astype(np.int64), starts, count)


def _counts(when: Floats, of: NDArray[np.int64], starts: Floats, count: int) -> Matrix:
    quarter, seen = _quarters(when, starts)
    found = np.bincount(quarter[seen] * count + of[seen], minlength=len(starts) * count).reshape(len(starts), count)
    return np.asarray(found, dtype=np.float64)


def _quarters(when: Floats, starts: Floats) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """In which quarter each moment is, and whether in one of these; a moment that nobody knows is in none."""
    place = np.floor(np.where(np.isfinite(when), when - starts[0], -1.0) / QUARTER).astype(np.int64)
    return place, (place >= 0) & (place < len(starts))


def _in(when: Floats, starts: Floats) -> Floats:
    return np.histogram(when[np.isfinite(when)], np.append(starts, starts[-1] + QUARTER))[0].astype(np.float64)


def _stay(entered: Floats, ended: Floats, outcome: Signs, start: float) -> tuple[float, float, float]:
    """(mean logarithm of days, its error, how many) of those that advanced in the quarter and had been there at all."""
    through = (outcome == 1) & (ended >= start) & (ended < start + QUARTER)
    stay = ended[through] - entered[through]
    stay = stay[stay > INSTANT]
    if len(stay) < 2:
        return np.nan, np.nan, float(len(stay))
    logs = np.log(stay)
    return float(logs.mean()), float(logs.std(ddof=1) / np.sqrt(len(logs))), float(len(logs))


def _wins(ledger: Ledger, paths: Paths, starts: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    deals = ledger.deals
    rows = paths.deal[deals.status[paths.deal] == Status.WON]
    value = deals.value[rows]
    quarter, seen = _quarters(deals.closed[rows], starts)
    won = np.bincount(quarter[seen], minlength=len(starts)).astype(np.float64)
    priced = seen & (value > 0)
    booked = np.bincount(quarter[priced], value[priced], minlength=len(starts)).astype(np.float64)
    size, error = np.full(len(starts), np.nan), np.full(len(starts), np.nan)
    for place in range(len(starts)):
        logs = np.log(value[priced & (quarter == place)])
        if len(logs) > 1:
            size[place], error[place] = logs.mean(), logs.std(ddof=1) / np.sqrt(len(logs))
    return won, booked, size, error


def _responses(ledger: Ledger, starts: Floats) -> Floats:
    """Median hours to the first response, of leads of each quarter that got one."""
    leads = ledger.leads
    found = np.full(len(starts), np.nan)
    hours = (leads.responded - leads.created) * 24
    for place, start in enumerate(starts):
        own = hours[(leads.created >= start) & (leads.created < start + QUARTER) & np.isfinite(hours)]
        found[place] = np.median(own) if len(own) else np.nan
    return found
