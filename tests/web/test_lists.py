"""Lists: what they hold for whom, in which order, with which columns; views; files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User, Visibility
from leadline.crm.listing import figures
from leadline.crm.listing.sorting import BATCHES
from leadline.crm.models import ChosenColumns, Deal, PreferredView, View
from leadline.web.insights.csv_lines import csv_lines
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignedIn = Callable[[User], Client]
KINDS = ("deals", "leads", "people", "organizations", "products", "activities")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    figures.forget()


def page(client: Client, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return read(answer.content.decode())


def names(client: Client, address: str) -> list[str]:
    """The names of all rows, page after page as the script asks for them."""
    found = page(client, address)
    rows = found.all("tr")[1:]
    path, _mark, query = address.partition("?")
    while rows and len(rows) % 50 == 0:
        last = rows[-1].attributes["data-id"]
        more = page(client, f"{path}rows/?{query}&after={last}").all("tr")
        if not more:
            break
        rows += more
    return [row.one("th").one("a", class_="row-link").text for row in rows]


@pytest.fixture
def deals(cast: Cast) -> list[Deal]:
    acme, bolt = make.organization(name="Acme"), make.organization(name="bolt")
    return [
        make.deal(title="alpha", value=300, owner=cast.owner, organization=bolt, stage=make.stage(1)),
        make.deal(title="Beta", value=None, owner=cast.teammate, organization=acme),
        make.deal(title="gamma", value=100, owner=cast.outsider, stage=make.stage(2)),
        make.deal(title="Delta", value=200, owner=None, organization=acme, stage=make.stage(1)),
        make.deal(title="epsilon", value=50, owner=cast.owner).win(by=SYSTEM),
    ]


@pytest.mark.parametrize("at", KINDS)
def test_every_kind_has_a_list_for_everybody(at: str, cast: Cast, signed_in: SignedIn) -> None:
    make.activity(deal=make.deal(), owner=cast.owner)
    make.lead()
    make.person()
    make.product()
    for person in (cast.administrator, cast.owner, cast.reader):
        for query in ("", "?view=all", "?q=a&sort=-created_at&columns=owner,labels,nothing"):
            page(signed_in(person), reverse(at) + query)
        assert signed_in(person).get(reverse(f"{at}_as_csv")).status_code == 200


def test_the_usual_view_shows_what_is_open(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    assert names(client, "/deals/") == ["alpha", "Delta", "gamma", "Beta"], "largest first, unknown last"
    assert names(client, "/deals/?view=all") == ["alpha", "Delta", "gamma", "epsilon", "Beta"]
    assert names(client, "/deals/?view=open&q=") == ["alpha", "Delta", "gamma", "epsilon", "Beta"], "all taken off"
    assert names(client, "/deals/?status=won") == ["epsilon"], "an address that asks for something asks for just that"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", ["alpha", "Beta", "Delta", "epsilon", "gamma"]),
        ("-title", ["gamma", "epsilon", "Delta", "Beta", "alpha"]),
        ("value", ["epsilon", "gamma", "Delta", "alpha", "Beta"]),
        ("owner", ["alpha", "epsilon", "Beta", "gamma", "Delta"]),
        ("-owner", ["gamma", "Beta", "epsilon", "alpha", "Delta"]),
        ("stage", ["Beta", "epsilon", "alpha", "Delta", "gamma"]),
        ("organization", ["Beta", "Delta", "alpha", "gamma", "epsilon"]),
        ("-organization", ["alpha", "Delta", "Beta", "epsilon", "gamma"]),
        ("status", ["alpha", "Beta", "gamma", "Delta", "epsilon"]),
        ("nonsense", ["alpha", "Delta", "gamma", "epsilon", "Beta"]),
    ],
)
def test_orders_are_whole_and_empty_ones_come_last(
    sort: str, expected: list[str], deals: list[Deal], cast: Cast, signed_in: SignedIn
) -> None:
    client = signed_in(cast.administrator)
    assert names(client, f"/deals/?view=all&sort={sort}") == expected
    assert [row["Title"] for row in rows_of_csv(client, f"/deals/export.csv?view=all&sort={sort}")] == expected


def rows_of_csv(client: Client, address: str) -> list[dict[str, str]]:
    text = b"".join(client.get(address)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "sort", ["value", "-value", "title", "-owner", "owner", "stage", "-organization", "-created_at"]
)
def test_pages_follow_each_other_without_gap_or_double(sort: str, cast: Cast, signed_in: SignedIn) -> None:
    organizations = [None, *(make.organization(name=name) for name in ("x", "X", "y"))]
    people = [None, cast.owner, cast.teammate, cast.outsider, cast.leader, cast.reader]
    made = {
        make.deal(
            title=f"t{n % 7}", value=None if n % 5 == 0 else n % 4, owner=people[n % 6],
            organization=organizations[n % 4], stage=make.stage(n % 5),
        ).pk
        for n in range(130)
    }  # fmt: skip
    assert sum(BATCHES) > 6
    client = signed_in(cast.administrator)
    found, after = [], ""
    while True:
        rows = page(client, f"/deals/rows/?view=all&sort={sort}{after}").all("tr")
        if not rows:
            break
        found += [int(row.attributes["data-id"]) for row in rows]
        after = f"&after={found[-1]}"
    assert len(found) == len(set(found)) == 130
    assert set(found) == made
    whole = [int(row["ID"]) for row in rows_of_csv(client, f"/deals/export.csv?view=all&sort={sort}")]
    assert found == whole


def test_names_in_great_lists_are_found_along_their_index(
    monkeypatch: pytest.MonkeyPatch, deals: list[Deal], cast: Cast, signed_in: SignedIn
) -> None:
    from leadline.crm.listing import sorting

    client = signed_in(cast.administrator)
    slowly = [names(client, f"/deals/?view=all&sort={sort}") for sort in ("organization", "-organization", "-person")]
    monkeypatch.setattr(sorting, "MANY", 0)
    assert slowly == [
        names(client, f"/deals/?view=all&sort={sort}") for sort in ("organization", "-organization", "-person")
    ]


def test_each_sees_what_is_theirs_to_see(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    Visibility.objects.create(kind="deal", see="owner", change="owner")
    assert names(signed_in(cast.owner), "/deals/?view=all") == ["alpha", "epsilon"]
    assert names(signed_in(cast.outsider), "/deals/?view=all&sort=title") == ["gamma"]
    assert len(names(signed_in(cast.leader), "/deals/?view=all")) == 5
    alien = signed_in(cast.outsider).get(f"/deals/rows/?view=all&ids={deals[0].pk},{deals[2].pk}").content.decode()
    assert "alpha" not in alien
    assert "gamma" in alien
    assert "1 deal" in page(signed_in(cast.outsider), "/deals/?view=all").one(class_="list-figures").text


def test_the_figures_are_those_of_the_whole_selection(cast: Cast, signed_in: SignedIn) -> None:
    make.stage(0).edit(by=SYSTEM, probability=25)
    for _n in range(60):
        make.deal(value=10)
    make.deal(value=None)
    make.deal(value=999).lose(by=SYSTEM)
    said = page(signed_in(cast.administrator), "/deals/").one(class_="list-figures").text
    assert "61 deals" in said
    assert "$600 value" in said
    assert "$150 weighted" in said
    assert "1 without a value" in said
    make.deal(value=Decimal(40))
    assert "$640 value" in page(signed_in(cast.administrator), "/deals/figures/").text


def test_columns_are_a_habit_until_a_view_says_otherwise(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    given = {"kind": "deal", "query": "view=all", "columns": ["title", "owner", "value", "nonsense"]}
    assert client.post("/views/columns/", given).status_code == 302
    assert heads(client, "/deals/?view=all") == ["title", "owner", "value"]
    assert heads(client, "/deals/") == ["title", "owner", "value"], "on every view that says nothing of columns"
    assert heads(client, "/deals/?columns=stage") == ["title", "stage"]
    assert heads(signed_in(cast.leader), "/deals/")[1] == "value", "each has their own"
    client.post("/views/columns/", {"kind": "deal", "query": "view=all", "usual": "yes"})
    assert not ChosenColumns.objects.exists()


def heads(client: Client, address: str) -> list[str]:
    return [
        cell.attributes["data-name"]
        for cell in page(client, address).one("thead").all("th")
        if "data-name" in cell.attributes
    ]


def test_a_view_keeps_filter_order_and_columns(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    query = "owner=me&view=open&sort=-title&junk=1"
    added = client.post(
        "/views/add/", {"kind": "deal", "query": query, "columns": "title,stage", "name": " Mine  now "}
    )
    view = View.objects.get()
    assert added.headers["Location"] == f"/deals/?view={view.pk}"
    assert (view.name, view.query, view.columns, view.shared) == (
        "Mine now",
        "owner=me&sort=-title",
        ["title", "stage"],
        False,
    )
    assert names(client, f"/deals/?view={view.pk}") == ["epsilon", "alpha"]
    assert heads(client, f"/deals/?view={view.pk}") == ["title", "stage"]
    client.post(f"/views/{view.pk}/", {"take": "yes", "query": f"view={view.pk}&status=won"})
    assert names(client, f"/deals/?view={view.pk}") == ["epsilon"]


def test_private_views_are_private_and_shared_ones_are_their_owner_s(cast: Cast, signed_in: SignedIn) -> None:
    make.deal(title="one", owner=cast.owner)
    olga, theo = signed_in(cast.owner), signed_in(cast.teammate)
    olga.post("/views/add/", {"kind": "deal", "query": "owner=me", "name": "Secret plan"})
    olga.post("/views/add/", {"kind": "deal", "query": "owner=me", "name": "For all", "shared": "yes"})
    secret, shared = View.objects.get(name="Secret plan"), View.objects.get(name="For all")
    seen = page(theo, "/deals/?view=all").one(class_="views").text
    assert "For all" in seen
    assert "Secret plan" not in seen
    assert names(theo, f"/deals/?view={secret.pk}") == ["one"], "what is not there is the usual view"
    assert page(theo, f"/deals/?view={shared.pk}").one(class_="empty"), "me is who looks"
    for pk, status in ((secret.pk, 404), (shared.pk, 403)):
        assert theo.post(f"/views/{pk}/", {"name": "Theo's"}).status_code == status
        assert theo.post(f"/views/{pk}/delete/").status_code == status
    assert theo.post("/views/first/", {"kind": "deal", "view": str(secret.pk)}).status_code == 404
    assert (
        signed_in(cast.administrator).post(f"/views/{shared.pk}/", {"name": "Ours", "shared": "yes"}).status_code == 302
    )
    olga.post(f"/views/{secret.pk}/delete/")
    assert "Secret plan" not in page(olga, "/deals/").one(class_="views").text


def test_one_s_own_view_may_come_first(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    client.post("/views/add/", {"kind": "deal", "query": "status=won", "name": "Won"})
    view = View.objects.get()
    client.post("/views/first/", {"kind": "deal", "view": str(view.pk)})
    assert names(client, "/deals/") == ["epsilon"]
    assert names(signed_in(cast.teammate), "/deals/") != ["epsilon"]
    view.edit(by=cast.owner, shared=False)
    client.post("/views/first/", {"kind": "deal", "view": ""})
    assert not PreferredView.objects.exists()
    assert "epsilon" not in names(client, "/deals/")


def test_files_hold_what_the_list_holds(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    query = "status=open&sort=title&columns=value,stage,owner,created_at,expected_close_on,labels"
    deals[0].edit(by=SYSTEM, expected_close_on=dt.date(2026, 11, 30), value=Decimal("1234.50"))
    deals[0].label(make.label("Hot"), make.label("New"), by=SYSTEM)
    rows = rows_of_csv(client, f"/deals/export.csv?{query}")
    assert [row["Title"] for row in rows] == names(client, f"/deals/?{query}")
    first = rows[0]
    assert first["Value"] == "1234.5"
    assert first["Currency"] == "USD", "an amount without its currency says nothing"
    assert first["Stage"] == "Contacted"
    assert first["Owner"] == "Olga"
    assert first["Expected close"] == "2026-11-30"
    assert first["Labels"] == "Hot, New"
    answer = client.get(f"/deals/export.xlsx?{query}")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    assert sheet[0] == list(first)
    assert [row[1] for row in sheet[1:]] == [row["Title"] for row in rows]
    assert sheet[1][2] == 1234.5
    assert sheet[1][7] == dt.date(2026, 11, 30)


def test_nothing_in_a_file_is_run_as_a_formula(cast: Cast, signed_in: SignedIn) -> None:
    evil = ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']
    for title in evil:
        make.deal(title=title, competitor=title.strip())
    client = signed_in(cast.owner)
    rows = rows_of_csv(client, "/deals/export.csv?view=all&columns=competitor&sort=title")
    assert len(rows) == len(evil)
    for row in rows:
        assert row["Title"].startswith("'") or not row["Title"].startswith(("=", "+", "-", "@", "\t")), row
        assert row["Competitor"].startswith("'")
    answer = b"".join(client.get("/deals/export.xlsx?view=all&columns=competitor"))
    import zipfile

    sheet = zipfile.ZipFile(io.BytesIO(answer)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "HYPERLINK" in sheet


def test_a_page_never_runs_what_a_record_says(cast: Cast, signed_in: SignedIn) -> None:
    bad = "<script>alert(1)</script>\"'>"
    make.deal(title=bad, organization=make.organization(name=bad), competitor=bad, owner=cast.owner)
    make.label(bad)
    signed_in(cast.owner).post("/views/add/", {"kind": "deal", "query": "q=<script>", "name": bad, "shared": "yes"})
    for address in (
        "/deals/?columns=organization,competitor,owner",
        "/deals/?q=<script>\"'>&x<b>=<b>",
        "/deals/?ask=<b>",
    ):
        text = signed_in(cast.leader).get(address).content.decode()
        assert "<script>alert" not in text
        assert "<b>=" not in text


def test_readers_see_no_controls(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    seen = page(signed_in(cast.reader), "/deals/")
    assert seen.all("input", **{"data-pick": ""}) == []
    assert seen.all(class_="in-place") == []
    assert seen.all(class_="bulk") == []


def test_empty_says_what_will_be_there_and_nothing_matches_says_how_to_go_on(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    assert "as soon as there are some" in page(client, "/deals/").one(class_="empty").text
    make.deal(title="one")
    nothing = page(client, "/deals/?title=two").one(class_="empty")
    assert "Nothing matches" in nothing.text
    assert names(client, nothing.one("a").attributes["href"]) == ["one"]


def test_the_filter_works_without_scripts(deals: list[Deal], cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in(cast.owner)
    asked = page(client, "/deals/?view=all&status=open&ask=owner").one(class_="asker")
    given = {box.attributes["name"]: box.attributes["value"] for box in asked.all("input", type="hidden")}
    assert given["status"] == "open"
    assert names(client, f"/deals/?view=all&status=open&owner={cast.owner.pk}&owner={cast.teammate.pk}") == [
        "alpha",
        "Beta",
    ]
    for name in ("value", "created_at", "organization", "labels", "title", "next_activity", "team", "status"):
        assert page(client, f"/deals/?ask={name}").all(class_="asker"), name
        assert page(client, f"/filter/deal/{name}/?now=").all(class_="asker"), name
    assert client.get("/filter/deal/nothing/").status_code == 404
    assert client.get("/filter/stage/name/").status_code == 404


def test_going_back_finds_the_page_and_not_a_part_of_it(cast: Cast, signed_in: SignedIn) -> None:
    make.deal()
    answer = signed_in(cast.owner).get("/deals/", headers={"X-Part": "list"})
    assert "<html" not in answer.content.decode()
    assert "X-Part" in answer.headers["Vary"]


def test_deals_of_every_status_say_which(cast: Cast, signed_in: SignedIn) -> None:
    make.deal(title="Won", owner=cast.owner).win(by=SYSTEM)
    make.deal(title="Open", owner=cast.owner)
    client = signed_in(cast.owner)
    for query in ("view=all", "status=won,lost", "q=Won"):
        assert "status" in heads(client, f"/deals/?{query}")
    for query in ("view=open", "status=won", "view=all&columns=value"):
        assert "status" not in heads(client, f"/deals/?{query}")
    make.lead(owner=cast.owner)
    make.person(owner=cast.owner)
    assert "status" in heads(client, "/leads/list/?view=all")
    assert "status" not in heads(client, "/people/?view=all")
    rows = rows_of_csv(client, "/deals/export.csv?view=all")
    assert {row["Title"]: row["Status"] for row in rows} == {"Won": "Won", "Open": "Open"}


def test_numbers_stay_numbers_and_formulas_become_text() -> None:
    row = ["-500", "+3.5", "-1,200.50", "=1+1", "-1+1", "+cmd", "@x", "-", Decimal("-2.5"), -3]
    line = list(csv_lines(["x"], [row]))[1].strip()
    assert next(csv.reader([line])) == [
        "-500", "+3.5", "-1,200.50", "'=1+1", "'-1+1", "'+cmd", "'@x", "'-", "-2.5", "-3"
    ]  # fmt: skip
