"""Facts of the pipeline review: when it was held, and what was added after it and on other days (R26)."""

from __future__ import annotations

from typing import cast

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.activities import done
from leadline.insights.facts.care import beside
from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import CARE, DEALS, NAMES

REVIEW = "pipeline review"  # the type of activity by its name, whatever its case
# The day of the review and the two weekdays after it, as days from it, from Monday's to Sunday's.
WINDOWS = ((0, 1, 2), (0, 1, 2), (0, 1, 2), (0, 1, 4), (0, 3, 4), (0, 2, 3), (0, 1, 2))


def reviews(zone: str) -> ir.Table:
    """Pipeline reviews held, on their day."""
    named = NAMES.filter((NAMES.kind == "activity_type") & (NAMES.label.lower() == REVIEW)).select(review="id")
    held = done(zone)
    return held.inner_join(named, held.activity_type == named.review)


def adds(zone: str) -> ir.Table:
    """Every deal, on the day it was created: `after` a review, `real` by now (0 or 1).

    Real is what was won, or was touched after its creation and advanced.
    """
    window = _days(reviews(zone))
    deals = DEALS.mutate(happened_on=local_day(DEALS.created_at, zone))
    rows = beside(deals, CARE.select("deal", "touched_at", "advanced"))
    rows = rows.left_join(window, rows.happened_on == window.day)
    touched = (rows.touched_at > rows.created_at).fill_null(False)
    real = (rows.status == "won") | (touched & rows.advanced.fill_null(False))
    return rows.mutate(after=ibis.ifelse(rows.day.notnull(), 1, 0), real=ibis.ifelse(real, 1, 0))


def _days(held: ir.Table) -> ir.Table:
    """The days of all reviews' windows, each once."""
    weekday = held.happened_on.day_of_week.index()
    days = [
        held.select(
            day=cast(
                ir.DateValue,
                ibis.cases(
                    *(
                        (weekday == n, held.happened_on + ibis.interval(days=window[k]))
                        for n, window in enumerate(WINDOWS)
                    ),
                    else_=held.happened_on,
                ),
            ).cast("date")
        )
        for k in range(3)
    ]
    return ibis.union(*days, distinct=True)


FACTS = {
    "reviews": Facts(reviews, rows="activity"),
    "adds": Facts(adds, ("after", "real")),
}
