"""A leader who has begun to sell a good part of the team's deals, and a team that wins less since (R25)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from leadline.insights.diagnosis.changing import Look, looked_for
from leadline.insights.diagnosis.finding import Act, Candidate, Fact, Opens, Place, Worth
from leadline.insights.diagnosis.missing import Missing
from leadline.insights.diagnosis.people.telling import label, put_back, rows, share
from leadline.insights.fitted.fitted import Fitted
from leadline.insights.ledger.ledger import NOBODY, Flags, Ledger, Moments, Places, Status

LEADER = "leader"
ORDINARY = 0.3  # standard deviation of the log odds of the leader's share from one half year to another
MATTERS = 0.12  # of the team's deals: below it nobody is crowded out
FELL = 0.6  # the probability that the team wins less since, below which the leader's deals do no harm
FEWEST = 30  # new deals of the team before and after
SETTLED = 91.0  # days after the records begin: what was won before is not all there


@dataclass(frozen=True)
class Since:
    """A leader's deals `k` of `n` that the team was given before and since a date, and the team's wins likewise."""

    date: float
    before: tuple[float, float]
    after: tuple[float, float]


def check(ledger: Ledger, fitted: Fitted | None) -> list[Candidate]:
    """The team whose leader's share of its new deals has risen most; p minds all teams and dates looked at.

    What is tested is the leader's share. A team that wins no less (than before, and than the other teams do) is no
    finding, whatever its leader sells.
    """
    leaders = _leaders(ledger)
    if not leaders:
        raise Missing("teams")
    holder = handed(ledger)
    of = np.append(ledger.staff.team, NOBODY)[holder[0][holder[1] >= ledger.start]]
    found = [(team, leader, _risen(ledger, holder, team, leader)) for team, leader in leaders if (of == team).any()]
    if not found:
        raise Missing("deals", FEWEST)
    team, leader, best = max(found, key=lambda one: one[2].z)
    if best.seen is None:
        raise Missing("deals", FEWEST)
    p = -np.expm1(len(found) * np.log1p(-min(best.p, 1 - 1e-12)))
    return [_candidate(ledger, fitted, team, leader, best.seen, float(p))]


def _leaders(ledger: Ledger) -> list[tuple[int, int]]:
    """(team, leader), of teams with exactly one leader and somebody to lead."""
    staff = ledger.staff
    leads = np.array([role == LEADER for role in staff.role], dtype=bool) & staff.active
    found = []
    for team in np.unique(staff.team[staff.team != NOBODY]):
        own = np.flatnonzero(leads & (staff.team == team))
        if len(own) == 1 and (staff.team == team).sum() > 1:
            found.append((int(team), int(own[0])))
    return found


def handed(ledger: Ledger) -> tuple[Places, Moments]:
    """Who has each deal last, and since when."""
    holder, since = ledger.deals.owner.astype(np.int32).copy(), ledger.deals.created.copy()
    owners = ledger.owners
    lasts = np.flatnonzero(np.append(owners.deal[1:] != owners.deal[:-1], True)[: len(owners)])
    holder[owners.deal[lasts]] = np.nan_to_num(owners.was[lasts], nan=NOBODY)
    since[owners.deal[lasts]] = np.maximum(since[owners.deal[lasts]], owners.since[lasts])
    return holder, since


def _risen(ledger: Ledger, holder: tuple[Places, Moments], team: int, leader: int) -> Look[Since | None]:
    """Since when the leader's share of the deals that the team came to hold has risen most clearly."""
    owner, since = holder
    own = (owner != NOBODY) & (since >= ledger.start)
    own &= np.append(ledger.staff.team, NOBODY)[owner] == team
    when, mine = since[own], owner[own] == leader

    def at(date: float) -> tuple[float, Since | None]:
        late = when >= date - 1.0  # what is handed over on the day belongs to it
        (k, n), (theirs, rest) = _counted(~late, mine), _counted(late, mine)
        if min(n, rest) < FEWEST:
            return 0.0, None
        rise = special.logit((theirs + 0.5) / (rest + 1)) - special.logit((k + 0.5) / (n + 1))
        noise = 1 / (theirs + 0.5) + 1 / (rest - theirs + 0.5) + 1 / (k + 0.5) + 1 / (n - k + 0.5)
        return float(rise / np.sqrt(noise + ORDINARY**2)), Since(date, (k, n), (theirs, rest))

    return looked_for(ledger, when, at)


def _wins(ledger: Ledger, team: int, date: float) -> tuple[tuple[float, float], tuple[float, float], float, float]:
    """(won of closed since, before; change of the log odds beside the other teams', its standard deviation)."""
    deals = ledger.deals
    of = np.append(ledger.staff.team, NOBODY)[deals.owner]
    over = np.isfinite(deals.closed) & (deals.closed >= ledger.start + SETTLED) & (deals.status != Status.OPEN)
    won = deals.status == Status.WON
    cells = [
        _counted(over & mine & when, won)
        for mine in (of == team, (of != team) & (of != NOBODY))
        for when in (deals.closed >= date, deals.closed < date)
    ]
    odds = [special.logit((k + 0.5) / (n + 1)) for k, n in cells]
    noise = [1 / (k + 0.5) + 1 / (n - k + 0.5) for k, n in cells]
    change, variance = odds[0] - odds[1], noise[0] + noise[1]
    if min(cells[2][1], cells[3][1]) >= FEWEST:  # what befell everybody is not the leader's doing
        change, variance = change - (odds[2] - odds[3]), variance + noise[2] + noise[3]
    return cells[0], cells[1], float(change), float(np.sqrt(variance))


def _counted(which: Flags, won: NDArray[np.bool_]) -> tuple[float, float]:
    return float((which & won).sum()), float(which.sum())


def _candidate(ledger: Ledger, fitted: Fitted | None, team: int, leader: int, best: Since, p: float) -> Candidate:
    since, before, change, error = _wins(ledger, team, best.date)
    fell = float(special.ndtr(-change / error)) if error > 0 else 0.0
    crowds = best.after[0] / best.after[1] >= MATTERS and fell >= FELL
    return Candidate(
        "player_coach",
        Place(person=leader, team=team),
        p if crowds else 1.0,
        change,
        fell * (1 - p),
        _worth(ledger, fitted, team, change, error, since),
        _facts(ledger, team, leader, best, since, before),
        Act("coaching", Opens("open_value", "", {"owner": label(ledger, "owner", leader)}), "win_rate"),
        since=best.date,
        explains=("stage_conversion", "weak_person", "small_deals", "stage_time", "slow_ramp"),
    )


def _worth(
    ledger: Ledger, fitted: Fitted | None, team: int, change: float, error: float, since: tuple[float, float]
) -> Worth | None:
    """The team's wins put back to what they were: of all conversions together, by the team's share of the wins."""
    rate = since[0] / since[1] if since[1] else 0.0
    won = ledger.deals.status == Status.WON
    part = float((np.append(ledger.staff.team, NOBODY)[ledger.deals.owner[won]] == team).mean()) if won.any() else 0.0
    if fitted is None or not len(fitted.stages):
        return None
    last = int(fitted.stages[-1])
    return put_back(fitted, -change * (1 - rate) * part, error * part, stage=last)


def _facts(
    ledger: Ledger, team: int, leader: int, best: Since, since: tuple[float, float], before: tuple[float, float]
) -> tuple[Fact, ...]:
    deals, name = ledger.deals, label(ledger, "team", team)
    open_ = deals.status == Status.OPEN
    theirs = open_ & (np.append(ledger.staff.team, NOBODY)[deals.owner] == team)
    mine = open_ & (deals.owner == leader)
    money = float(np.nansum(deals.value[theirs]))
    held = float(np.nansum(deals.value[mine]))
    opens = Opens("open_value", "", {"owner": label(ledger, "owner", leader)})
    won = Opens("win_rate", "", {"team": name}, best.date, ledger.as_of - 1)
    own = rows(mine)
    return (
        share("leader_share", *best.after, best.before, deals=own),
        Fact("leader_open_value", held / money if money else 0.0, "share", int(mine.sum()), opens=opens, deals=own),
        share("team_win_rate", *since, before, won),
    )
