"""What a dashboard says on paper, to one reader: titles, periods, figures, charts and tables as plain data."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.insights import charts
from leadline.web.dashboards.places import Tile, tiles_of
from leadline.web.frame import formats
from leadline.web.insights.declaring import Panel
from leadline.web.insights.drawing import PAPER, drawn
from leadline.web.insights.forms import Filter
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.naming import question_line
from leadline.web.insights.period import company_today
from leadline.web.insights.sections import opener, section
from leadline.web.insights.shortening import cut_said, drawn_said, some

ROWS = 20  # of each table
Said = dict[str, Any]


def on_paper(board: Dashboard, reader: User) -> Said:
    """The data of dashboard.typ: each tile asked as this reader, so that it shows what they may see."""
    today = formats.day(company_today())
    return {
        "title": board.name,
        "subtitle": _("%(day)s, as %(reader)s sees it") % {"day": today, "reader": reader},
        "foot": f"{board.name} · {today}",
        "lang": (get_language() or "en").partition("-")[0],
        "empty": _("There is nothing on this dashboard yet."),
        "tiles": [_tile(tile, reader) for tile in tiles_of(board.tiles)],
    }


def _tile(tile: Tile, reader: User) -> Said:
    said: Said = {
        "title": tile.title,
        "line": "",
        "says": "",
        "figures": [],
        "chart": "",
        "drawn": "",
        **_numbers([], [], [], ""),
    }
    if tile.place is None or tile.place.panel is None:
        return {**said, "says": _("This panel is gone.")}
    form = Filter(QueryDict(tile.place.query), reader, tile.place.page)
    if not form.is_valid():
        return {**said, "says": _("What this tile asks cannot be answered any more.")}
    inquiry = Inquiry(form.asked(), reader, tile.place.page)
    return {**said, "line": question_line(inquiry.asked), **_answer(tile.place.panel, inquiry)}


def _answer(panel: Panel, inquiry: Inquiry) -> Said:
    found = section(panel, inquiry, whole=True).drawn or {}
    if found["error"]:
        return {"says": found["error"]}
    if "figures" in found:
        figures = [
            {"word": str(one.word), "value": one.value, "range": one.range, "rests": one.rests_on}
            for one in found["figures"]
        ]
        return {"figures": figures, "says": " ".join(str(note.text) for note in found["notes"])}
    table, every = found["table"], found["lines"]
    lines = some(panel, table, every, ROWS)
    if not lines:
        return {"says": str(table.nothing or panel.nothing or _("Nothing is recorded for this."))}
    spec = drawn(panel, table, opener(inquiry, panel), PAPER)
    return {
        "says": " ".join(part for part in (found["age"].text if found["age"] else "", str(table.says)) if part),
        "chart": charts.picture(spec, "svg").decode() if spec else "",
        "drawn": _("In the chart: %(what)s") % {"what": cut} if spec and (cut := drawn_said(panel, table)) else "",
        **_numbers(
            [*found["heads"], *(column.title for column in table.columns)],
            [*(True for _head in found["heads"]), *(column.unit in ("text", "flag") for column in table.columns)],
            [
                [*({"text": label, "range": ""} for label in line.labels),
                 *({"text": cell.text, "range": cell.range} for cell in line.cells)]
                for line in lines
            ],
            cut_said(panel, table, len(lines), len(every)),
        ),
    }  # fmt: skip


def _numbers(heads: list[Any], left: list[bool], rows: list[list[dict[str, str]]], more: str) -> Said:
    """A table: its headings, whether each column is of words, its cells, and what it leaves out."""
    return {"heads": [str(head) for head in heads], "left": left, "rows": rows, "more": more}
