"""The ten acts as somebody does them here. Each begins where the record is in sight and ends when it is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Act = Callable[[Any], None]


def _card(page: Any) -> Any:
    """The board, with a card of one's own in focus."""
    page.goto("/pipeline/")
    card = page.locator(".board .deal").first
    card.locator(".deal-title").focus()
    return card


def _toast(page: Any, said: str) -> None:
    page.locator(".toast").filter(has_text=re.compile(said)).first.wait_for()


def add(page: Any) -> Act:
    page.goto("/pipeline/")

    def act(page: Any) -> None:
        page.keyboard.press("a")
        page.locator(".adding input").wait_for()
        page.keyboard.insert_text("Northgate Brewery meters 12k")
        page.keyboard.press("Enter")
        page.get_by_text("Northgate Brewery meters").first.wait_for()

    return act


def log(page: Any) -> Act:
    """A call that is due, on Today."""
    page.goto("/today/")
    page.keyboard.press("j")
    page.wait_for_timeout(200)

    def act(page: Any) -> None:
        page.keyboard.press("x")
        page.locator("[data-after] [name=subject], [data-next-line] input, .after input[name=subject]").first.wait_for()
        page.keyboard.press("1")
        page.wait_for_timeout(300)
        page.keyboard.insert_text("call tue 10 about the offer")
        page.keyboard.press("Enter")
        _toast(page, "planned")

    return act


def move(page: Any) -> Act:
    _card(page)

    def act(page: Any) -> None:
        page.keyboard.press("Shift+ArrowRight")
        _toast(page, "oved")

    return act


def win(page: Any) -> Act:
    _card(page)

    def act(page: Any) -> None:
        page.keyboard.press("w")
        _toast(page, "won")

    return act


def lose(page: Any) -> Act:
    _card(page)

    def act(page: Any) -> None:
        page.keyboard.press("l")
        page.locator("#ask-lost[open]").wait_for()
        page.keyboard.press("1")
        _toast(page, "lost")

    return act


def find(page: Any) -> Act:
    page.goto("/pipeline/")

    def act(page: Any) -> None:
        page.keyboard.press("/")
        page.locator("#palette[open]").wait_for()
        page.keyboard.insert_text("Imran Walsh")
        page.locator("#palette [role=option]").filter(has_text="Imran Walsh").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/*/")

    return act


def note(page: Any) -> Act:
    _card(page)

    def act(page: Any) -> None:
        page.keyboard.press("n")
        page.locator("#ask-note[open]").wait_for()
        page.keyboard.insert_text("They decide in spring.")
        page.keyboard.press("Enter")
        _toast(page, "ote added")

    return act


def replan(page: Any) -> Act:
    page.goto("/today/")
    page.keyboard.press("j")
    page.wait_for_timeout(200)

    def act(page: Any) -> None:
        page.keyboard.press("t")
        _toast(page, "omorrow|planned|moved")

    return act


def convert(page: Any) -> Act:
    page.goto("/leads/?status=open&owner=me")
    page.keyboard.press("j")

    def act(page: Any) -> None:
        page.keyboard.press("w")
        page.locator("#convert_title").wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/deals/*/")

    return act


def give(page: Any) -> Act:
    page.goto("/deals/?status=open&owner=me")
    page.keyboard.press("j")

    def act(page: Any) -> None:
        page.keyboard.press("Control+a")
        page.keyboard.press("o")
        page.locator("[data-deed-form] .deed-value select").select_option(label="Ruth Calder")  # by typing "ru"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        _toast(page, "changed")

    return act


ACTS: dict[str, Callable[[Any], Act]] = {
    "add a deal": add,
    "log a call and plan the next": log,
    "move a deal": move,
    "win a deal": win,
    "lose a deal, with a reason": lose,
    "find a person": find,
    "write a note": note,
    "plan an activity anew": replan,
    "convert a lead": convert,
    "give many deals to somebody else": give,
}
