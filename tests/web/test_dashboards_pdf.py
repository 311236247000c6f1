"""A dashboard on paper: as its reader sees it, and its words never markup."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import typst
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.history import members
from leadline.web.dashboards.paper import on_paper
from leadline.web.dashboards.printing import SHEET, printed
from tests import factories
from tests.cast import Cast
from tests.web.answers import at

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HOSTILE = '#panic("x") *b* $1$ #read("/etc/passwd") \\ " ] } <a> // `r` @ref'


def board_of(cast: Cast, *panels: str, name: str = "Monday", **more: Any) -> Dashboard:
    tiles = [{"panel": panel, "query": "", "title": "", "wide": False, **more} for panel in panels]
    return Dashboard(name=name, shared=True, tiles=tiles).add(by=cast.owner)


def test_each_reader_gets_their_own_numbers(cast: Cast, signed_in: SignIn) -> None:
    factories.deal(cast.owner, owner=cast.owner)
    factories.deal(cast.outsider, owner=cast.outsider)
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    board = board_of(cast, "funnel.headline", "funnel.stages")
    entered = {}
    for reader in (cast.owner, cast.administrator):
        headline, stages = on_paper(board, reader)["tiles"]
        assert headline["figures"]
        assert stages["chart"].startswith("<svg")
        assert [len(row) for row in stages["rows"]] == [len(stages["heads"])] * len(stages["rows"])
        entered[reader.name] = stages["rows"][0][1]["text"]
    assert entered == {"Olga": "1", "Ada": "2"}
    answer = signed_in(cast.teammate).get(at("dashboard_pdf", board.pk))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="monday-')
    assert answer.content.startswith(b"%PDF-")


def test_words_are_never_markup(cast: Cast) -> None:
    stage = factories.stage()
    stage.edit(by=SYSTEM, name=HOSTILE[:60])
    factories.deal(cast.owner, stage=stage)
    said = on_paper(board_of(cast, "funnel.stages", name=HOSTILE, title=HOSTILE), cast.owner)
    assert any(row[0]["text"] == stage.name for row in said["tiles"][0]["rows"])
    assert printed(said).startswith(b"%PDF-")
    headings = json.loads(typst.query(str(SHEET), "heading", sys_inputs={"data": json.dumps(said)}))
    assert [one["body"] for one in headings] == [{"func": "text", "text": HOSTILE}] * 2


def test_what_cannot_be_asked_any_more_says_so(cast: Cast) -> None:
    gone = board_of(cast, "nowhere.at_all")
    odd = board_of(cast, "funnel.stages", query="pipeline=999")
    says = [on_paper(board, cast.owner)["tiles"][0]["says"] for board in (gone, odd)]
    assert says == ["This panel is gone.", "What this tile asks cannot be answered any more."]
    assert printed(on_paper(gone, cast.owner)).startswith(b"%PDF-")


def test_numbers_side_by_side_are_never_printed_over_each_other(cast: Cast) -> None:
    """Where columns do not fit, headings break and letters get smaller, and each number keeps its room."""
    tile = on_paper(board_of(cast, "nowhere.at_all"), cast.owner)
    cell = {"text": "$1,234,567", "range": "90% to 95%"}
    wide = {
        **tile["tiles"][0],
        "heads": ["Source", *["Value of what is believed"] * 7],
        "left": [True, *[False] * 7],
        "rows": [[{"text": "Referral by somebody", "range": ""}, *[cell] * 7]],
    }
    narrow = {**wide, "heads": ["Source", "Won"], "left": [True, False], "rows": [wide["rows"][0][:2]]}
    data = json.dumps({**tile, "tiles": [wide, narrow]})
    tables = json.loads(typst.query(str(SHEET), "table", sys_inputs={"data": data}))
    first, second = (table["columns"] for table in tables)
    assert second == ["auto", "auto"]
    assert first[0] == "auto"
    room = [float(column.removeprefix("0% + ").removesuffix("pt")) for column in first[1:]]
    assert min(room) > 45  # ten letters of 8 points
    assert sum(room) < 504  # the page without its margins


def test_an_empty_dashboard_says_so_and_names_turn_nothing_around(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    true = typst.compile
    monkeypatch.setattr(
        typst, "compile", lambda *of, **more: given.append(more["sys_inputs"]["data"]) or true(*of, **more)
    )
    assert printed(on_paper(board_of(cast, name="Won \u202eback\u2066"), cast.owner)).startswith(b"%PDF-")
    said = json.loads(given[0])
    assert (said["title"], said["empty"]) == ("Won back", "There is nothing on this dashboard yet.")
    paragraphs = json.loads(typst.query(str(SHEET), "par", sys_inputs={"data": given[0]}))
    assert paragraphs[-1]["body"]["text"] == said["empty"]
