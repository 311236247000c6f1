"""The factors of past quarters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.arriving import Coming, Season
from leadline.insights.fitted.fitted import QUARTER, QUARTER_WEEKS, History, Matrix
from leadline.insights.fitted.incidence import Signs, incidence
from leadline.insights.fitted.paths import Paths
from leadline.insights.ledger.ledger import Floats, Ledger, Status

INSTANT = 1 / 24  # days: shorter stays were clicked through, not lived


def history(
    ledger: Ledger,
    paths: Paths,
    came: Coming,
    of_lead: NDArray[np.int64],
    starts: Floats,
    season: Season,
    streams: int,
) -> History:
    """Quarter by quarter; the lists of arrays lie in the order of History's fields."""
    leads = ledger.leads
    count = len(starts)
    stages = paths.entered.shape[1]
    weeks = (starts - ledger.as_of)[:, None] / 7 + np.arange(QUARTER_WEEKS) + 0.5
    expected = season.factor(weeks.ravel()).reshape(count, -1).sum(axis=1)
    share, trials, stay, error, stays = (np.full((count, stages), np.nan) for _ in range(5))
    lead_share, lead_trials, lead_days = (np.full((count, streams), np.nan) for _ in range(3))
    grown = leads_over(ledger)
    for row, start in enumerate(starts):
        for stage in range(stages):
            entered, ended, outcome = paths.entered[:, stage], paths.ended[:, stage], paths.outcome[:, stage]
            found = incidence(entered, ended, outcome, start, start + QUARTER)
            share[row, stage], trials[row, stage] = found.share, found.trials
            stay[row, stage], error[row, stage], stays[row, stage] = _stay(entered, ended, outcome, start)
        for stream in range(streams):
            own = of_lead == stream
            found = incidence(leads.created[own], grown[0][own], grown[1][own], start, start + QUARTER)
            lead_share[row, stream], lead_trials[row, stream] = found.share, found.trials
            lead_days[row, stream] = found.advance[len(found.advance) // 2]
    won, booked, size, size_error = _wins(ledger, paths, starts)
    return History(
        starts=starts,
        came=_counts(came.when, came.stream, starts, streams),
        expected=expected,
        lead_conversion=lead_share,
        lead_trials=lead_trials,
        lead_days=lead_days,
        entered=np.stack([_in(paths.entered[:, stage], starts) for stage in range(stages)], axis=1)
        if stages
        else np.zeros((count, 0)),
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


def leads_over(ledger: Ledger) -> tuple[Floats, Floats]:
    """(when each lead was over, 1 where it became a deal, else -1); that is when its deal was created."""
    leads = ledger.leads
    became = leads.deal >= 0
    created = ledger.deals.created[leads.deal] if len(ledger.deals) else np.full(len(leads), np.inf)
    when = np.where(became, np.maximum(created, leads.created), leads.closed)
    return when, np.where(became, 1.0, -1.0)


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
    quarter = np.floor((when - starts[0]) / QUARTER).astype(np.int64)
    seen = (quarter >= 0) & (quarter < len(starts))
    found = np.bincount(quarter[seen] * count + of[seen], minlength=len(starts) * count).reshape(len(starts), count)
    return np.asarray(found, dtype=np.float64)


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
    quarter = np.floor((deals.closed[rows] - starts[0]) / QUARTER).astype(np.int64)
    seen = (quarter >= 0) & (quarter < len(starts))
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
