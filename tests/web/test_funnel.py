"""The page Funnel, and People beside it: their numbers are those of `insights.ask`, each opens the deals behind it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Currency, Deal, Pipeline, Source
from leadline.history import members
from leadline.insights import ask
from leadline.web.insights import inquiry, period
from leadline.web.insights.headline import Share, moved
from tests import factories as make
from tests.cast import Cast
from tests.web.conftest import Company
from tests.web.reading import Element, read, rows_of

PAGE, PEOPLE = "/insights/funnel/", "/insights/people/"
ALL = {"whole": "1"}  # as readers without scripts get it; else each panel asks for itself
SignIn = Callable[[User], Client]


def make_source(name: str) -> Source:
    source: Source = Source(name=name).add(by=SYSTEM)
    return source


def headline(page: Element) -> dict[str, Element]:
    return {figure.one("dt").text: figure for figure in page.all(class_="figure")}


def big(page: Element) -> dict[str, str]:
    return {word: figure.one("a").text for word, figure in headline(page).items()}


def listed(client: Client, link: str) -> set[str]:
    page = read(client.get(link).content)
    return {row[0] for table in page.all("table") for row in rows_of(table)}


def test_the_headline(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.administrator).get(PAGE, ALL).content)
    assert big(page) == {
        "Won value": "$5,100",
        "Won deals": "6",
        "Win rate": "75%",
        "Median days to close": "20",
        "Mean deal size": "$850",
        "Open value": "$900",
    }
    assert "of 8 closed deals" in headline(page)["Win rate"].text
    assert "1 open deal now" in headline(page)["Open value"].text


def test_numbers_are_those_of_ask(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.administrator).get(PAGE, ALL).content)
    shown = rows_of(page.one("table", id="funnel-stages-table"))
    rows = ask.report("stage_conversion", by=["stage"]).rows
    assert [row[0] for row in shown] == [row["stage"] for row in rows]
    for row, cells in zip(rows, shown, strict=True):
        failed = row["n"] - row["numerator"]
        assert cells[1:5] == [str(n) for n in (row["n"] + row["pending"], row["numerator"], failed, row["pending"])]
    rate = ask.report("win_rate").rows[0]
    assert headline(page)["Win rate"].one(class_="range").text == (
        f"90 % between {rate['low']:.0%} and {rate['high']:.0%}"
    )


def test_every_number_opens_the_deals_behind_it(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, ALL).content)
    opened = {word: listed(client, figure.one("a").attributes["href"]) for word, figure in headline(page).items()}
    won = {"Olga won 1", "Olga won 2", "Theo won 1", "Umar won 1", "Umar won 2", "Umar won 3"}
    assert opened["Won value"] == opened["Won deals"] == opened["Mean deal size"] == won
    assert opened["Win rate"] == won | {"Olga lost 2", "Theo lost 3"}
    assert opened["Open value"] == {"Umar open"}
    people = read(client.get(PEOPLE, ALL).content).one("table", id="people-compared-table")
    for cell in page.one("table", id="funnel-stages-table").all("a") + people.all("a"):
        count = cell.text.replace(",", "")
        if count.isdigit() and "metric=time_in_stage" not in cell.attributes["href"]:
            assert len(listed(client, cell.attributes["href"])) == int(count), cell.attributes["href"]


def test_a_period_and_its_links(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, {**ALL, "from": "2026-02-01", "to": "2026-02-28"}).content)
    assert big(page)["Won deals"] == "2 of 3" or big(page)["Won deals"] == "2"
    assert big(page)["Won value"] == "$3,200"
    assert listed(client, headline(page)["Won deals"].one("a").attributes["href"]) == {"Olga won 2", "Umar won 2"}


def test_under_five_trials_there_is_no_percentage(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.administrator).get(PAGE, {**ALL, "from": "2026-02-01", "to": "2026-02-28"}).content)
    assert big(page)["Win rate"] == "2 of 3"


def test_as_of_a_past_day(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.administrator).get(PAGE, {**ALL, "as_of": "2026-01-31"}).content)
    assert big(page)["Won value"] == "$1,700"
    assert "as of Jan 31, 2026" in headline(page)["Open value"].text


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("month", "2026-03-01", "2026-03-10"),
        ("quarter", "2026-01-01", "2026-03-10"),
        ("year", "2026-01-01", "2026-03-10"),
        ("12m", "2025-03-11", "2026-03-10"),
        ("all", "", ""),
    ],
)
def test_quick_periods(company: Company, cast: Cast, signed_in: SignIn, name: str, start: str, end: str) -> None:
    page = read(signed_in(cast.administrator).get(PAGE, {**ALL, "period": name, "as_of": "2026-03-10"}).content)
    assert [page.one("input", name=end_of).attributes["value"] for end_of in ("from", "to")] == [start, end]
    assert page.one("button", **{"aria-pressed": "true"}).attributes["value"] == name


def test_people_are_told_apart_only_when_they_can_be(cast: Cast, signed_in: SignIn) -> None:
    began = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for owner, wins in ((cast.owner, 2), (cast.teammate, 38)):
        for n in range(40):
            deal = make.deal(owner=owner, created_at=began, at=began)
            (deal.win if n < wins else deal.lose)(by=SYSTEM, at=began + dt.timedelta(days=5))
    make.deal(owner=cast.outsider, created_at=began, at=began).win(by=SYSTEM, at=began + dt.timedelta(days=5))
    page = read(signed_in(cast.administrator).get(PEOPLE, ALL).content)
    rows = {row[0]: row for row in rows_of(page.one("table", id="people-compared-table"))}
    assert rows["Theo"][-1] == "above the team"
    assert rows["Olga"][-1] == "below the team"
    assert rows["Umar"][-1] == "cannot be told apart yet"
    assert rows["Umar"][1].startswith("1 of 1")
    assert next(iter(rows)) == "Theo"


def test_teams_side_by_side(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.administrator).get(PEOPLE, {**ALL, "by": "team", "compare": "deal_size"}).content)
    rows = {row[0]: row for row in rows_of(page.one("table", id="people-compared-table"))}
    assert rows["South"][1].startswith("$200")
    assert rows["North"][3] == "3"


def test_a_seller_sees_what_is_open_to_them_and_nothing_of_it_leaks(
    company: Company, cast: Cast, signed_in: SignIn
) -> None:
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    client = signed_in(cast.owner)
    html = client.get(PAGE, ALL).content
    assert big(read(html))["Won value"] == "$4,000"
    assert b"Theo" not in html
    assert b"Umar" not in html
    for metric in ("win_rate", "booked_revenue", "open_value", "deals_added", "stage_conversion"):
        assert listed(client, f"/insights/deals/?metric={metric}&owner=Umar") == set()
        csv = client.get(f"/insights/deals.csv?metric={metric}").getvalue().decode()
        assert "Umar" not in csv
        assert "Theo" not in csv


def test_what_is_left_out_is_said(cast: Cast, signed_in: SignIn) -> None:
    """A closed deal whose stage and dates no file told."""
    pipeline = make.pipeline()
    now = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    Deal(title="From a file", pipeline=pipeline, status="lost", stage=None).add(by=SYSTEM, at=now)
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, ALL).content)
    assert "1 closed deal has no stage recorded" in page.text
    assert "1 deal has no creation date" in page.text
    for note in page.all("li", class_="notice"):
        assert listed(client, note.one("a").attributes["href"]) == {"From a file"}
    dated = read(client.get(PAGE, {**ALL, "period": "year"}).content)
    assert "1 closed deal has no close date" in dated.text


def test_before_there_are_deals(cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.owner).get(PAGE, ALL).content).one("main")
    assert page.one("a", href="/imports/").text == "Import files"


def test_deals_there_are_but_none_for_me(company: Company, cast: Cast, signed_in: SignIn) -> None:
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    assert "none that you may see" in read(signed_in(cast.reader).get(PAGE, ALL).content).text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-02-30"}, "from"),
        ({"as_of": "yesterday"}, "as_of"),
        ({"from": "2026-03-01", "to": "2026-02-01"}, "to"),
    ],
)
def test_a_question_that_makes_no_sense(
    company: Company, cast: Cast, signed_in: SignIn, query: dict[str, str], field: str
) -> None:
    answer = signed_in(cast.administrator).get(PAGE, query)
    assert answer.status_code == 400
    page = read(answer.content)
    assert page.one(id=f"ask_{field}_error").text
    assert page.one("input", name=field).attributes["aria-invalid"] == "true"


def test_one_of_several_pipelines(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    assert not read(client.get(PAGE, ALL).content).all("select", name="pipeline")
    other: Pipeline = Pipeline(name="Renewals", position=1).add(by=SYSTEM)
    page = read(client.get(PAGE, {**ALL, "pipeline": other.pk}).content)
    assert big(page)["Won deals"] == "0"
    assert [option.text for option in page.one("select", name="pipeline").all("option")] == [
        "All pipelines",
        "Sales",
        "Renewals",
    ]
    assert client.get(PAGE, {**ALL, "pipeline": 999}).status_code == 400


def test_a_source_a_team_an_owner(company: Company, cast: Cast, signed_in: SignIn) -> None:
    """Each narrows every number, and is kept in the links."""
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, {**ALL, "owner": "Olga"}).content)
    assert big(page)["Won value"] == "$4,000"
    assert listed(client, headline(page)["Won deals"].one("a").attributes["href"]) == {"Olga won 1", "Olga won 2"}
    files = [link.attributes["href"] for kind in page.all(class_="files") for link in kind.all("a")]
    files = [link for link in files if ".csv" in link or ".picture" in link]
    assert len(files) == 6
    assert all("owner=Olga" in link for link in files)
    assert "Olga" in client.get(files[0]).headers["Content-Disposition"]
    assert page.one("select", name="owner").one("option", selected="").text == "Olga"
    assert big(read(client.get(PAGE, {**ALL, "team": "South"}).content))["Won deals"] == "3"
    assert client.get(PAGE, {**ALL, "owner": "Nobody known"}).status_code == 400
    assert page.all("select", name="source") == []  # there is none to choose from
    company.deals["teammate"][0].edit(by=SYSTEM, source=make_source("Fair"))
    make_source("Web")
    assert big(read(client.get(PAGE, {**ALL, "source": "Fair"}).content))["Won value"] == "$500"


def test_namesakes_are_told_apart(company: Company, cast: Cast, signed_in: SignIn) -> None:
    members.change(cast.teammate, by=SYSTEM, name="Olga")
    page = read(signed_in(cast.administrator).get(PAGE, {**ALL, "owner": "Olga (theo@example.com)"}).content)
    assert big(page)["Won value"] == "$500"


def test_owners_one_may_not_see_are_not_offered(company: Company, cast: Cast, signed_in: SignIn) -> None:
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    assert signed_in(cast.owner).get(PAGE, {**ALL, "owner": "Umar"}).status_code == 400


def test_files_are_saved_under_speaking_names(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client, question = signed_in(cast.administrator), {"period": "quarter", "as_of": "2026-08-10"}
    for place, name in (
        ("funnel/stages.picture", "funnel-stages-2026-Q3-as-of-2026-08-10.svg"),
        ("people/compared.csv", "people-compared-2026-Q3-as-of-2026-08-10.csv"),
    ):
        answer = client.get(f"/insights/{place}", question)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_conversion_that_nobody_can_know_is_not_drawn(
    company: Company, cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = inquiry.ask.report

    def report(metric: str, **more: Any) -> Any:
        found = true(metric, **more)
        if metric == "stage_conversion":
            for row in found.rows:
                row.update(value=None, low=None, high=None, unknown=3)
        return found

    monkeypatch.setattr(inquiry.ask, "report", report)
    Deal(title="From a file", pipeline=make.pipeline(), status="lost", stage=None).add(by=SYSTEM)
    page = read(signed_in(cast.administrator).get(PAGE, ALL).content)
    assert {row[5] for row in rows_of(page.one("table", id="funnel-stages-table"))} == {"unknown"}
    assert page.all("script", id="funnel-stages-spec") == []
    assert "1 closed deal names no stage, so conversion is unknown" in page.text


def test_htmx_gets_the_part_and_the_clean_address(company: Company, cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.administrator).get(
        PAGE, {**ALL, "period": "all", "from": "", "owner": "Olga"}, HTTP_HX_REQUEST="true"
    )
    assert b"<html" not in answer.content
    assert big(read(answer.content))["Won deals"] == "2"
    assert answer.headers["HX-Push-Url"] == "/insights/funnel/?owner=Olga"


def test_htmx_of_somebody_signed_out_moves_the_whole_page(client: Client, db: None) -> None:
    answer = client.get(PAGE, HTTP_HX_REQUEST="true")
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=/insights/funnel/"


def test_the_tables_as_csv(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    stages = client.get("/insights/funnel/stages.csv").getvalue().decode("utf-8-sig").splitlines()
    assert stages[0] == "stage,entered,advanced,failed,pending,conversion,low,high,skipped,days,days_low,days_high"
    assert stages[1].startswith("Target,9,8,0,1,1.0,")
    moved = client.get("/insights/funnel/people.csv?by=team")  # where it stood before there was a page of people
    people = client.get(moved.headers["Location"]).getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in people] == ["team", "South", "North"]
    figures = client.get("/insights/funnel/headline.csv").getvalue().decode("utf-8-sig").splitlines()
    assert figures[:3] == ["number,value,before", "Won value,5100,", "Won deals,6,"]


@pytest.mark.parametrize("name", ["funnel/stages", "people/compared"])
@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_charts_as_pictures(
    company: Company, cast: Cast, signed_in: SignIn, name: str, kind: str, begins: bytes
) -> None:
    answer = signed_in(cast.administrator).get(f"/insights/{name}.picture", {"kind": kind})
    assert answer.content.startswith(begins)
    assert answer.headers["Content-Type"].startswith("image/")
    if kind == "svg":
        assert "All time, as of" in answer.content.decode()
    assert signed_in(cast.administrator).get(f"/insights/{name}.picture", {"kind": "gif"}).status_code == 400


def test_a_chart_holds_the_rows_of_its_table(company: Company, cast: Cast, signed_in: SignIn) -> None:
    Currency(code="EUR", is_base=True).add(by=SYSTEM)
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, ALL).content)
    stages = json.loads(page.one("script", id="funnel-stages-spec").text)["data"]["values"]
    table = rows_of(page.one("table", id="funnel-stages-table"))
    assert [sum(bar["value"] for bar in stages if bar["label"] == row[0]) for row in table] == [
        int(row[1]) for row in table
    ]
    page = read(client.get(PEOPLE, {**ALL, "compare": "deal_size"}).content)
    people = page.one("script", id="people-compared-spec").text
    assert "Deal size in EUR" in people
    assert "$" not in people.replace("$schema", "")
    for bar in stages:
        assert len(listed(client, bar["href"])) == bar["value"]


def was(page: Element) -> dict[str, str]:
    return {word: figure.one(class_="was").text for word, figure in headline(page).items() if figure.all(class_="was")}


def test_beside_the_period_before(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, {**ALL, "from": "2026-03-01", "to": "2026-03-31", "against": "before"}).content)
    assert "Compared with Feb 1, 2026 to Feb 28, 2026" in page.one("main").text
    figures = headline(page)
    then = ask.report(
        "booked_revenue", start=dt.date(2026, 1, 29), end=dt.date(2026, 2, 28), user=cast.administrator
    ).rows[0]["value"]
    assert then
    assert figures["Won value"].one(class_="was").text.startswith(f"was ${then:,.0f}")
    link = figures["Won deals"].one(class_="was").one("a")
    assert link.text.split()[-1] == str(len(listed(client, link.attributes["href"])))


def test_beside_the_year_before(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, {**ALL, "from": "2027-01-01", "to": "2027-03-31", "against": "year"}).content)
    link = headline(page)["Won deals"].one(class_="was").one("a")
    assert "from=2026-01-01" in link.attributes["href"]
    assert "to=2026-03-31" in link.attributes["href"]
    assert int(link.text.split()[-1]) == len(listed(client, link.attributes["href"])) > 0


def test_everything_is_compared_with_nothing(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(signed_in(cast.administrator).get(PAGE, {**ALL, "against": "before"}).content)
    assert was(page) == {}
    assert "Choose a period to compare it with another one." in page.text


@pytest.mark.parametrize(
    ("name", "start", "end", "before"),
    [
        ("month", "2026-03-01", "2026-03-31", ("2026-02-01", "2026-02-28")),
        ("quarter", "2026-01-01", "2026-02-10", ("2025-10-01", "2025-11-10")),
        ("year", "2026-01-01", "2026-05-05", ("2025-01-01", "2025-05-05")),
        ("", "2026-03-10", "2026-03-16", ("2026-03-03", "2026-03-09")),
        ("12m", "2024-02-29", "2024-03-01", ("2024-02-27", "2024-02-28")),
    ],
)
def test_the_period_before(name: str, start: str, end: str, before: tuple[str, str]) -> None:
    found = period.before("before", name, dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    assert tuple(day.isoformat() for day in found) == before


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (120, 100, "+20%"),
        (80, 100, "−20%"),
        (100, 100, "±0%"),
        (5, 0, ""),
        (None, 5, ""),
        (Share(0.5), Share(0.42), "+8 points"),
    ],
)
def test_how_far_a_number_has_moved(now: Any, then: Any, said: str) -> None:
    assert moved(now, then) == said
