"""What the calculator asks as long as nobody has said otherwise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from leadline.accounts.models import User
from leadline.insights.aims import Aim, aim_for
from leadline.insights.ask_needed import MONEY, WINS, Asked, asked_of, whose
from leadline.insights.measuring import won_since
from leadline.insights.sight import COMPANY, Whose, sight_of

QUARTER = dt.timedelta(days=91)
TEN = Decimal(10)


def usual(user: User, today: dt.date, pipeline: int, about: Whose = COMPANY) -> tuple[Asked, Aim | None, Whose]:
    """The target that is worked towards, and whose; without one as much again in a quarter as was won in the last one.

    Who asks of the company and does not see all of it is answered of their team, or of themselves.
    """
    person, team = about
    aim = aim_for(user, today, pipeline, person=person, team=team)
    if aim:
        return asked_of(aim, pipeline), aim, (aim.person, aim.team)
    about = sight_of(user).widest if about == COMPANY else about
    where = whose(*about)
    value, _wins = won_since(today - QUARTER, today, pipeline, where, user)
    if value > 0:
        return Asked(value.quantize(Decimal(1)), MONEY, today + QUARTER, pipeline, where=where), None, about
    return Asked(TEN, WINS, today + QUARTER, pipeline, where=where), None, about
