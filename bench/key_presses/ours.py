"""The ten acts as somebody does them here. Each begins where the record is in sight and ends when it is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Act = Callable[[Any], None]


def _card(page: Any) -> None:
    """The board of one's own deals, with the first card in focus."""
    page.goto("/pipeline/?owner=me", wait_until="networkidle")  # a busy board is drawn anew, and the focus is lost
    _stand(page.locator(".board .deal .deal-title").first)


def _stand(on: Any) -> None:
    on.focus()
    assert on.evaluate("one => one === document.activeElement")


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


def _row(page: Any, said: str) -> Any:
    """Today, with the first row that says so in focus."""
    page.goto("/today/", wait_until="networkidle")
    row = page.locator("#to-do .act-row").filter(has_text=said).first
    _stand(row)
    return row


def log(page: Any) -> Act:
    """A call that is due, on Today: done, what came of it, and what is next."""
    number = _row(page, "Call about").get_attribute("data-activity")

    def act(page: Any) -> None:
        page.keyboard.press("x")
        page.locator("[data-after] input[name=subject]").wait_for()
        page.keyboard.press("4")
        page.locator("[data-after] [data-outcome][aria-pressed=true]").wait_for()
        page.keyboard.insert_text("call next friday 10 about the contract")
        page.keyboard.press("Enter")
        _toast(page, "planned")
        page.locator(f"#activity-{number}").wait_for(state="detached")

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
    """To the next working day."""
    _row(page, "overdue")

    def act(page: Any) -> None:
        page.keyboard.press("t")
        _toast(page, "moved:")

    return act


def convert(page: Any) -> Act:
    page.goto("/leads/list/?status=open&owner=me")
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
