"""Moments (UTC) as days of the company's time zone."""

from __future__ import annotations

from typing import cast

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir


@ibis.udf.scalar.builtin(name="timezone", signature=((dtypes.string, dtypes.timestamp), dtypes.timestamp))
def _shifted(zone, moment):  # type: ignore[no-untyped-def]  # a declaration: the engine has the body
    """DuckDB's timezone(): a naive time becomes a moment, a moment the naive time of that zone."""


def local_day(moment: ir.TimestampValue, zone: str) -> ir.DateValue:
    """The company's date at a moment; summer time is minded."""
    local = moment if zone == "UTC" else _shifted(zone, _shifted("UTC", moment))
    return cast(ir.DateValue, local.cast("date"))
