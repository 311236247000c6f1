"""What a list shows as a file: all its rows, its columns, its order. The headings can be imported again."""

from __future__ import annotations

import datetime as dt
import tempfile
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.crm.fields import Field, FieldKind, Linked, field_of
from leadline.crm.listing.sorting import ordered
from leadline.web.frame.reader import reader
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.lists.asked import Asked, asked

CHUNK = 2000
MOST = 1_048_000  # rows that a spreadsheet can hold
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """What goes into a file, apart from how it is written; lives on after the request, while the file is sent."""

    ask: Asked
    fields: list[Field]
    names: Linked
    zone: zoneinfo.ZoneInfo

    @property
    def heading(self) -> list[str]:
        return ["ID", *(str(field.word) for field in self.fields)]

    def records(self) -> Iterator[Any]:
        """In the order of the list, some at a time, each with all that its columns need."""
        rows = ordered(self.ask.rows, self.ask.sort, self.names)
        some: list[Any] = []
        for record in rows.iterator(chunk_size=CHUNK):
            some.append(record)
            if len(some) == CHUNK:
                yield from self._loaded(some)
                some = []
        yield from self._loaded(some)

    def _loaded(self, records: list[Any]) -> list[Any]:
        self.names.load_for(records, self.fields)
        return records

    def values(self, record: Any) -> list[Any]:
        """Numbers as numbers, days as days, times in the reader's zone, everything else as words."""
        return [record.pk, *(self._value(field, record) for field in self.fields)]

    def _value(self, field: Field, record: Any) -> Any:
        value = field.value(record, self.names)
        if field.name == "due_at" and getattr(record, "due_on", None):  # on the day alone, and so it is read again
            return record.due_on
        if value is None or value == "" or value == []:
            return None
        if isinstance(value, dt.datetime):
            return value.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, int | Decimal | dt.date):
            return value
        if field.kind is FieldKind.ADDRESSES:
            return ", ".join(str(one["value"]) for one in value)
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@require_safe
def as_csv(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """UTF-8 with its mark, which Excel needs; cells that a spreadsheet would run as formulas are made plain text."""
    sheet = _sheet(request, kind)
    lines = csv_lines(sheet.heading, ([_written(v) for v in sheet.values(record)] for record in sheet.records()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(sheet)}.csv"'
    return response


@require_safe
def as_xlsx(request: HttpRequest, kind: str) -> FileResponse:
    """The same as a spreadsheet, written row by row into a file that is gone when it has been sent."""
    import xlsxwriter  # noqa: PLC0415  a library of its own, needed by this page alone

    sheet = _sheet(request, kind)
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": False, "strings_to_formulas": False})
    page = book.add_worksheet(str(sheet.ask.kind.word)[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    page.freeze_panes(1, 0)
    page.set_column(0, 0, 9)
    page.set_column(1, 1, 36)
    page.set_column(2, len(sheet.fields), 18)
    for column, word in enumerate(sheet.heading):
        page.write_string(0, column, word, head)
    for number, record in enumerate(sheet.records(), start=1):
        if number > MOST:
            break
        for column, value in enumerate(sheet.values(record)):
            _write(page, number, column, value, formats)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_name(sheet)}.xlsx", content_type=SHEET)


def _write(page: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    """Text is always text: nothing is read as a formula or a link."""
    if value is None:
        return
    if isinstance(value, dt.datetime | dt.date) and value.year >= 1900:
        page.write_datetime(row, column, value, formats[type(value)])
    elif isinstance(value, int | Decimal):
        page.write_number(row, column, value, formats.get(type(value)))
    else:
        page.write_string(row, column, str(value)[:32_767])


def _sheet(request: HttpRequest, kind: str) -> Sheet:
    ask = asked(request, kind)
    fields = list(ask.columns)
    if any(field.kind is FieldKind.MONEY for field in fields) and "currency" not in [field.name for field in fields]:
        place = next(n for n, field in enumerate(fields) if field.kind is FieldKind.MONEY)
        fields.insert(place + 1, field_of(kind, "currency"))  # an amount without its currency says nothing
    return Sheet(ask, fields, Linked(ask.user), reader().zone)


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, dt.datetime) else value


def _name(sheet: Sheet) -> str:
    return f"{sheet.ask.kind.at}-{timezone.localdate():%Y-%m-%d}"
