"""The grid: a line for the company, each team and each person, a cell for each quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from leadline.accounts.models import Team, User
from leadline.crm.models import Target
from leadline.crm.targeting import Who
from leadline.web.settings.targets.quarters import Quarter
from leadline.web.settings.targets.reached import Reached


@dataclass(frozen=True)
class Cell:
    """One quarter of one line: the amount that is set, and whether history says that it is out of reach."""

    quarter: Quarter
    amount: Decimal | None
    unrealistic: bool


@dataclass(frozen=True)
class Line:
    """Somebody: the name in forms ("user-3", "team-1", ""), the cells, and what they reached before."""

    key: str
    name: str
    kind: str
    cells: list[Cell]
    reached: Reached


NOTHING = Reached(())


def grid(user: User, metric: str, quarters: list[Quarter], history: Mapping[Who, Reached], company: str) -> list[Line]:
    """Everybody for those who lead; for others the lines that concern them."""
    visible = Target.objects.visible_to(user).kept().filter(metric=metric, pipeline=None)
    set_for = {(Who(row.user_id, row.team_id), row.start_on, row.end_on): row.amount for row in visible}
    lines = []
    for who, name, kind in _everybody(user, company):
        known = history.get(who, NOTHING)
        cells = [_cell(quarter, set_for.get((who, quarter.start_on, quarter.end_on)), known) for quarter in quarters]
        lines.append(Line(key_of(who), name, kind, cells, known))
    return lines


def key_of(who: Who) -> str:
    """ "user-3", "team-1" or "" as forms say it."""
    if who.user_id:
        return f"user-{who.user_id}"
    return f"team-{who.team_id}" if who.team_id else ""


def people() -> list[Who]:
    """Those for whom a quarter is filled: who carries a quota, or where nobody is said to, who may own deals."""
    owners = list(User.objects.who_may_own())
    return [Who(user_id=row.pk) for row in [row for row in owners if row.carries_quota] or owners]


def _everybody(user: User, company: str) -> list[tuple[Who, str, str]]:
    persons = [(Who(user_id=row.pk), str(row), "person") for row in User.objects.who_may_own()]
    if not user.leads:
        persons = [line for line in persons if line[0].user_id == user.pk]
    teams = [
        (Who(team_id=row.pk), row.name, "team") for row in Team.objects.all() if user.leads or row.pk == user.team_id
    ]
    return [(Who(), company, "company"), *teams, *persons]


def _cell(quarter: Quarter, amount: Decimal | None, known: Reached) -> Cell:
    return Cell(quarter, amount, amount is not None and known.unrealistic(float(amount)))
