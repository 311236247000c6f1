"""The answer to a question, and how it leaves the house: as rows, JSON, CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leadline.insights.catalogue.metric import Metric
from leadline.insights.question import Question


@dataclass(frozen=True)
class Report:
    """Rows of a metric with what was asked. A row holds its dimensions' labels (None: not recorded), value, n …

    In `rows` sums are Decimal, exact to the cent; statistics are floats; what cannot be said is None.
    """

    question: Question
    rows: list[dict[str, Any]]

    @property
    def metric(self) -> Metric:
        """The catalogue entry."""
        return self.question.metric

    @property
    def by(self) -> tuple[str, ...]:
        """The names of the dimensions."""
        return tuple(dimension.name for dimension in self.question.by)

    @property
    def as_of(self) -> dt.datetime:
        """The moment whose knowledge it shows."""
        return self.question.as_of.replace(tzinfo=dt.UTC)

    def as_json_rows(self) -> list[dict[str, Any]]:
        """Rows of plain JSON values. Money is a number: whole where it is, else with its two decimals."""
        return [{name: _plain(value) for name, value in row.items()} for row in self.rows]

    def as_csv(self) -> str:
        """A heading and a line per row; money with two decimals, what is not known empty."""
        text = io.StringIO()
        names = list(dict.fromkeys(name for row in self.rows for name in row)) or [*self.by, "value", "n"]
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(round(value, 2))
    return value
