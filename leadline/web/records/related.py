"""What belongs to a record, section by section: a few rows at first, the next ones when they are asked for.

Every section counts and shows what the reader may see, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.records.finding import find_of_kind
from leadline.web.records.row import Row

FIRST, MORE = 7, 25  # rows at first, and with each asking
Draw = Callable[[Any], Row]


@dataclass
class Section:
    """`rows` in their order; `draw` tells how one reads; `all` leads to the list of every row.

    `count` None is counted when it is shown; `sums` stand beside the heading. `none` says what will be here.
    """

    name: str
    word: str | Promise
    rows: Any
    draw: Draw
    none: str = ""
    count: int | None = None
    alone: bool = False  # holds one row at most: there is nothing to count
    quiet: bool = False  # not there at all while it is empty
    sum: str = ""
    all: str = ""
    add: str = ""
    add_word: str = ""
    shown: list[tuple[Any, Row]] = field(default_factory=list)
    next: int = 0  # where the next rows begin; 0: these are all

    def read(self, start: int, size: int) -> Section:
        """Reads rows from `start`, one more than shown, so that the end is known without counting."""
        rows = list(self.rows[start : start + size + 1])
        self.shown = [(row, self.draw(row)) for row in rows[:size]]
        self.next = start + size if len(rows) > size else 0
        if self.count is None and start == 0 and not self.alone:
            self.count = self.rows.count() if self.next else len(rows)
        return self


Sections = Callable[[User, Any], list[Section]]
SECTIONS: dict[str, Sections] = {}


def sections_of(reader: User, record: Any) -> list[Section]:
    """The sections of a record's page, with their first rows."""
    sections = [section.read(0, FIRST) for section in SECTIONS[record.ENTITY](reader, record)]
    return [section for section in sections if section.shown or not section.quiet]


FURTHEST = 10**8  # rows; nothing stands behind them


@require_safe
def more(request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponse:
    """The next rows of a section."""
    record, reader = find_of_kind(kind, request, pk), reader_of(request)
    found = [section for section in SECTIONS.get(kind, _none)(reader, record) if section.name == name]
    start = number_of(request.GET.get("from", ""))
    if not found or start is None or start >= FURTHEST:
        raise Http404
    section = found[0].read(start, MORE)
    return render(request, "records/_rows.html", {"section": section, "record": record, "kind": kind})


def _none(reader: User, record: Any) -> list[Section]:
    return []


def place(name: str, query: str = "", *args: Any) -> str:
    """The address of this name with a query; "" while there is no such page."""
    try:
        return reverse(name, args=args) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""
