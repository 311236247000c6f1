"""Reports and dashboards: kept, shared, changed by their owner, taken back; each reader sees their own numbers."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from leadline.crm.models import Dashboard, HomePage, SavedReport
from leadline.history.undoing import undo_act
from leadline.insights.question import BadQuestion
from tests import factories
from tests.cast import Cast
from tests.web.answers import act_of, at

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SCRIPT = {"HTTP_HX_REQUEST": "true"}
PLACE = {"place": "funnel.stages", "query": "period=12m&whole=1"}


def tile(panel: str = "funnel.stages", **more: Any) -> dict[str, Any]:
    return {"panel": panel, "query": "", "title": "", "wide": False, **more}


@pytest.fixture
def board(cast: Cast) -> Dashboard:
    tiles = [tile(title="A"), tile(title="B"), tile("nowhere.at_all", title="C")]
    return Dashboard(name="Monday", tiles=tiles).add(by=cast.owner)


def test_a_view_is_kept_as_a_report_and_opens_as_it_was(cast: Cast, signed_in: SignIn) -> None:
    factories.deal(cast.owner)
    client = signed_in(cast.owner)
    assert "Keep" in client.get(at("report_keep"), PLACE).content.decode()
    client.post(at("report_keep"), {**PLACE, "name": " My  stages ", "to": "report"})
    far = {**PLACE, "query": "as_of=9999-12-31", "name": "Far", "to": "report"}
    assert client.post(at("report_keep"), far, follow=True).status_code == 200
    SavedReport.objects.get(name="Far").trash(by=cast.owner)
    report = SavedReport.objects.kept().get()
    assert (report.name, report.place, report.query, report.shared) == (
        "My stages",
        "funnel.stages",
        "period=12m",
        False,
    )
    page = client.get(at("dashboards")).content.decode()
    address = reverse("insights_panel", args=("funnel", "stages")) + "?period=12m"
    assert address in page
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"place": "nowhere"}, 404),
        ({"place": "funnel.nothing"}, 404),
        ({"name": ""}, 422),
        ({"query": "period=custom"}, 422),
        ({"query": "pipeline=999999"}, 422),
        ({"query": "as_of=0001-01-01"}, 422),
        ({"query": "owner=Nobody+known"}, 422),
        ({"query": "period=12m&" + "&".join(f"x{n}=1" for n in range(400)) + "&owner=Olga"}, 422),
        ({"to": "new"}, 422),
        ({"to": "999"}, 422),
        ({"place": "funnel", "to": "new", "board": "B"}, 422),
    ],
)
def test_what_cannot_be_kept_is_refused(cast: Cast, signed_in: SignIn, given: dict[str, str], status: int) -> None:
    answer = signed_in(cast.owner).post(at("report_keep"), {**PLACE, "name": "N", "to": "report", **given})
    assert answer.status_code == status
    assert not SavedReport.objects.exists()


def test_a_name_that_cannot_be_is_refused_and_not_cut(cast: Cast, signed_in: SignIn, board: Dashboard) -> None:
    report = SavedReport(name="Mine", place="funnel", query="").add(by=cast.owner)
    for name, pk in (("dashboard_change", board.pk), ("report_change", report.pk)):
        for wrong in ("", " ", "x" * 121):
            assert signed_in(cast.owner).post(at(name, pk), {"name": wrong}, **SCRIPT).status_code == 422
    assert signed_in(cast.owner).post(at("report_change", report.pk), {"name": "x" * 120}).status_code == 302
    board.refresh_from_db()
    assert board.name == "Monday"


def no_answer(*_asked: Any) -> Any:
    raise BadQuestion("Not of this.")


def test_a_panel_goes_on_a_dashboard_new_or_there(
    cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.owner)
    client.post(at("report_keep"), {**PLACE, "name": "Stages", "to": "new", "board": "Mine", "shared": "on"})
    board = Dashboard.objects.get()
    client.post(at("report_keep"), {**PLACE, "name": "Again", "to": str(board.pk)})
    board.refresh_from_db()
    assert board.shared
    assert [one["title"] for one in board.tiles] == ["Stages", "Again"]
    done = client.post(at("report_keep"), {**PLACE, "name": "More", "to": str(board.pk)}, **SCRIPT)
    link = json.loads(done.headers["HX-Trigger"])["leadline:done"]["link"]
    assert link["href"] == at("dashboard", board.pk)
    with monkeypatch.context() as patch:  # asked well, and yet there is no answer
        patch.setattr("leadline.web.insights.sections.answer", no_answer)
        refused = client.post(at("report_keep"), {**PLACE, "name": "N", "to": str(board.pk)})
        panel = reverse("insights_panel", args=("funnel", "stages"))
        assert "Not of this." in client.get(panel, **SCRIPT, HTTP_HX_TARGET="panel-x").content.decode()
    assert (refused.status_code, "cannot be answered: Not of this." in refused.content.decode()) == (422, True)


def test_others_see_what_is_shared_and_change_nothing(cast: Cast, signed_in: SignIn, board: Dashboard) -> None:
    mate = signed_in(cast.teammate)
    assert mate.get(at("dashboard", board.pk)).status_code == 404
    board.edit(by=cast.owner, shared=True)
    assert mate.get(at("dashboard", board.pk)).status_code == 200
    for name in ("dashboard_change", "dashboard_delete", "tiles_order"):
        assert mate.post(at(name, board.pk), {"order": "1"}).status_code == 403
    assert mate.post(at("tile_change", board.pk, 0), {"remove": "1"}).status_code == 403
    assert mate.post(at("report_keep"), {**PLACE, "name": "N", "to": str(board.pk)}).status_code == 422
    board.refresh_from_db()
    assert len(board.tiles) == 3


def names(board: Dashboard) -> str:
    board.refresh_from_db()
    return "".join(one["title"] for one in board.tiles)


def test_tiles_are_ordered_widened_named_and_removed_and_all_of_it_taken_back(
    cast: Cast, signed_in: SignIn, board: Dashboard
) -> None:
    client = signed_in(cast.owner)

    def act(name: str, *args: Any, **given: str) -> Any:
        return client.post(at(name, board.pk, *args), given, **SCRIPT)

    act("tiles_order", order="2,0,0,99,x")
    assert names(board) == "CAB"
    act("tile_change", 0, move="1")
    assert names(board) == "ACB"
    act("tile_change", 2, move="1")
    assert names(board) == "ACB"
    act("tile_change", 0, wide="1", title="Wide")
    assert board.__class__.objects.get().tiles[0] == tile(title="Wide", wide=True)
    removed = act("tile_change", 0, remove="1")
    assert names(board) == "CB"
    undo_act(uuid.UUID(act_of(removed)), by=cast.owner)
    assert names(board) == "WideCB"
    deleted = act("dashboard_delete")
    assert client.get(at("dashboard", board.pk)).status_code == 404
    undo_act(uuid.UUID(act_of(deleted)), by=cast.owner)
    assert client.get(at("dashboard", board.pk)).status_code == 200


def test_a_tile_whose_panel_is_gone_says_so_and_the_same_panel_may_stand_twice(
    cast: Cast, signed_in: SignIn, board: Dashboard
) -> None:
    factories.deal(cast.owner)
    client = signed_in(cast.owner)
    page = client.get(at("dashboard", board.pk)).content.decode()
    assert "This panel is gone." in page
    address = reverse("insights_panel", args=("funnel", "stages"))
    drawn = [
        client.get(f"{address}?tile={n}", **SCRIPT, HTTP_HX_TARGET="panel-tile").content.decode() for n in range(2)
    ]
    assert 'id="panel-funnel-stages-0"' in drawn[0]
    assert 'id="panel-funnel-stages-1"' in drawn[1]
    gone = client.get(f"{address}?team=Ended&tile=1", **SCRIPT, HTTP_HX_TARGET="panel-tile").content.decode()
    assert 'id="panel-funnel-stages-1"' in gone
    assert "cannot be answered any more" in gone


def test_one_begins_where_one_chose_as_long_as_it_is_open(cast: Cast, signed_in: SignIn, board: Dashboard) -> None:
    client, mate = signed_in(cast.owner), signed_in(cast.teammate)
    assert mate.post(at("home_choose"), {"dashboard": board.pk}).status_code == 404
    client.post(at("home_choose"), {"dashboard": board.pk})
    assert client.get("/").headers["Location"] == at("dashboard", board.pk)
    assert mate.get("/").headers["Location"] == at("pipeline")
    board.trash(by=cast.owner)
    assert client.get("/").headers["Location"] == at("pipeline")
    client.post(at("home_choose"), {"dashboard": ""})
    assert not HomePage.objects.exists()
