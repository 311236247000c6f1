"""What the calculator asks as long as nobody has said otherwise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from leadline.accounts.models import User
from leadline.insights.aims import Aim, aim_for
from leadline.insights.ask_needed import MONEY, WINS, Asked
from leadline.insights.measuring import won_since

QUARTER = dt.timedelta(days=91)
TEN = Decimal(10)


def usual(user: User, today: dt.date, pipeline: int, name: str = "", pk: int | None = None) -> tuple[Asked, Aim | None]:
    """The target that is worked towards; without one as much again in a quarter as was won in the last one."""
    whose = {"person": pk if name == "owner" else None, "team": pk if name == "team" else None}
    aim = aim_for(user, today, pipeline, **whose)
    if aim:
        return Asked(aim.amount, aim.unit, aim.end, pipeline, since=aim.start), aim
    value, _wins = won_since(today - QUARTER, today, pipeline, {}, user)
    if value > 0:
        return Asked(value.quantize(Decimal(1)), MONEY, today + QUARTER, pipeline), None
    return Asked(TEN, WINS, today + QUARTER, pipeline), None
