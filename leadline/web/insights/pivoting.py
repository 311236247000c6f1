"""Two dimensions in one table: the first as its rows, the second as its columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.web.frame import formats
from leadline.web.insights.declaring import Behind, Column, Row, Table
from leadline.web.insights.labels import named

SERIES = 8  # as many as a chart can tell apart


def pivoted(table: Table, nothing: Any = None) -> Table:
    """A column per member of the second dimension, the largest first; `points` keep the rows as they were.

    `nothing` is the number where there is no row: 0 of what is counted, else None.
    """
    first, second = table.by[0], table.by[1]
    column = table.columns[0]
    names = _largest(table, second, column.key)
    rows: dict[str | None, Row] = {}
    for row in table.rows:  # one that has no second label stands for a period in which nothing was
        blank = {f"{column.key}|{n}": nothing for n in range(len(names))}
        held = rows.setdefault(row[first], {first: row[first], "part": row.get("part", ""), "opens": {}, **blank})
        if second not in row or row[second] not in names:
            continue
        key = f"{column.key}|{names.index(row[second])}"
        ends = {f"{key}{end}": row.get(f"{column.key}{end}") for end in (".low", ".high", ".numerator", ".n")}
        held |= {key: row.get(column.key), **ends}
        if column.opens:
            held["opens"][key] = replace(column.opens, labels={first: row[first], second: row[second]})
    columns = tuple(_named(column, n, named(name, second)) for n, name in enumerate(names))
    kept = [row for row in table.rows if row.get(second) in names]
    every = len({row.get(second) for row in table.rows})
    says = _("The %(some)s largest of %(all)s are shown.") if every > SERIES else ""
    counts = {"some": formats.number(SERIES), "all": formats.number(every)}
    said = says and says % counts
    return replace(table, columns=columns, rows=list(rows.values()), points=kept, was=[], says=said)


def _largest(table: Table, second: str, key: str) -> list[str | None]:
    """The members of the second dimension by what they come to, or by what they rest on."""
    weights: dict[str | None, float] = {}
    for row in table.rows:
        weight = row.get(f"{key}.n") or row.get(key) or 0
        if second in row and row.get(key) is not None:
            weights[row[second]] = weights.get(row[second], 0.0) + float(weight)
    return sorted(weights, key=lambda name: -weights[name])[:SERIES]


def _named(column: Column, n: int, title: str) -> Column:
    key = f"{column.key}|{n}"
    opens: Behind | None = None  # each row says itself what its numbers open
    return replace(
        column, key=key, title=title, low=f"{key}.low", high=f"{key}.high", successes=f"{key}.numerator",
        trials=f"{key}.n", opens=opens, help="",
    )  # fmt: skip
