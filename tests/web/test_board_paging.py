"""More of a column behind a card, and single cards drawn again."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.pipelines import add_pipeline
from leadline.web.pipeline import columns as sizes
from leadline.web.pipeline.asked import BOARD, narrowed
from leadline.web.pipeline.in_hand import cards_in_hand, tells_itself
from leadline.web.pipeline.sorting import SORTS
from tests import factories as make
from tests.cast import Cast
from tests.web.board import ago, board_path, shown
from tests.web.reading import read

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "MOST", 3)
    monkeypatch.setattr(sizes, "FEWEST", 3)
    monkeypatch.setattr(sizes, "NEXT_CARDS", 4)


def walked(client: Client, lane: int, sort: str) -> list[str]:
    """All cards of a column: those of the first view, then page by page."""
    page = shown(client, board_path(), sort=sort)
    section = page.one("section", id=f"lane-{lane}")
    found: list[str] = []
    for _ in range(50):
        found += [link.text for link in section.all("a", class_="deal-title")]
        more = section.all("li", class_="more")
        if not more:
            return found
        query = {"lane": str(lane), "after": more[0].attributes["data-after"], "sort": sort}
        section = read(client.get(f"{board_path()}column/", query).content)
    raise AssertionError("without end")


@pytest.mark.parametrize("sort", SORTS)
def test_page_by_page_every_card_comes_once_and_in_order(cast: Cast, signed_in: SignIn, sort: str) -> None:
    for number in range(17):
        deal = make.deal(
            title=f"D{number}",
            stage=make.stage(1),
            value=None if number % 4 == 0 else Decimal(number // 3),
            expected_close_on=None if number % 5 == 0 else f"2027-0{1 + number % 3}-01",
            at=ago(number // 2),
        )
        if number % 3:
            make.activity(deal=deal, due_at=ago(-(number % 4)))
    asked = narrowed(cast.owner, make.pipeline(), BOARD, {"sort": sort})
    whole = [deal.title for deal in SORTS[sort].ordered(asked.deals().filter(stage=make.stage(1)))]
    assert walked(signed_in(cast.owner), make.stage(1).pk, sort) == whole
    assert len(whole) == 17


def test_an_unreadable_place_begins_anew(cast: Cast, signed_in: SignIn) -> None:
    make.deal(title="Only")
    for after in ("", "x", "nonsense,1", ",", "2026-99-99,3"):
        answer = signed_in(cast.owner).get(f"{board_path()}column/", {"lane": str(make.stage().pk), "after": after})
        assert answer.status_code == 200, after
    assert signed_in(cast.owner).get(f"{board_path()}column/", {"lane": "x"}).status_code == 404


def drawn(client: Client, *ids: int, **query: str) -> Any:
    return client.get(f"{board_path()}cards/", {"ids": ",".join(map(str, ids)), **query}).json()


def test_cards_by_number_with_the_heads(cast: Cast, signed_in: SignIn) -> None:
    here = make.deal(title="Here", stage=make.stage(2), value=Decimal(700))
    won = make.deal(title="Won").win(by=SYSTEM)
    elsewhere = make.deal(pipeline=add_pipeline("Other", ["One"], by=SYSTEM))
    said = drawn(signed_in(cast.owner), here.pk, won.pk, elsewhere.pk, 99999)
    assert [(card["id"], card["lane"]) for card in said["cards"]] == [(here.pk, str(make.stage(2).pk))]
    assert "Here" in said["cards"][0]["html"]
    assert said["gone"] == sorted([won.pk, elsewhere.pk, 99999])
    assert "$700" in said["heads"][str(make.stage(2).pk)]
    assert "1 open deal" in said["whole"]
    assert said["as_of"]


def test_a_card_that_the_filter_lets_out_is_gone(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner)
    client = signed_in(cast.owner)
    assert drawn(client, deal.pk, owner=str(cast.owner.pk))["gone"] == []
    assert drawn(client, deal.pk, owner=str(cast.teammate.pk))["gone"] == [deal.pk]


def test_nobody_draws_what_they_may_not_see(cast: Cast, signed_in: SignIn) -> None:
    Visibility(kind="deal", see=Level.OWNER).save()
    deal = make.deal(owner=cast.owner)
    for user in (cast.teammate, cast.outsider, cast.reader):
        said = drawn(signed_in(user), deal.pk)
        assert (said["cards"], said["gone"]) == ([], [deal.pk]), user
        page = signed_in(user).get(f"{board_path()}column/", {"lane": str(make.stage().pk)})
        assert deal.title not in page.content.decode(), user


def test_ranks_follow_the_order_of_the_page(cast: Cast, signed_in: SignIn) -> None:
    deals = [make.deal(value=value, at=ago(day)) for day, value in ((1, None), (3, 5), (2, 9))]
    for sort in SORTS:
        cards = drawn(signed_in(cast.owner), *(deal.pk for deal in deals), sort=sort)["cards"]
        ranks = [float("inf") if card["rank"] is None else card["rank"] for card in cards]
        assert all(one <= other for one, other in itertools.pairwise(ranks)), sort


def test_a_number_of_questions_that_does_not_grow_with_cards(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(12):
        deal = make.deal(owner=cast.owner, stage=make.stage(number % 5), organization=make.organization())
        make.activity(deal=deal, due_at=ago(-1))
    client = signed_in(cast.owner)
    client.get(board_path())
    with django_assert_max_num_queries(26):
        client.get(board_path())


@pytest.mark.parametrize("sort", [name for name, order in SORTS.items() if order.own])
def test_the_card_of_a_deal_in_hand_is_the_one_that_the_board_reads(cast: Cast, sort: str) -> None:
    hot = make.label()
    whole = make.deal(
        title="Whole",
        value=Decimal("1234.5"),
        owner=cast.owner,
        organization=make.organization(name="Acme"),
        person=make.person(name="Olga"),
        expected_close_on="2027-01-31",
    )
    whole.label(hot, by=SYSTEM)
    make.activity(deal=whole, due_at=ago(2), subject="Call")
    bare = make.deal(title="Bare")
    rotten = make.deal(title="Rotten", at=ago(400))
    user = cast.administrator
    board = narrowed(user, make.pipeline(), BOARD, {"sort": sort})
    for deal in (whole, bare, rotten):
        assert tells_itself(deal, board.order, user)
        assert cards_in_hand([deal], board.order, user, board.now, new=False) == sizes.some(board, [deal.pk])


def test_only_the_database_tells_what_somebody_sees_of_a_deal_that_is_not_theirs(cast: Cast) -> None:
    Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER).save()
    deal = make.deal(owner=cast.owner)
    entered = SORTS["entered"]
    assert tells_itself(deal, entered, cast.owner)
    assert not tells_itself(deal, entered, cast.outsider)
    assert not tells_itself(deal, SORTS["next"], cast.owner)
