"""How old open deals are, beside how old those were that have been won."""

from __future__ import annotations

from collections.abc import Callable

from leadline.insights.metrics.centre import fill_days, put_middle
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, moment, selection
from leadline.insights.metrics.standing import DAY
from leadline.insights.numbers.shown import groups as lists
from leadline.insights.question import Question


def _age(since: str) -> str:
    return f"(epoch({{as_of}}) - {since}) / {DAY}.0"


def ageing(since: str, name: str) -> Callable[[Tables, Question], list[Row]]:
    """Ages of facts `open_deals` since a moment, against the `name`_half and `name`_limit days of the won ones."""

    def answer(tables: Tables, question: Question) -> list[Row]:
        """Rows as for times (value = median age), `older` than half of the won ones were, `oldest`: than 95 %."""
        age = _age(since).replace("{as_of}", moment(question))
        columns = (
            f"coalesce(list(greatest({age}, 0.0) ORDER BY {age}) FILTER (WHERE {since} IS NOT NULL), []) AS x, "
            f"count(*) FILTER (WHERE {since} IS NULL) AS left_out, "
            f"count(*) FILTER (WHERE {age} > {name}_half) AS older, "
            f"count(*) FILTER (WHERE {age} > {name}_limit) AS oldest"
        )
        found = grouped(tables, question, selection(question), columns)
        values, rows = lists(found, "x"), labelled(question, found)
        put_middle(rows, values, found)
        fill_days(question, rows, values)
        for row, older, oldest in zip(
            rows, found.column("older").to_pylist(), found.column("oldest").to_pylist(), strict=True
        ):
            row |= {"older": older, "oldest": oldest}
        return rows

    return answer


def _kind(since: str, name: str) -> Kind:
    return Kind(
        ageing(since, name),
        {
            "": f"{since} IS NOT NULL",
            "left_out": f"{since} IS NULL",
            "older": f"{_age(since)} > {name}_half",
            "oldest": f"{_age(since)} > {name}_limit",
        },
        (
            Column("mean", low="mean_low", high="mean_high"),
            Column("p80"),
            Column("older", "deals", "older"),
            Column("oldest", "deals", "oldest"),
            Column("left_out", "deals", "left_out"),
        ),
    )


KINDS = {"age_in_stage": _kind("entered_s", "stage"), "age": _kind("created_s", "close")}
