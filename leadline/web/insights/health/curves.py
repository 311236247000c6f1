"""Survival curves as a table and its points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from leadline.web.insights.declaring import Behind, Column, Row, Table

if TYPE_CHECKING:
    from leadline.insights.numbers.kaplan_meier import Curve

AFTER = (7, 30, 90, 180)  # days
DRAWN = 5  # curves; more cannot be told from each other
END = 0.05  # left: beyond it a curve only trails along the bottom


def _columns(opens: Behind | None) -> tuple[Column, ...]:
    watched = Column("watched", lazy("Watched"), "deals", opens=opens)
    after = {7: lazy("Left after 7 days"), 30: lazy("after 30"), 90: lazy("after 90"), 180: lazy("after 180")}
    return (
        watched,
        *(Column(f"after_{days}", after[days], "share", f"low_{days}", f"high_{days}") for days in AFTER),
    )


def survival(curves: Sequence[tuple[str | None, Curve]], by: str, opens: Behind | None = None) -> Table:
    """A row per curve with the share left after some days; the points are the steps of those of most deals.

    Without a dimension the one curve is of all deals. After the last day watched nothing is said.
    """
    rows = [_row(label, curve, by) for label, curve in curves]
    most = sorted(curves, key=lambda one: -one[1].watched)[:DRAWN]
    points = [
        point for label, curve in curves if any(curve is one for _, one in most) for point in _points(label, curve, by)
    ]
    return Table(_columns(opens), rows, (by,), points=points)


def _points(label: str | None, curve: Curve, by: str) -> list[Row]:
    thin = curve.thinned()
    columns = (thin.times, thin.survival, thin.low, thin.high)
    steps = list(zip(*(each.tolist() for each in columns), strict=True))
    last = next((at for at, step in enumerate(steps) if step[1] <= END), len(steps) - 1)
    name = _("all deals") if label is None else label
    return [
        {by: name, "day": day, "value": value, "low": low, "high": high} for day, value, low, high in steps[: last + 1]
    ]


def _row(label: str | None, curve: Curve, by: str) -> Row:
    row: Row = {by: label, "watched": curve.watched}
    for days in AFTER:
        at = curve.at(days)
        row |= {f"after_{days}": at and at[0], f"low_{days}": at and at[1], f"high_{days}": at and at[2]}
    return row
