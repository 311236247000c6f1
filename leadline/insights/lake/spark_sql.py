"""DuckDB's SQL in Spark's words: what sqlglot does not do by itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import sqlglot
from sqlglot import exp

QUOTED_OR_VALUE = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\?(?:::\w+\[\])?")
ISO_WEEK = "%G-W%V"
# Spark's patterns for those of strftime that metrics use.
PATTERNS = {"%Y-%m-%d": "yyyy-MM-dd", "%Y-%m": "yyyy-MM", "%Y": "yyyy"}


def spark_sql(sql: str, values: Sequence[Any] = ()) -> str:
    """The SELECT for Spark, with its values written into it."""
    given = iter(values)

    def write(found: re.Match[str]) -> str:
        return _literal(next(given)) if found[0].startswith("?") else found[0]

    return _translated(QUOTED_OR_VALUE.sub(write, sql))


def _literal(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]::BIGINT[]"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"DATE '{value}'"
    return exp.convert(value).sql(dialect="duckdb")


@lru_cache(maxsize=512)
def _translated(sql: str) -> str:
    tree = sqlglot.parse_one(sql, read="duckdb")
    _sorted_lists(tree)
    for node in reversed(list(tree.walk())):  # what is within first
        if (new := _reworded(node)) is not node:
            node.replace(new)
    return tree.sql(dialect="spark")


def _reworded(node: exp.Expr) -> exp.Expr:
    say = REWORDED.get(type(node))
    return say(node) if say else node


def _seconds(node: exp.Expr) -> exp.Expr:
    """EPOCH() keeps parts of a second, UNIX_TIMESTAMP() does not; and it takes spans of time as well."""
    what = node.this.unnest()
    if isinstance(what, exp.Sub):
        return exp.paren(exp.Sub(this=_since_1970(what.this), expression=_since_1970(what.expression)))
    return _since_1970(what)


def _since_1970(moment: exp.Expr) -> exp.Expr:
    micros = exp.func("UNIX_MICROS", exp.cast(moment.copy(), "TIMESTAMPLTZ"))
    return exp.Div(this=micros, expression=exp.cast(exp.Literal.number(1_000_000), "DOUBLE"))


def _written_day(node: exp.Expr) -> exp.Expr:
    """Spark knows no ISO year: it is that of the week's Thursday."""
    pattern = node.args["format"].this
    if pattern != ISO_WEEK:
        return exp.func("DATE_FORMAT", node.this, exp.Literal.string(PATTERNS[pattern]))
    monday = exp.func("DATE_TRUNC", exp.Literal.string("WEEK"), node.this)
    thursday = exp.func("DATE_ADD", exp.cast(monday, "DATE"), exp.Literal.number(3))
    year = exp.func("DATE_FORMAT", thursday, exp.Literal.string("yyyy"))
    week = exp.func(
        "LPAD", exp.cast(exp.func("WEEKOFYEAR", node.this), "STRING"), exp.Literal.number(2), exp.Literal.string("0")
    )
    return exp.func("CONCAT", year, exp.Literal.string("-W"), week)


def _part_of_day(node: exp.Expr) -> exp.Expr:
    """EXTRACT(DAYOFYEAR FROM day), which Spark has as a function alone."""
    return exp.func("DAYOFYEAR", node.expression) if node.name.upper() == "DAYOFYEAR" else node


def _other(node: exp.Expr) -> exp.Expr:
    """Functions that sqlglot knows only by name."""
    name = node.name.upper()
    if name == "TIMEZONE" and isinstance(node.expressions[1], exp.Anonymous):
        # TIMEZONE(zone, TIMEZONE('UTC', moment)): the naive time of that zone.
        zone, moment = node.expressions
        utc = exp.Literal.string("UTC")
        return exp.Anonymous(this="CONVERT_TIMEZONE", expressions=[utc, zone, moment.expressions[1]])
    if name == "FROM_JSON":
        text, shape = node.expressions
        return exp.Anonymous(this=name, expressions=[text, exp.Literal.string(_ddl(json.loads(shape.this)))])
    return node


def _ddl(shape: Any) -> str:
    if isinstance(shape, list):
        return f"ARRAY<{_ddl(shape[0])}>"
    if isinstance(shape, dict):
        return f"STRUCT<{', '.join(f'{name}: {_ddl(kind)}' for name, kind in shape.items())}>"
    return "STRING" if shape == "VARCHAR" else str(shape)


def _sorted_lists(tree: exp.Expr) -> None:
    """LIST(x ORDER BY y) FILTER (...): Spark collects in no order, so what is collected is sorted, y before x."""
    for made in list(tree.find_all(exp.ArrayAgg)):
        order = made.this
        if not isinstance(order, exp.Order):
            continue
        value, keys = order.this, [key.this for key in order.expressions]
        whole = made.parent if isinstance(made.parent, exp.Filter) else made
        bare = value.unalias().this if isinstance(value, exp.Cast) else value
        alone = keys == [bare] or keys == [value]
        named = [item for n, key in enumerate((*keys, value)) for item in (exp.Literal.string(f"k{n}"), key)]
        made.set("this", value if alone else exp.Anonymous(this="NAMED_STRUCT", expressions=named))
        up = exp.true() if not order.expressions[0].args.get("desc") else exp.false()
        whole.replace(_picked(exp.Anonymous(this="SORT_ARRAY", expressions=[whole.copy(), up]), len(keys), alone))


def _picked(sorted_list: exp.Expr, keys: int, alone: bool) -> exp.Expr:
    """The values alone, of structs of keys and value."""
    if alone:
        return sorted_list
    value = exp.Dot(this=exp.to_identifier("kept"), expression=exp.to_identifier(f"k{keys}"))
    picking = exp.Lambda(this=value, expressions=[exp.to_identifier("kept")])
    return exp.Anonymous(this="TRANSFORM", expressions=[sorted_list, picking])


def _is(node: exp.Expr) -> exp.Expr:
    """(x IS NULL) IS NULL must have its brackets."""
    if isinstance(node.this, exp.Is):
        node.set("this", exp.paren(node.this))
    return node


def _log10(node: exp.Expr) -> exp.Expr:
    """LOG(x) is to the base of ten in DuckDB, and the natural one in Spark."""
    return node if node.expression else exp.Anonymous(this="LOG10", expressions=[node.this])


def _percentile(node: exp.Expr) -> exp.Expr:
    """QUANTILE_CONT(x, share)."""
    return exp.Anonymous(this="PERCENTILE", expressions=[node.this, node.expression])


def _json_type(node: exp.Expr) -> exp.Expr:
    """JSON_TYPE(x -> path), which sqlglot takes for a function of x: what the text at the path looks like."""
    arrow = node.this
    column, path = (
        (arrow.expressions[0], arrow.this) if isinstance(arrow, exp.Lambda) else (arrow.this, arrow.expression)
    )
    text = exp.func("GET_JSON_OBJECT", exp.column(column.copy()), exp.Literal.string(path.name))
    cases = exp.Case().when(exp.func("STARTSWITH", text, exp.Literal.string("[")), exp.Literal.string("ARRAY"))
    return cases.when(
        exp.RegexpLike(this=text.copy(), expression=exp.Literal.string("^-?[0-9]+$")), exp.Literal.string("BIGINT")
    )


def _all_but(node: exp.Expr) -> exp.Expr:
    """* EXCLUDE (a) REPLACE (x AS b): Spark has the first, so b goes out and x comes in, as the last column."""
    columns = []
    for column in node.expressions:
        columns.append(column)
        new = column.args.get("replace") if isinstance(column, exp.Star) else None
        if new:
            gone = [exp.to_identifier(one.alias) for one in new]
            column.set("except_", [*(column.args.get("except_") or []), *gone])
            column.set("replace", None)
            columns += new
    node.set("expressions", columns)
    return node


OF_ONE_ROW = (exp.Lag, exp.Lead, exp.RowNumber)


def _window(node: exp.Expr) -> exp.Expr:
    """No frame for functions that look at one row; F(x) FILTER (WHERE c) OVER w as F(CASE WHEN c THEN x END) OVER w."""
    kept = node.this
    if isinstance(kept, OF_ONE_ROW):
        node.set("spec", None)
    if isinstance(kept, exp.Filter):
        counted = kept.this
        what = exp.Literal.number(1) if isinstance(counted.this, exp.Star) else counted.this
        counted.set("this", exp.Case().when(kept.expression.this, what))
        node.set("this", counted)
    return node


REWORDED: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.TimeToUnix: _seconds,
    exp.TimeToStr: _written_day,
    exp.Anonymous: _other,
    exp.Is: _is,
    exp.Log: _log10,
    exp.PercentileCont: _percentile,
    exp.Extract: _part_of_day,
    exp.JSONType: _json_type,
    exp.Window: _window,
    exp.Select: _all_but,
}
