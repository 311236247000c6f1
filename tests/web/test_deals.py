"""The list of deals behind a number."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.models import User
from tests import factories as make
from tests.cast import Cast
from tests.web.conftest import Company
from tests.web.reading import read, rows_of

LIST = "/insights/deals/"
SignIn = Callable[[User], Client]


def titles(client: Client, **query: str) -> list[str]:
    page = read(client.get(LIST, {"metric": "deals_added", **query}).content)
    return [row[0] for row in rows_of(page.one("table"))]


def test_what_it_shows(company: Company, cast: Cast, signed_in: SignIn) -> None:
    page = read(
        signed_in(cast.administrator).get(LIST, {"metric": "win_rate", "part": "numerator", "owner": "Theo"}).content
    )
    assert page.one("h1").text == "1 deal, $500"
    assert rows_of(page.one("table")) == [
        ["Theo won 1", "–", "Theo", "Meeting agreed", "Won", "$500", "Jan 1, 2026", "Jan 21, 2026"]
    ]
    assert "owner: Theo" in page.one(class_="behind").text


def test_order(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    assert titles(client)[:3] == ["Olga won 2", "Olga won 1", "Umar open"]
    assert titles(client, sort="title")[0] == "Olga lost 2"
    assert titles(client, sort="-closed_at")[-1] == "Umar open"
    assert titles(client, sort="closed_at")[-1] == "Umar open"
    assert titles(client, sort="nonsense") == titles(client)


def test_pages(cast: Cast, signed_in: SignIn) -> None:
    for n in range(60):
        make.deal(title=f"Deal {n:02}", owner=cast.owner)
    client = signed_in(cast.administrator)
    assert titles(client, sort="title")[-1] == "Deal 49"
    assert titles(client, sort="title", page="2") == [f"Deal {n}" for n in range(50, 60)]
    assert titles(client, sort="title", page="999") == titles(client, sort="title", page="2")


@pytest.mark.parametrize(
    "query",
    [
        {"metric": "nonsense"},
        {},
        {"metric": "win_rate", "part": "nonsense"},
        {"metric": "win_rate", "nonsense": "1"},
        {"metric": "win_rate", "from": "soon"},
        {"metric": "win_rate", "from": "2026-02-30"},
        {"metric": "win_rate", "from": "2026-03-01", "to": "2026-02-01"},
        {"metric": "win_rate", "pipeline": "nonsense"},
        {"metric": "open_value", "lost_reason": "Price"},
    ],
)
def test_an_address_that_makes_no_sense(company: Company, cast: Cast, signed_in: SignIn, query: dict[str, str]) -> None:
    client = signed_in(cast.administrator)
    for address in (LIST, "/insights/deals.csv"):
        answer = client.get(address, query)
        assert answer.status_code == 400
        assert "cannot be read" in answer.content.decode()


def test_csv_holds_all_of_them_and_no_formulas(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="=HYPERLINK(1)", owner=cast.owner, organization=make.organization(name="+Plus"))
    for _ in range(60):
        make.deal(owner=cast.owner)
    answer = signed_in(cast.administrator).get("/insights/deals.csv", {"metric": "deals_added", "sort": "title"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 61
    assert {row["title"] for row in rows if row["title"].startswith("'")} == {"'=HYPERLINK(1)"}
    assert "'+Plus" in {row["organization"] for row in rows}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="deals.csv"'


def test_markup_in_a_title_is_text(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="<script>alert(1)</script>", owner=cast.owner)
    html = signed_in(cast.administrator).get(LIST, {"metric": "deals_added"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_one_deal_after_another_many(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(30):
        make.deal(owner=cast.owner, organization=make.organization())
    client = signed_in(cast.administrator)
    client.get(LIST, {"metric": "deals_added"})
    with django_assert_max_num_queries(14):
        client.get(LIST, {"metric": "deals_added"})
