"""What a team's own history says: the ground on which the needed numbers stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from leadline.insights.report import Report


@dataclass(frozen=True)
class Measures:
    """Measured from `start` to `end` (None: from the beginning on, for a team that won nothing in the last year).

    `conversions` holds (advanced, entered) by stage; a stage of which too much is not recorded is not in it. `there`
    counts the open deals by stage. `work` holds done activities of each type on closed deals. `labels` are the names
    under which the metrics know the stages.
    """

    start: dt.date | None
    end: dt.date
    conversions: Mapping[int, tuple[int, int]]
    there: Mapping[int, int]
    won: int
    lost: int
    mean_won: float | None
    mean_won_low: float | None
    mean_won_high: float | None
    valued: int
    days_to_close: float | None
    timed: int
    work: Mapping[int, int] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)

    @property
    def mean(self) -> Decimal | None:
        """What a won deal brings, to the cent."""
        return None if self.mean_won is None else round(Decimal(self.mean_won), 2)


def conversions(report: Report, ids: Mapping[str, int]) -> dict[int, tuple[int, int]]:
    """Of stage_conversion by stage; `ids` by label. What the metric itself does not say (None) is not known here."""
    return {
        ids[row["stage"]]: (row["numerator"], row["n"]) for row in _known(report.rows, ids) if row["value"] is not None
    }


def there(report: Report, ids: Mapping[str, int]) -> dict[int, int]:
    """Of open_value by stage: how many deals stand where."""
    return {ids[row["stage"]]: row["n"] for row in _known(report.rows, ids)}


def _known(rows: Iterable[Mapping[str, Any]], ids: Mapping[str, int]) -> Iterable[Mapping[str, Any]]:
    return (row for row in rows if row["stage"] in ids)
