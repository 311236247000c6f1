"""Leads that are answered later than they were, and that become deals less often since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from leadline.insights.diagnosis import evidence
from leadline.insights.diagnosis.changing import certain, looked_for, normal, short_of, wobble
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Place
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.money import closed, put_back
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Flags, Floats, Ledger, Moments, Places

ANSWERED = 7.0  # days within which an answer counts; all leads are watched as long
CONVERTED = 35.0  # days within which a deal counts
WEEK = 7.0
FEW = 60  # leads
SLOWER = 1.5  # times the median: less is not looked for
MATTERS = 0.5  # on the logit of conversion: a fall that should not be overlooked
SPREADS = 0.25  # of normal scores: a rise by less is not looked for


@dataclass(frozen=True)
class Watched:
    """Leads old enough to be judged: when they came, after how many days they were answered (inf: not in time)."""

    created: Moments
    source: Places
    waited: Floats
    ripe: Flags  # old enough for their conversion, too
    converted: Flags


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """One candidate: both must have come about at the same time, so the weaker evidence decides (Berger 1982)."""
    seen = watched(ledger)
    score = _scores(seen.waited)
    look = looked_for(ledger, seen.created, lambda since: (_later(seen.created, score, since), None))
    after = seen.created >= look.since
    if not after.any():
        raise Missing("leads", FEW)  # none came lately, so nobody could answer any later
    effect, error, fell = converting(seen, look.since)
    medians = _median(seen.waited[~after]), _median(seen.waited[after])
    p = max(look.p, float(special.ndtr(-fell)))
    if medians[1] < SLOWER * medians[0]:
        p = max(p, 0.5)
    return [_candidate(ledger, fitted, seen, (look.since, p, min(look.z, fell)), (effect, error))]


def watched(ledger: Ledger) -> Watched:
    """Raises Missing: too few leads, or none was ever answered."""
    leads = ledger.leads
    rows = (leads.created >= ledger.start) & (leads.created <= ledger.as_of - ANSWERED)
    if int(rows.sum()) < FEW:
        raise Missing("leads", FEW - int(rows.sum()))
    created = leads.created[rows]
    waited = leads.responded[rows] - created
    if not (waited <= ANSWERED).mean() > 0.1:
        raise Missing("responses")
    waited = np.where(waited <= ANSWERED, np.maximum(waited, 0.0), np.inf)
    accepted = np.where(leads.deal[rows] != NOBODY, leads.sal[rows], np.inf)
    return Watched(
        created,
        leads.source[rows],
        waited,
        created <= ledger.as_of - CONVERTED,
        accepted - created <= CONVERTED,
    )


def converting(seen: Watched, since: float) -> tuple[float, float, float]:
    """(change on the logit, its error, how many deviations it fell): source by source, joined (Mantel and Haenszel).

    The variance is that of weeks around their mean where it exceeds chance.
    """
    rows = np.flatnonzero(seen.ripe)
    after, won = seen.created[rows] >= since, seen.converted[rows].astype(np.float64)
    group = np.unique(np.column_stack([seen.source[rows], after]), axis=0, return_inverse=True)[1].ravel()
    hoped = np.bincount(group, won)[group] / np.bincount(group)[group]
    _, source = np.unique(seen.source[rows], return_inverse=True)
    total, later = np.bincount(source), np.bincount(source, after.astype(np.float64))
    share = np.bincount(source, won) / np.maximum(total, 1)
    fallen = float((won - share[source])[after].sum())
    variance = float((share * (1 - share) * later * (total - later) / np.maximum(total, 1)).sum())
    if variance <= 0:
        return 0.0, np.inf, 0.0
    week = ((seen.created[rows] - seen.created[rows].min()) // WEEK).astype(np.int64)
    off, spread = np.bincount(week, won - hoped), np.bincount(week, hoped * (1 - hoped))
    scale = wobble(float((off**2)[spread > 0] @ (1 / spread[spread > 0])), float((spread > 0).sum()))
    return fallen / variance, float(np.sqrt(scale / variance)), -fallen / float(np.sqrt(variance * scale))


def _scores(waited: Floats) -> Floats:
    """Normal scores of the ranks: the same whatever the scale of time, and an answer that never came counts as last."""
    found: Floats = special.ndtri((stats.rankdata(waited) - 0.5) / len(waited))
    return found


def _later(created: Moments, score: Floats, since: float) -> float:
    """How many deviations the answers came later from a day on, by the means of weeks (Welch)."""
    week = ((created - created.min()) // WEEK).astype(np.int64)
    n, after = np.bincount(week), np.bincount(week, (created >= since).astype(np.float64))
    mean = np.bincount(week, score)[n > 0] / n[n > 0]
    later, weight = (after > n / 2)[n > 0], n[n > 0].astype(np.float64)
    if later.sum() < 3 or (~later).sum() < 3:
        return 0.0
    means, variances = [], []
    for side in (later, ~later):
        middle = float(np.average(mean[side], weights=weight[side]))
        means.append(middle)
        share = weight[side] / weight[side].sum()
        variances.append(float((share**2 * (mean[side] - middle) ** 2).sum()) * side.sum() / (side.sum() - 1))
    error = float(np.sqrt(sum(variances)))
    return normal((means[0] - means[1] - SPREADS) / error, float(len(mean) - 2)) if error > 0 else 0.0


def _median(waited: Floats) -> float:
    """Hours; endless where most were not answered in time."""
    return float(np.median(waited)) * 24 if len(waited) else np.inf


def _candidate(
    ledger: Ledger,
    fitted: Fitted | None,
    seen: Watched,
    found: tuple[float, float, float],
    change: tuple[float, float],
) -> Candidate:
    """`found` is since when, p and deviations; `change` is that of conversion on the logit, and its error."""
    since, p, z = found
    effect, error = change
    more = short_of(closed(ledger), error, MATTERS)
    facts = _facts(ledger, seen, since)
    log = float(np.log(max(facts[1].was or 0.0, 1e-6) / max(facts[1].value, 1e-6))) if effect < 0 else 0.0
    return Candidate(
        "slow_response",
        Place(),
        p,
        effect,
        certain(z),
        put_back(fitted, "lead_conversion", max(0.0, log), error * (1 - facts[1].value)),
        facts,
        Act("response", facts[0].opens, "response_time", facts[0].was),
        since=since,
        enough=not more,
        more=more,
        apart=MATTERS / max(error, 1e-9),
    )


def _facts(ledger: Ledger, seen: Watched, since: float) -> tuple[Fact, Fact]:
    after = seen.created >= since
    hours = np.minimum(seen.waited, ANSWERED) * 24
    response = evidence.median(
        "response", "hours", hours[after], hours[~after], evidence.since(ledger, "response_time", since)
    )
    assert response is not None
    now, was = (
        (float(seen.converted[side].sum()), float(side.sum())) for side in (seen.ripe & after, seen.ripe & ~after)
    )
    opens = evidence.since(ledger, "lead_to_opportunity", since)
    return response, evidence.share("lead_conversion", now, was, opens)
