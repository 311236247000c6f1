"""The list, fifty at a time, and the same as CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from leadline.crm.fields import Field, FieldKind, Linked
from leadline.crm.models import base_currency
from leadline.web.editing.showing import shown
from leadline.web.frame.names import linked
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.insights.cells import plain
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.insights.naming import attached
from leadline.web.insights.records import behind
from leadline.web.insights.records.found import Found, found, with_currency
from leadline.web.insights.records.kinds import KINDS

ROWS_A_PAGE = 50
CHUNK = 2000
NUMBERS = (FieldKind.MONEY, FieldKind.NUMBER, FieldKind.MOMENT, FieldKind.DAY)


def records_behind(kind: str) -> Callable[[HttpRequest], HttpResponse]:
    """The list of one kind: as the records are today, whatever the moment the number is of."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        rows, names = found(request, KINDS[kind]), linked()
        here = Paginator(rows.ordered(names), ROWS_A_PAGE).get_page(request.GET.get("page"))
        records = list(here)
        names.load_for(records, rows.fields)
        context = {
            "here": here,
            "found": rows,
            "cells": [_cells(record, rows) for record in records],
            "numbers": NUMBERS,
            "total": rows.total,
            "currency": base_currency(),
            "subject": behind.subject_of(request),
            "address": Address(request),
        }
        return page(request, "insights/records.html", "insights/_records.html", context)

    return view


def records_csv(kind: str) -> Callable[[HttpRequest], StreamingHttpResponse]:
    """The file of one kind: all of them, in the order of the list."""

    @require_safe
    def view(request: HttpRequest) -> StreamingHttpResponse:
        rows = found(request, KINDS[kind])
        fields = with_currency(rows.fields, kind)
        header = ["id", *(field.name for field in fields), *(column.key for column, _write in rows.own)]
        response = StreamingHttpResponse(
            csv_lines(header, _lines(rows, fields)), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = attached(f"{rows.kind.csv.removesuffix('_csv')}.csv")
        return response

    return view


class Address:
    """This page's address with something else in it."""

    def __init__(self, request: HttpRequest) -> None:
        self.path, self.query = request.path, request.GET

    def __call__(self, **changes: str | int) -> str:
        query = self.query.copy()
        for name, value in changes.items():
            query[name] = str(value)
        return f"{self.path}?{query.urlencode()}"


def _cells(record: Any, rows: Found) -> dict[str, Any]:
    words = [(field, shown(field, record)) for field in rows.fields[1:]]
    held = [(column, write(rows.part(record.pk)[column.key])) for column, write in rows.own]
    status = getattr(record, "status", "")
    return {"name": str(record), "href": record_url(record), "cells": words, "held": held, "status": status}


def _lines(rows: Found, fields: list[Field]) -> Iterator[list[Any]]:
    names = Linked(rows.user)
    records = rows.ordered(names).iterator(chunk_size=CHUNK)
    while some := list(islice(records, CHUNK)):
        names.load_for(some, fields)
        yield from (_line(record, rows, fields, names) for record in some)


def _line(record: Any, rows: Found, fields: list[Field], names: Linked) -> list[Any]:
    held = (plain(rows.part(record.pk)[column.key]) for column, _write in rows.own)
    return [record.pk, *(_value(field, record, names) for field in fields), *held]


def _value(field: Field, record: Any, names: Linked) -> Any:
    value = field.value(record, names)
    if isinstance(value, dt.date):  # moments are dates too
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, Promise) or not isinstance(value, int | float | None) else value
