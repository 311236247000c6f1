"""A day at the board: drag, win, lose, park, undo; two people at once; by keyboard alone; on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Deal, Note
from leadline.crm.pipelines import add_pipeline
from tests import factories as make
from tests.cast import Cast, assemble
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
STAGES = ("Target", "Contacted", "Meeting agreed", "Proposal sent", "Close")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast(live_server: Any) -> Cast:
    """Three deals of Olga's in Target, one in Contacted; two reasons to lose one."""
    people = assemble()
    for title in ("Globex", "Initech", "Acme"):
        make.deal(title=title, owner=people.owner, value=Decimal(1000), by=people.owner)
    make.deal(title="Umbrella", owner=people.owner, stage=make.stage(1), by=people.owner)
    for reason in ("Price", "Timing"):
        make.lost_reason(reason)
    return people


@pytest.fixture
def at(browser: Any, live_server: Any, cast: Cast) -> Iterator[Callable[..., Any]]:
    """Somebody's own browser before a page of theirs. Scripts that fail and policies that are broken fail the test."""
    contexts, said = [], []

    def of(user: User, path: str = "/pipeline/", **options: Any) -> Any:
        client = Client()
        client.force_login(user, backend=BACKEND)
        context = browser.new_context(
            base_url=live_server.url, **{"viewport": {"width": 1440, "height": 900}, "locale": "en-US", **options}
        )
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    yield of
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def board(at: Callable[..., Any], cast: Cast) -> Any:
    return at(cast.owner)


def lane(page: Any, name: str) -> Any:
    return page.locator(".lane").filter(has=page.get_by_role("heading", name=name, exact=True))


def card(page: Any, title: str, *, of: str | None = None) -> Any:
    inside = lane(page, of) if of else page
    return inside.locator(".deal").filter(has=page.get_by_role("link", name=title, exact=True))


def count(page: Any, name: str) -> Any:
    return lane(page, name).locator(".count")


def drag(page: Any, what: Any, onto: str) -> None:
    """By the mouse, as a hand does it: press, move, come to rest, let go."""
    box = what.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=5)
    page.wait_for_timeout(120)
    to = page.locator(onto).bounding_box()
    page.mouse.move(to["x"] + 60, to["y"] + 40, steps=12)
    page.wait_for_timeout(120)
    page.mouse.up()


def status(title: str) -> str:
    return str(Deal.objects.get(title=title).status)


def undo(page: Any) -> None:
    page.locator(".toast-undo").last.click()


def focused(page: Any) -> str:
    return str(page.evaluate("() => document.activeElement.textContent.trim()"))


def test_a_card_is_dragged_and_the_drag_taken_back(board: Any) -> None:
    drag(board, card(board, "Acme"), f"#lane-{make.stage(2).pk} .cards")
    expect(card(board, "Acme", of="Meeting agreed")).to_be_visible()
    expect(count(board, "Meeting agreed")).to_contain_text("1")
    expect(lane(board, "Meeting agreed").locator(".sums")).to_contain_text("$1,000")
    expect(board.locator(".toast")).to_contain_text("moved to Meeting agreed")
    assert board.url.endswith("/pipeline/")  # the click that ends a drag opens nothing
    assert Deal.objects.get(title="Acme").stage == make.stage(2)
    undo(board)
    expect(card(board, "Acme", of="Target")).to_be_visible()
    expect(count(board, "Target")).to_contain_text("3")


def test_won_lost_and_parked_by_drop_zones(board: Any) -> None:
    drag(board, card(board, "Acme"), "[data-zone=won]")
    expect(card(board, "Acme")).to_have_count(0)
    expect(count(board, "Target")).to_contain_text("2")
    expect(board.locator(".toast")).to_contain_text("Acme: won")
    undo(board)
    expect(card(board, "Acme", of="Target")).to_be_visible()

    drag(board, card(board, "Acme"), "[data-zone=lost]")
    dialog = board.get_by_role("dialog", name="Why was it lost?")
    dialog.get_by_label("Timing").check()
    dialog.get_by_label("Note").fill("Next year")
    dialog.get_by_role("button", name="Mark lost").click()
    expect(card(board, "Acme")).to_have_count(0)
    expect(board.locator(".toast").last).to_contain_text("lost")
    lost = Deal.objects.get(title="Acme")
    assert (str(lost.lost_reason), lost.lost_note) == ("Timing", "Next year")
    undo(board)
    expect(card(board, "Acme", of="Target")).to_be_visible()

    drag(board, card(board, "Acme"), "[data-zone=park]")
    dialog = board.get_by_role("dialog", name="Nurture")
    dialog.get_by_label("In three months").check()
    dialog.get_by_role("button", name="Park it").click()
    expect(board.locator(".toast").last).to_contain_text("parked")
    assert status("Acme") == "nurture"
    board.keyboard.press("z")
    expect(card(board, "Acme", of="Target")).to_be_visible()
    assert status("Acme") == "open"


def test_a_question_that_is_left_changes_nothing(board: Any) -> None:
    drag(board, card(board, "Acme"), "[data-zone=lost]")
    board.keyboard.press("Escape")
    expect(card(board, "Acme", of="Target")).to_be_visible()
    expect(board.locator(".zones")).to_be_hidden()
    assert status("Acme") == "open"


def test_two_people_see_each_other_s_moves(at: Callable[..., Any], cast: Cast) -> None:
    olga, theo = at(cast.owner), at(cast.teammate)
    drag(olga, card(olga, "Acme"), f"#lane-{make.stage(3).pk} .cards")
    expect(card(theo, "Acme", of="Proposal sent")).to_be_visible()
    expect(count(theo, "Target")).to_contain_text("2")
    card(theo, "Globex").locator(".deal-title").focus()
    theo.keyboard.press("w")
    expect(card(olga, "Globex")).to_have_count(0)
    make.deal(title="Brand new", owner=cast.leader, by=cast.leader)
    expect(card(olga, "Brand new", of="Target")).to_be_visible()
    expect(card(theo, "Brand new", of="Target")).to_be_visible()
    make.activity(deal=Deal.objects.get(title="Initech"), by=cast.leader, subject="Lunch")
    expect(card(olga, "Initech").locator(".next")).not_to_contain_text("No activity")


def test_a_card_that_the_filter_lets_out_leaves_by_itself(at: Callable[..., Any], cast: Cast) -> None:
    board = at(cast.leader, f"/pipeline/?owner={cast.owner.pk}")
    expect(card(board, "Acme")).to_be_visible()
    Deal.objects.get(title="Acme").edit(owner=cast.teammate, by=cast.leader)
    expect(card(board, "Acme")).to_have_count(0)
    expect(count(board, "Target")).to_contain_text("2")


def test_what_is_refused_goes_back_and_says_why(at: Callable[..., Any], cast: Cast) -> None:
    rule = Visibility(kind="deal", see=Level.EVERYONE, change=Level.EVERYONE)
    rule.save()
    board = at(cast.outsider)
    rule.change = Level.OWNER  # after the board was drawn
    rule.save()
    drag(board, card(board, "Acme"), f"#lane-{make.stage(2).pk} .cards")
    expect(board.locator(".toast.bad")).to_contain_text("You may not change this deal.")
    expect(card(board, "Acme", of="Target")).to_be_visible()
    expect(count(board, "Target")).to_contain_text("3")
    titles = lane(board, "Target").locator(".deal-title").all_inner_texts()
    assert titles == ["Acme", "Initech", "Globex"]  # in its old place


def test_what_one_may_not_change_stays_where_it_is(at: Callable[..., Any], cast: Cast) -> None:
    Visibility(kind="deal", see=Level.EVERYONE, change=Level.OWNER).save()
    board = at(cast.outsider)
    acme = card(board, "Acme")
    drag(board, acme, f"#lane-{make.stage(2).pk} .cards")
    expect(card(board, "Acme", of="Target")).to_be_visible()
    expect(board.locator(".toast")).to_have_count(0)
    expect(acme.locator(".deal-acts")).to_have_count(0)
    acme.locator(".deal-title").focus()
    board.keyboard.press("w")
    expect(board.locator(".toast")).to_contain_text("You may not change this deal.")
    expect(card(board, "Acme", of="Target")).to_be_visible()


def test_keyboard_only(board: Any) -> None:
    press = board.keyboard.press
    press("j")
    assert focused(board) == "Acme"
    press("j")
    assert focused(board) == "Initech"
    press("Shift+ArrowRight")
    expect(card(board, "Initech", of="Contacted")).to_be_visible()
    expect(board.locator(".toast")).to_contain_text("moved to Contacted")
    assert focused(board) == "Initech"
    press("m")
    press("4")
    expect(card(board, "Initech", of="Proposal sent")).to_be_visible()
    expect(board.locator(".toast").last).to_contain_text("Proposal sent")
    expect(card(board, "Initech").locator(".deal-title")).to_be_focused()
    press("l")
    press("1")
    expect(card(board, "Initech")).to_have_count(0)
    expect(board.locator(".toast").last).to_contain_text("lost")
    assert str(Deal.objects.get(title="Initech").lost_reason) == "Price"
    press("z")
    expect(card(board, "Initech", of="Proposal sent")).to_be_visible()
    card(board, "Globex").locator(".deal-title").focus()
    press("l")
    press("Enter")
    expect(card(board, "Globex")).to_have_count(0)
    press("z")
    expect(card(board, "Globex")).to_be_visible()
    card(board, "Acme").locator(".deal-title").focus()
    press("p")
    press("1")
    expect(card(board, "Acme")).to_have_count(0)
    press("z")
    expect(card(board, "Acme")).to_be_visible()
    card(board, "Acme").locator(".deal-title").focus()
    press("n")
    expect(board.locator("#ask-note")).to_contain_text("Acme")
    board.keyboard.type("They decide in spring.")
    press("Enter")
    expect(board.locator(".toast").last).to_contain_text("Note added")
    assert "They decide in spring." in Note.objects.get(deal__title="Acme").text
    card(board, "Acme").locator(".deal-title").focus()
    press("Enter")
    board.wait_for_url("**/deals/*/")


def test_editing_on_the_card_and_adding_by_one_line(board: Any, cast: Cast) -> None:
    board.keyboard.press("j")
    board.keyboard.press("e")
    title = board.locator(".deal input[name=value]")
    expect(title).to_be_focused()
    title.fill("Acme renewal")
    board.keyboard.press("Enter")
    expect(card(board, "Acme renewal")).to_be_visible()
    board.keyboard.press("v")
    expect(title).to_be_focused()
    title.fill("2500")
    board.keyboard.press("Enter")
    expect(card(board, "Acme renewal")).to_contain_text("$2,500")
    expect(lane(board, "Target").locator(".sums")).to_contain_text("$4,500")
    board.keyboard.press("a")
    line = board.get_by_label("New deal")
    expect(line).to_be_focused()
    line.press_sequentially("Hooli rollout 12k @Theo")
    expect(board.locator(".adding-read")).to_have_text("Will add “Hooli rollout” · $12,000 · Theo")
    board.keyboard.press("Enter")
    expect(card(board, "Hooli rollout", of="Target")).to_contain_text("$12,000")
    expect(line).to_be_focused()
    expect(line).to_have_value("")
    assert Deal.objects.get(title="Hooli rollout").owner == cast.teammate
    board.keyboard.press("Escape")
    expect(line).to_have_count(0)


def test_several_at_one_stroke(board: Any) -> None:
    for _ in range(2):
        board.keyboard.press("j")
        board.keyboard.press("x")
    expect(board.locator("[data-picked-bar]")).to_contain_text("2 cards selected")
    board.keyboard.press("Shift+ArrowRight")
    expect(lane(board, "Contacted").locator(".deal")).to_have_count(3)
    expect(board.locator("[data-picked-bar]")).to_be_hidden()
    expect(board.locator(".toast")).to_contain_text("2 deals")
    board.keyboard.press("z")
    expect(lane(board, "Target").locator(".deal")).to_have_count(3)


def test_to_another_pipeline(at: Callable[..., Any], cast: Cast) -> None:
    add_pipeline("Renewals", ["Due", "Agreed"], by=SYSTEM)
    board = at(cast.owner)
    drag(board, card(board, "Acme"), "[data-zone=elsewhere]")
    board.get_by_role("dialog").get_by_role("button", name="Agreed", exact=True).click()
    expect(card(board, "Acme")).to_have_count(0)
    expect(board.locator(".toast")).to_contain_text("moved to Agreed")
    board.locator(".which > summary").click()
    board.get_by_role("link", name="Renewals").click()
    expect(card(board, "Acme", of="Agreed")).to_be_visible()


def test_a_long_column_comes_as_one_scrolls(at: Callable[..., Any], cast: Cast) -> None:
    for number in range(130):
        make.deal(title=f"N{number}", owner=cast.owner, stage=make.stage(4))
    board = at(cast.owner)
    cards = lane(board, "Close").locator(".cards")
    expect(count(board, "Close")).to_contain_text("130")
    for _ in range(8):
        cards.evaluate("list => { list.scrollTop = list.scrollHeight }")
        board.wait_for_timeout(150)
    expect(cards.locator(".deal")).to_have_count(130)
    assert len(set(cards.locator(".deal-title").all_text_contents())) == 130


def test_order_and_filter_without_a_new_page(board: Any, cast: Cast) -> None:
    Deal.objects.get(title="Globex").edit(value=Decimal(9000), by=cast.owner)
    board.evaluate("() => { window.same = true }")
    board.get_by_label("Order of the cards").select_option("value")
    expect(lane(board, "Target").locator(".deal-title").first).to_have_text("Globex")
    board.get_by_label("Find in this list").fill("Acme")
    expect(lane(board, "Target").locator(".deal")).to_have_count(1)
    assert "q=Acme" in board.url
    assert "sort=value" in board.url
    assert board.evaluate("() => window.same")
    drag(board, card(board, "Acme"), f"#lane-{make.stage(2).pk} .cards")
    expect(card(board, "Acme", of="Meeting agreed")).to_be_visible()


def test_the_forecast_moves_by_months(at: Callable[..., Any], cast: Cast) -> None:
    wide = {"width": 2400, "height": 900}
    board = at(cast.owner, f"/pipeline/{make.pipeline().pk}/forecast/", viewport=wide)
    expect(lane(board, "No date").locator(".deal")).to_have_count(4)
    third = board.locator(".lane").nth(3)
    drag(board, card(board, "Acme"), f"#{third.get_attribute('id')} .cards")
    expect(third.locator(".deal")).to_have_count(1)
    expect(board.locator(".toast")).to_contain_text("Acme")
    expected = Deal.objects.get(title="Acme").expected_close_on
    assert f"{expected:%Y-%m}" == third.get_attribute("data-lane")
    board.keyboard.press("z")
    expect(lane(board, "No date").locator(".deal")).to_have_count(4)


def test_on_a_phone_one_column_at_a_time(at: Callable[..., Any], cast: Cast) -> None:
    board = at(cast.owner, viewport={"width": 390, "height": 844}, has_touch=True)
    board.get_by_role("link", name="Contacted").click()
    expect(card(board, "Umbrella")).to_be_in_viewport()
    expect(card(board, "Acme")).not_to_be_in_viewport()
    expect(board.get_by_role("link", name="Contacted")).to_have_attribute("aria-current", "true")
    card(board, "Umbrella").get_by_role("button").tap()
    board.get_by_role("dialog", name="Umbrella").get_by_role("button", name="Move to").tap()
    board.get_by_role("dialog", name="Move to").get_by_role("button", name="Close").tap()
    expect(board.locator(".toast")).to_contain_text("moved to Close")
    assert Deal.objects.get(title="Umbrella").stage == make.stage(4)
    width = board.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390


def test_lost_connection_is_said(board: Any) -> None:
    board.context.set_offline(True)
    expect(board.locator("[data-fresh]")).to_have_class("fresh stale")
    board.keyboard.press("j")
    board.keyboard.press("Shift+ArrowRight")
    expect(board.locator(".toast.bad")).to_be_visible()
    expect(card(board, "Acme", of="Target")).to_be_visible()
    board.context.set_offline(False)
    expect(board.locator("[data-fresh]")).to_have_class("fresh")


def test_axe_finds_nothing(at: Callable[..., Any], cast: Cast) -> None:
    make.deal(title="Old", owner=cast.owner, at=Deal.objects.first().created_at.replace(year=2025), by=SYSTEM)
    Deal.objects.get(title="Acme").label(make.label("Hot"), by=cast.owner)
    board = at(cast.owner)
    expect(card(board, "Old")).to_contain_text("idle")
    assert hindrances_in_both_themes(board) == []
    card(board, "Acme").locator(".deal-title").focus()
    for key in ("m", "l", "p", "."):
        board.keyboard.press(key)
        expect(board.locator("dialog.question[open]")).to_be_visible()
        assert hindrances_in_both_themes(board) == [], key
        board.keyboard.press("Escape")
    board.goto(f"/pipeline/{make.pipeline().pk}/forecast/")
    assert hindrances_in_both_themes(board) == []
    board.goto("/pipeline/?q=nothing-like-it")
    assert hindrances_in_both_themes(board) == []
