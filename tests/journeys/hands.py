"""Three ways to do the same on a page: with the mouse, with a finger on a phone, with the keyboard alone."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MOST = 120  # presses of Tab until something has the focus
SOON = 600  # milliseconds after which a press that was too early is done again


class Mouse:
    """Clicks, and drags."""

    wears: dict[str, Any] = {"viewport": WIDE}
    keyed = False

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, target: Any) -> None:
        target.click()

    def write(self, field: Any, text: str) -> None:
        """Into a field, and done with it."""
        self.press(field)
        self.page.keyboard.type(text)

    def arrive(self, at: Any) -> None:
        """Where this is to be seen, and the page's scripts have been read: a click before that is a plain form's."""
        expect(at).to_be_visible()
        self.page.wait_for_load_state("load")

    def go(self, place: str, tab: str) -> None:
        """To a page by the rail and its tabs."""
        self.press(self.page.locator(f".rail a[data-place={place}]"))
        self.press(self.page.locator(".tabs a").filter(has_text=tab))
        self.arrive(self.page.locator(".tabs a[aria-current=page]").filter(has_text=tab))


class Finger(Mouse):
    """Taps on a phone; what is wider than the phone fails."""

    wears = {"viewport": PHONE, "has_touch": True, "is_mobile": True}

    def press(self, target: Any) -> None:
        target.tap()

    def go(self, place: str, tab: str) -> None:
        super().go(place, tab)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


class Keys(Mouse):
    """Not one click: Tab to what is pressed, letters that the page offers, the palette to other pages."""

    keyed = True

    def press(self, target: Any) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, field: Any, text: str) -> None:
        self.reach(field)
        self.page.keyboard.type(text)

    def reach(self, target: Any) -> None:
        """By Tab, as far as it takes."""
        expect(target).to_be_visible()
        for _press in range(MOST):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {target}")

    def walk(self, key: str, to: Any) -> None:
        """By a key from row to row until this one has the focus."""
        expect(to).to_be_visible()
        for _press in range(MOST):
            if to.evaluate("one => one.contains(document.activeElement)"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not come to {to}")

    def go(self, place: str, tab: str) -> None:
        key = self.page.keyboard.press
        key("Escape")
        key("Control+k")
        expect(self.page.locator("#palette-text")).to_be_focused()
        self.page.keyboard.type(tab)
        expect(self.page.locator("#palette [aria-selected=true] .palette-name")).to_have_text(tab)
        key("Enter")
        self.arrive(self.page.locator(".tabs a[aria-current=page]").filter(has_text=tab))


def drawn(page: Any) -> None:
    """What is drawn anew has come and listens, which it does a moment after it is seen: nobody chooses that quickly."""
    expect(page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)


def until(act: Any, gone: Any, text: str) -> None:
    """Acts until this no longer says so: inside a block a press that comes too early counts as none."""
    for _try in range(20):
        act()
        try:
            expect(gone).not_to_have_text(text, timeout=SOON)
        except AssertionError:
            continue
        return
    raise AssertionError(f"still {text}")
