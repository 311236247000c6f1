"""A week on the calendar: by the hand and by keys alone, taken back, beside a colleague, on a phone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.activities.models import Activity, Work
from tests import factories as make
from tests.cast import assemble
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MONDAY = dt.date(2027, 3, 1)
WEEK = f"/activities/calendar/?view=week&day={MONDAY}"


def at(hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    return dt.datetime(2027, 3, 1 + days, hour, minute, tzinfo=dt.UTC)


def event(page: Any, subject: str) -> Any:
    return page.locator(".event").filter(has_text=subject)


def pull(page: Any, start: tuple[float, float], by: tuple[float, float]) -> None:
    """By the mouse, as a hand does it."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 6, start[1] + 6, steps=3)
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=8)
    page.mouse.up()


def stands(page: Any, subject: str, minute: int, days: int, long: int = 60) -> None:
    """At this minute of this day, this long."""
    day = MONDAY + dt.timedelta(days=days)
    there = page.locator(f'[data-day="{day}"] .event[data-at="{minute}"][data-long="{long}"]:not(.dragged)')
    expect(there.filter(has_text=subject)).to_have_count(1)


def test_a_week_is_moved_about(page: Any, live_server: Any) -> None:
    olga = assemble().owner
    kind = make.activity(subject="Plan", owner=olga, due_on=MONDAY, by=olga).type.edit(by=SYSTEM, work=Work.SELLING)
    demo = make.activity(subject="Demo", owner=olga, due_at=at(9), minutes=60, type=kind, by=olga)
    make.activity(subject="Held", owner=olga, due_at=at(9, 30, 4), type=kind, by=olga).complete(by=olga)
    client = Client()
    client.force_login(olga, backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(WEEK)
    stands(page, "Demo", 540, 0)

    hour = page.locator(".cal-times").first.bounding_box()["height"] / 24
    wide = page.locator(".cal-day").first.bounding_box()["width"]
    box = event(page, "Demo").bounding_box()
    pull(page, (box["x"] + 20, box["y"] + 10), (wide * 2, hour))
    stands(page, "Demo", 600, 2)
    box = event(page, "Demo").bounding_box()
    pull(page, (box["x"] + 20, box["y"] + box["height"] - 3), (0, hour / 2))
    stands(page, "Demo", 600, 2, long=90)
    expect(event(page, "Demo")).to_have_attribute("data-minutes", "90")  # the server has said so
    demo.refresh_from_db()
    assert (demo.due_at, demo.minutes) == (at(10, days=2), 90)

    event(page, "Demo").locator("a").focus()
    for key in ("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowLeft"):
        page.keyboard.press(key)
    stands(page, "Demo", 630, 1, long=90)
    expect(event(page, "Demo").locator("a")).to_be_focused()
    page.keyboard.press("z")
    stands(page, "Demo", 600, 2, long=90)
    page.keyboard.press("Alt+Shift+ArrowUp")
    stands(page, "Demo", 600, 2, long=75)

    page.keyboard.press("Enter")
    told = page.get_by_role("dialog", name="Activity")
    expect(told).to_contain_text("10:00")
    assert hindrances_in_both_themes(page) == []  # what lies under it is looked at by test_looks
    told.get_by_label("Time").fill("")
    told.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(f'[data-day="{MONDAY + dt.timedelta(days=2)}"] .cal-all-day .event')).to_contain_text("Demo")

    event(page, "Demo").locator("a").focus()
    for _day in range(5):  # from Wednesday over the end of the week
        page.keyboard.press("Alt+ArrowRight")
    there = page.locator(f'[data-day="{MONDAY + dt.timedelta(days=7)}"] .event')
    expect(there.locator("a")).to_be_focused()
    page.go_back()
    Activity.objects.get(subject="Plan").edit(by=SYSTEM, subject="Plan the fair")  # a colleague's change
    expect(event(page, "Plan the fair")).to_have_count(1)
    page.locator("[data-calendar]").focus()
    page.keyboard.press("m")
    expect(page.get_by_role("heading", name="March 2027")).to_be_visible()
    page.go_back()
    expect(page.locator(".cal-hours")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert said == []
