"""Facts of expected close dates that were moved."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, PUSHES


def pushes(zone: str) -> ir.Table:
    """Every move of an expected close date, on the day it was moved: `later` (1; 0: sooner) and `moved`, days later."""
    rows = PUSHES.join(DEALS, "deal")
    return rows.mutate(
        later=ibis.ifelse(rows.days > 0, 1, 0),
        moved=rows.days,
        happened_on=local_day(rows.pushed_at, zone),
    )


FACTS = {"pushes": Facts(pushes, ("later", "moved"))}
