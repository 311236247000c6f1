"""Time and costs as tables: rows with a number per kind of work, each of which opens what stands behind it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.activities.models import ActivityType, Work
from leadline.insights import charts, periods
from leadline.insights.ask_time import Asked
from leadline.insights.periods import Calendar
from leadline.insights.time_spent.counting import Cost, Key, Spent
from leadline.web.frame import formats
from leadline.web.insights.drawing import PAGE

NOT_SAID = gettext_lazy("Not said")


@dataclass(frozen=True)
class Cell:
    """Hours, and where they open."""

    hours: float
    href: str = ""


@dataclass(frozen=True)
class Line:
    """A week, month or person: hours by kind of work in the table's order, and of all of them."""

    label: str
    cells: list[Cell]
    whole: Spent
    href: str = ""


@dataclass(frozen=True)
class Table:
    """`works` are the kinds of work in it, by their value and word."""

    works: list[tuple[str, str]]
    lines: list[Line]
    whole: Spent = field(default_factory=Spent)


@dataclass(frozen=True)
class CostLine:
    """What meetings of one type cost in a month."""

    month: str
    type: str
    cost: Cost
    href: str


def works_of(found: Mapping[Key, Spent]) -> list[tuple[str, str]]:
    """The kinds of work that somebody spent time on, in their order; what says none is last."""
    there = {work for (_person, work, _start), one in found.items() if one.minutes}
    named = [(work.value, str(work.label)) for work in Work if work in there]
    return [*named, *([("", str(NOT_SAID))] if "" in there else [])]


def by_period(found: Mapping[Key, Spent], asked: Asked, query: Mapping[str, str]) -> Table:
    """A line a week or month, the latest first."""
    return _table(
        found, lambda key: key[2], lambda start: _said(start, asked), lambda start: _days(start, asked), query
    )


def by_person(found: Mapping[Key, Spent], names: Mapping[int, str], query: Mapping[str, str]) -> Table:
    """A line a person, by name."""
    table = _table(found, lambda key: key[0], lambda pk: names.get(pk, f"#{pk}"), lambda pk: {"person": str(pk)}, query)
    return Table(table.works, sorted(table.lines, key=lambda line: line.label.casefold()), table.whole)


def _table(
    found: Mapping[Key, Spent],
    of: Callable[[Key], Any],
    said: Callable[[Any], str],
    narrow: Callable[[Any], dict[str, str]],
    query: Mapping[str, str],
) -> Table:
    works = works_of(found)
    cells: dict[Any, dict[str, Spent]] = defaultdict(lambda: defaultdict(Spent))
    for key, one in found.items():
        cells[of(key)][key[1]] += one
    lines = []
    for label in sorted(cells, reverse=True):
        at = {**query, **narrow(label)}
        hours = [Cell(cells[label][work].minutes / 60, rows_at({**at, "work": work or "-"})) for work, _word in works]
        lines.append(Line(said(label), hours, _whole(cells[label].values()), rows_at(at)))
    return Table(works, lines, _whole(found.values()))


def _whole(some: Iterable[Spent]) -> Spent:
    whole = Spent()
    for one in some:
        whole += one
    return whole


def cost_lines(found: Mapping[tuple[int, dt.date], Cost], asked: Asked, query: Mapping[str, str]) -> list[CostLine]:
    """By month, the latest first, and type."""
    names = dict(ActivityType.objects.values_list("pk", "name"))
    ordered = sorted(found, key=lambda key: (key[1], -key[0]), reverse=True)
    return [
        CostLine(
            _said(start, asked),
            names.get(kind, f"#{kind}"),
            found[kind, start],
            rows_at({**query, **_days(start, asked), "type": str(kind)}),
        )
        for kind, start in ordered
    ]


def chart(found: Mapping[Key, Spent], asked: Asked) -> dict[str, Any] | None:
    """Hours by week or month, a layer for each kind of work; None where there are none."""
    works = dict(works_of(found))
    sums: dict[tuple[dt.date, str], float] = defaultdict(float)
    for (_person, work, start), one in found.items():
        sums[start, work] += one.minutes / 60
    if not works:
        return None
    points = [
        {
            "label": _said(start, asked), "series": word, "value": round(hours, 2),
            "said": _("%(hours)s h") % {"hours": formats.number(hours, 1)},
        }
        for start in sorted({start for start, _work in sums})
        for work, word in works.items()
        for hours in [sums.get((start, work), 0)]
    ]  # fmt: skip
    words = charts.Words(_("Hours"), _("Week") if asked.step == "week" else _("Month"), _("Kind of work"))
    return charts.draw("stacked", points, words, PAGE, ",~r")


def rows_at(query: Mapping[str, str]) -> str:
    return f"{reverse('time_rows')}?{urlencode(query)}"


def _said(start: dt.date, asked: Asked) -> str:
    return formats.day(start) if asked.step == "week" else start.strftime("%Y-%m")


def _days(start: dt.date, asked: Asked) -> dict[str, str]:
    """The part of a week or month that lies in the period; days go before a named period."""
    end = periods.containing(asked.step, start, Calendar(asked.week_start)).end or start
    return {
        "period": "", "from": max(start, asked.start).isoformat(), "to": min(end, asked.end).isoformat(),
    }  # fmt: skip
