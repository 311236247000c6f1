"""The frame of Insights: every declared page and panel can be asked for, alone, lazily, as a file, by anybody."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, ActivityType
from leadline.crm.models import Lead
from leadline.crm.working_time import set_week
from leadline.history import members
from leadline.insights.catalogue import METRICS
from leadline.insights.dimensions import BUILT_IN, OTHERS
from leadline.web.insights import known
from leadline.web.insights.declaring import CHOSEN, GROUPED, OWN, Chart, Column, Page, Panel, Shown, Table
from leadline.web.insights.inquiry import Inquiry
from tests.cast import Cast
from tests.web.conftest import Company
from tests.web.reading import Element, read, rows_of

SignIn = Callable[[User], Client]
FEBRUARY = {"from": "2026-02-01", "to": "2026-03-31"}


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Puts a panel on the page Funnel; its address."""

    def declare(panel: Panel) -> str:
        page = Page("funnel", "Trial", "A trial.", (panel,), group_by=("owner", "team"), chooses=("win_rate",))
        monkeypatch.setitem(known.BY_NAME, "funnel", page)
        return reverse("insights_panel", args=["funnel", panel.name])

    return declare


def table_of(client: Client, address: str, **query: str) -> Element:
    return read(client.get(address, query).content).one("table")


def test_declarations_hold_together() -> None:
    names = [f"{page.name}.{panel.name}" for page in known.PAGES for panel in known.panels(page)]
    assert len(set(names)) == len(names)
    dimensions = {*BUILT_IN, *OTHERS, GROUPED}
    for name in names:
        page, panel = known.find(name)
        metrics = [*panel.metrics, *(Shown(one).metric if isinstance(one, str) else one.metric for one in panel.shows)]
        assert {*metrics, *page.chooses} - {CHOSEN} <= set(METRICS), name
        assert {*page.group_by, *((panel.by,) if isinstance(panel.by, str) and panel.by else panel.by)} <= dimensions
        assert GROUPED not in panel.by or page.group_by
        assert panel.shows or panel.face or panel.name == known.HEADLINE, name
    with pytest.raises(KeyError):
        known.find("funnel.nothing")


def test_a_page_asks_for_its_panels_one_by_one(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get("/insights/funnel/", {"period": "all", "owner": "Olga"}).content)
    places = [place for place in page.all("section") if "hx-get" in place.attributes]
    assert [place.attributes["id"] for place in places] == [
        f"panel-funnel-{panel.name}" for panel in known.panels(known.BY_NAME["funnel"])
    ]
    assert page.all("table") == []
    for place in places:
        answer = client.get(place.attributes["hx-get"], HTTP_HX_REQUEST="true", HTTP_HX_TARGET=place.attributes["id"])
        assert b"<html" not in answer.content
        assert read(answer.content).one("section").attributes["id"] == place.attributes["id"]
        assert b"owner=Olga" in answer.content


def test_a_question_that_makes_no_sense_is_answered_in_its_place(
    company: Company, cast: Cast, signed_in: SignIn, declared: Callable[..., str]
) -> None:
    at = declared(Panel("wrong", "Wrong", shows=("deal_size",), by=("lost_reason",)))
    page = read(signed_in(cast.administrator).get(at).content)

    assert any("cannot be broken down" in line.text for line in page.all("p", role="alert"))
    assert signed_in(cast.administrator).get(at.rstrip("/") + ".csv").status_code == 400
    target = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "panel-funnel-wrong"}
    assert signed_in(cast.administrator).get(at, {"from": "x"}, **target).status_code == 400


def test_months_without_anything_are_there_and_lie_beside_those_before(
    company: Company, cast: Cast, signed_in: SignIn, declared: Callable[..., str]
) -> None:
    at = declared(Panel("m", "Months", shows=("deals_added", "win_rate"), by=("month",), chart=Chart("lines")))
    client = signed_in(cast.administrator)
    query = {"from": "2026-02-01", "to": "2026-05-31", "against": "before"}
    page = read(client.get(at, query).content)
    rows = rows_of(page.one("table"))
    assert [row[0] for row in rows] == ["2026-02", "2026-03", "2026-04", "2026-05"]
    assert [row[1].split()[0] for row in rows] == ["3", "3", "0", "0"]
    cut = rows_of(read(client.get(at, {"from": "2026-02-10", "to": "2026-03-31"}).content).one("table"))
    assert [row[0] for row in cut] == ["2026-02 (part of it)", "2026-03"]
    running = rows_of(read(client.get(at, {"from": "2026-02-01", "as_of": "2026-02-20"}).content).one("table"))
    assert running[0][0] == "2026-02 (so far)"
    over = rows_of(read(client.get(at, {"from": "2026-02-01", "as_of": "2026-02-28"}).content).one("table"))
    assert over[0][0] == "2026-02"
    assert rows[-1][2].startswith("–")
    # Four months before: October to January; in the last of those three deals were added.
    assert rows[-1][1].split()[1:] == ["was", "3"]
    points = json.loads(page.one("script", id="funnel-m-spec").text)["data"]["values"]
    assert [(point["label"], point["value"], point.get("was")) for point in points][-1] == ("2026-05", 0, 3)
    link = page.one("table").all(class_="was")[-1].one("a").attributes["href"]
    assert len(rows_of(read(client.get(link).content).one("table"))) == 3


def test_two_dimensions_stand_as_rows_and_columns(
    company: Company, cast: Cast, signed_in: SignIn, declared: Callable[..., str]
) -> None:
    at = declared(Panel("two", "Two", shows=("deals_added",), by=("month", "owner"), chart=Chart("stacked")))
    client = signed_in(cast.administrator)
    page = read(client.get(at).content)
    heads = [head.text for head in page.one("table").one("thead").all("th")]
    assert heads == ["Month", "Umar", "Olga", "Theo"]
    rows = rows_of(page.one("table"))
    assert rows[0] == ["2026-01", "1", "1", "1"]
    assert rows[1] == ["2026-02", "1", "2", "0"]  # none is 0, where things are counted
    for cell in page.one("table").all("a"):
        assert cell.text != "0"
        assert len(rows_of(read(client.get(cell.attributes["href"]).content).one("table"))) == int(cell.text)
    lines = client.get(at.rstrip("/") + ".csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[:2] == ["month,Umar,Olga,Theo", "2026-01,1,1,1"]


def test_more_rows_than_fit_are_one_step_away(
    company: Company, cast: Cast, signed_in: SignIn, declared: Callable[..., str]
) -> None:
    at = declared(Panel("few", "Few", shows=("deals_added",), by=("owner",), sort="-deals_added", limit=1))
    client = signed_in(cast.administrator)
    target = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "panel-funnel-few"}
    part = read(client.get(at, **target).content)
    assert rows_of(part.one("table")) == [["Umar", "4"]]
    more = part.one(class_="more-rows").one("a")
    assert more.text == "All 3 rows"
    assert len(rows_of(read(client.get(more.attributes["hx-get"], **target).content).one("table"))) == 3
    at = declared(Panel("few", "Few", shows=("deals_added",), by=("owner",), first=2, chart=Chart("bars")))
    part = read(client.get(at, **target).content)
    assert len(rows_of(part.one("table"))) == 2
    assert len(json.loads(part.one("script", id="funnel-few-spec").text)["data"]["values"]) == 3
    whole = (client.get(part.one(class_="more-rows").one("a").attributes["href"], **target), client.get(at))
    assert [len(rows_of(read(answer.content).one("table"))) for answer in whole] == [3, 3]


def test_a_face_opens_what_it_says_itself_and_no_more_than_one_may_see(
    company: Company, cast: Cast, signed_in: SignIn, declared: Callable[..., str]
) -> None:
    theirs = [deal.pk for deals in company.deals.values() for deal in deals]

    def face(inquiry: Inquiry) -> Table:
        return Table((Column("all", "All", "deals", opens=OWN),), [{"owner": "Olga", "all": 9}], ("owner",))

    panel = Panel("own", "Own", face=face, behind=lambda inquiry, column, labels: theirs, rows="deal")
    at = declared(panel)
    client = signed_in(cast.owner)
    link = table_of(client, at).one("a").attributes["href"]
    assert "panel=funnel.own&column=all&owner=Olga" in link
    assert len(rows_of(table_of(client, link))) == 9
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    assert {row[0] for row in rows_of(table_of(client, link))} == {"Olga won 1", "Olga won 2", "Olga lost 2"}
    assert client.get("/insights/leads/?panel=funnel.own&column=all").status_code == 400
    assert client.get("/insights/deals/?panel=funnel.nothing").status_code == 400


def test_leads_and_activities_behind_a_number(cast: Cast, company: Company, signed_in: SignIn) -> None:
    """Each kind has a list and a file of its own, and shows what its reader may see."""
    made = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
    for owner in (cast.owner, cast.teammate):
        Lead(title=f"{owner.name}'s lead", owner=owner).add(by=SYSTEM, at=made)
    deal = company.deals["owner"][0]

    Activity(type=ActivityType(name="Call").add(by=SYSTEM), subject="A call", owner=cast.owner, deal=deal).add(
        by=SYSTEM, at=made
    )
    members.set_visibility("lead", by=SYSTEM, see="owner", change_by="owner")
    of = {rows: next(m.name for m in METRICS.values() if m.rows == rows) for rows in ("lead", "activity")}
    client = signed_in(cast.owner)
    for rows, place in (("lead", "leads"), ("activity", "activities")):
        answer = client.get(f"/insights/{place}/", {"metric": of[rows]})
        assert answer.status_code == 200
        assert b"Theo" not in answer.content
        csv = client.get(f"/insights/{place}.csv", {"metric": of[rows]}).getvalue().decode("utf-8-sig")
        assert csv.startswith("id,")
        assert "Theo" not in csv
        assert client.get("/insights/deals/", {"metric": of[rows]}).status_code == 400
    assert b"Olga&#39;s lead" in client.get("/insights/leads/", {"metric": of["lead"]}).content


def test_pages_begin_with_the_same_period_and_tabs_carry_the_question(
    company: Company, cast: Cast, signed_in: SignIn
) -> None:
    """Old history that has just been imported is there on every page; what changed is of a period by its nature."""
    assert {page.period for page in known.PAGES if page.name != "changes"} == {"all"}
    client = signed_in(cast.administrator)
    asked = {"period": "12m", "from": "2020-01-01", "owner": "Olga", "by": "team", "to": "", "whole": "1"}
    carried = "?period=12m&owner=Olga"
    for part in ({}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "insights"}):
        page = read(client.get(reverse("insights_people"), asked, **part).content)
        tabs = page.one("nav", id="place-tabs")
        assert ("hx-swap-oob" in tabs.attributes) == bool(part)
        hrefs = [tab.attributes["href"] for tab in tabs.all("a")]
        assert hrefs[:3] == [reverse(f"insights_{name}") + carried for name in ("why", "health", "forecast")]
        assert reverse("dashboards") in hrefs
    assert client.get(hrefs[5]).status_code == 200
    dated = read(client.get(reverse("insights_funnel"), FEBRUARY).content).one("nav", id="place-tabs").all("a")
    assert dated[0].attributes["href"].endswith("?from=2026-02-01&to=2026-03-31")


def test_periods_are_the_companys(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get("/insights/funnel/", {"period": "week", "as_of": "2026-11-22"}).content)
    assert page.one("input", name="from").attributes["value"] == "2026-11-16"
    assert page.all("button", value="fiscal_year") == []
    set_week(by=SYSTEM, first_weekday=6, fiscal_month=10)
    page = read(client.get("/insights/funnel/", {"period": "week", "as_of": "2026-11-22"}).content)
    assert page.one("input", name="from").attributes["value"] == "2026-11-22"
    page = read(client.get("/insights/funnel/", {"period": "last_fiscal_year", "as_of": "2026-11-22"}).content)
    ends = [page.one("input", name=end).attributes["value"] for end in ("from", "to")]
    assert ends == ["2025-10-01", "2026-09-30"]


@pytest.mark.parametrize("name", known.BY_NAME)
def test_every_panel_of_a_page_answers(company: Company, cast: Cast, signed_in: SignIn, name: str) -> None:
    """For a leader and for who sees only their own; with a period and what came before; as page and as files."""
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    page = known.BY_NAME[name]
    for user in (cast.administrator, cast.owner):
        client = signed_in(user)
        shown = client.get(reverse(f"insights_{name}"), {"whole": "1", **FEBRUARY, "against": "before"})
        assert shown.status_code == 200
        assert read(shown.content).all("p", class_="bad", role="alert")[1:] == []  # the first is hidden
    for panel in known.panels(page):
        csv = client.get(reverse("insights_csv", args=[name, panel.name]), FEBRUARY)
        assert csv.status_code == 200, panel.name
        assert b"Umar" not in csv.getvalue()
