"""What people reached in earlier quarters: the ground on which a target is realistic or is not (R49)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.crm.targeting import Who
from leadline.crm.working_days import months_after
from leadline.insights import ask
from leadline.insights.measuring import ids
from leadline.insights.sight import sight_of
from leadline.web.settings.targets.quarters import DAY, quarters_of, year_of

LOOK_BACK = 8  # quarters
STRETCH = 1.25  # of the best quarter: beyond it nobody here has come near


@dataclass(frozen=True)
class Reached:
    """The amounts of whole earlier quarters, the oldest first."""

    quarters: tuple[float, ...]

    @property
    def best(self) -> float:
        return max(self.quarters, default=0.0)

    def unrealistic(self, amount: float) -> bool:
        """Whether a target is far above the best of at least two quarters in which anything was reached."""
        return sum(value > 0 for value in self.quarters) > 1 and amount > STRETCH * self.best


def reached(metric: str, today: dt.date, user: User) -> dict[Who, Reached]:
    """By person, team and company, in the last quarters that are over: of those of whom the user sees all deals."""
    sight = sight_of(user)
    this = next(q for year in (year_of(today), year_of(today) + 1) for q in quarters_of(year) if q.end_on >= today)
    start = months_after(this.start_on, -3 * LOOK_BACK)
    found: dict[Who, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for name, known in (("owner", ids("owner")), ("team", ids("team"))):
        rows = ask.report(metric, by=[name, "month"], start=start, end=this.start_on - DAY, user=user).rows
        for row in rows:
            if row["month"] is None:
                continue
            at = _quarter(start, row["month"])
            if name == "owner":
                found[Who()][at] += float(row["value"])
            if row[name] in known:
                pk = known[row[name]]
                found[Who(user_id=pk) if name == "owner" else Who(team_id=pk)][at] += float(row["value"])
    return {
        who: Reached(tuple(own[n] for n in range(LOOK_BACK)))
        for who, own in found.items()
        if sight.whole(who.user_id, who.team_id)
    }


def _quarter(start: dt.date, month: str) -> int:
    """Which of the quarters since `start` a month "2026-04" is in."""
    year, number = map(int, month.split("-"))
    return ((year - start.year) * 12 + number - start.month) // 3
