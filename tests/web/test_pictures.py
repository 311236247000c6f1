"""A chart that leaves its page, as a picture or on paper, shows what the page shows of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.insights import charts
from leadline.web.dashboards.paper import ROWS, on_paper
from leadline.web.insights import known
from leadline.web.insights.declaring import Chart, Panel
from tests.cast import Cast
from tests.web.conftest import Company
from tests.web.reading import read

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
YEARS = {"from": "2024-01-01", "to": "2026-11-30"}  # 35 months: more than any table shows at first
IN_WORDS = "from=2024-01-01&to=2026-11-30"


def as_data(spec: dict[str, Any], _kind: str) -> bytes:
    return json.dumps(spec).encode()


def points(spec: str | bytes) -> list[tuple[Any, ...]]:
    values = json.loads(spec)["data"]["values"]
    return [tuple(point.get(key) for key in ("label", "series", "part", "x", "day", "value")) for point in values]


def board_of(cast: Cast, *panels: str, query: str = IN_WORDS) -> Dashboard:
    tiles = [{"panel": panel, "query": query, "title": "", "wide": False} for panel in panels]
    return Dashboard(name="All", tiles=tiles).add(by=cast.administrator)


@pytest.mark.parametrize("name", known.BY_NAME)
def test_page_picture_and_paper_draw_the_same_points(
    company: Company, cast: Cast, signed_in: SignIn, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "picture", as_data)
    client = signed_in(cast.administrator)
    shown = read(client.get(reverse(f"insights_{name}"), {"whole": "1", **YEARS}).content)
    specs = {
        spec.attributes["id"].removeprefix(f"{name}-").removesuffix("-spec"): points(spec.text)
        for spec in shown.all("script", type="application/json")
        if spec.attributes.get("id", "").endswith("-spec")
    }
    tiles = on_paper(board_of(cast, *(f"{name}.{panel}" for panel in specs)), cast.administrator)["tiles"]
    for (panel, drawn), tile in zip(specs.items(), tiles, strict=True):
        picture = client.get(reverse("insights_picture", args=[name, panel]), YEARS)
        assert points(picture.content) == drawn, panel
        assert points(tile["chart"]) == drawn, panel


def test_the_present_is_in_the_picture_and_on_paper(company: Company, cast: Cast, signed_in: SignIn) -> None:
    picture = signed_in(cast.administrator).get(reverse("insights_picture", args=["funnel", "months"]), YEARS)
    (tile,) = on_paper(board_of(cast, "funnel.months"), cast.administrator)["tiles"]
    for drawn in (picture.content.decode(), tile["chart"]):
        assert "2024-01" in drawn
        assert "2026-11" in drawn
    assert [row[0]["text"] for row in (tile["rows"][0], tile["rows"][-1])] == ["2025-04", "2026-11 (so far)"]
    assert (len(tile["rows"]), tile["more"], tile["drawn"]) == (ROWS, "The newest 20 of 35 rows.", "")


def test_a_ranking_keeps_its_first_rows_and_says_so(
    company: Company, cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = Panel(
        "few", "Few", shows=("deals_added",), by=("owner",), sort="-deals_added", limit=1, chart=Chart("bars")
    )
    monkeypatch.setattr("leadline.web.insights.known.panels", lambda page: (panel,))
    monkeypatch.setattr("leadline.web.dashboards.paper.ROWS", 2)
    at, client = reverse("insights_picture", args=["funnel", "few"]), signed_in(cast.administrator)
    few, all_of_them = (client.get(at, query).content.decode() for query in ({}, {"whole": "1"}))
    assert "The first 1 of 3 rows." in few
    assert "Theo" not in few
    assert "Theo" in all_of_them
    assert "rows." not in all_of_them
    alone = read(client.get(reverse("insights_panel", args=["funnel", "few"])).content)
    assert any("whole=1" in link.attributes["href"] for link in alone.all("a") if "SVG" in link.text)
    (tile,) = on_paper(board_of(cast, "funnel.few", query=""), cast.administrator)["tiles"]
    assert [row[0]["text"] for row in tile["rows"]] == ["Umar", "Olga"]
    assert (tile["more"], tile["drawn"]) == ("The first 2 of 3 rows.", "In the chart: The first 1 of 3 rows.")
