"""One whole working day at the simulated company, three times: with the mouse, on a phone, by the keyboard alone.

What is due, what came of it and what is next; what is overdue, planned anew; a time block; 1st & 10; the calendar; the
goals and the digest. After each step the database is asked whether it was done.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import Activity, Block, Sitting, TenEntry
from leadline.imports.example.loading import load
from leadline.imports.example.signing_in import PASSWORD, SIGN_INS
from tests.journeys.hands import Finger, Keys, Mouse, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = dt.timedelta(days=1)
SAID = "Talked"  # an outcome of the company's list that counts as a conversation
NEXT = "about the whole day"
kept: list[sqlite3.Connection] = []  # the company as it was loaded


@pytest.fixture
def tom(transactional_db: None) -> User:
    """A seller of the example company, which is loaded once for all three days; his next block is in three hours."""
    if kept:
        connection.ensure_connection()
        kept[0].backup(connection.connection)
    else:
        load()
        if connection.vendor == "sqlite":
            kept.append(sqlite3.connect(":memory:"))
            connection.connection.backup(kept[0])
    user: User = User.objects.get(email=SIGN_INS[2].email)
    block = Block.objects.get(owner=user)
    soon = timezone.now().astimezone(ZoneInfo(block.zone)) + dt.timedelta(hours=3)
    block.edit(by=SYSTEM, starts_at=soon.time().replace(minute=0, second=0, microsecond=0))
    return user


@pytest.fixture(params=[Mouse, Finger, Keys], ids=["mouse", "phone", "keyboard"])
def hand(request: pytest.FixtureRequest, browser: Any, live_server: Any, tom: User) -> Any:
    """A page and the way it is used. Scripts that fail and policies that are broken fail the test."""
    context = browser.new_context(base_url=live_server.url, locale="en-US", **request.param.wears)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
    yield request.param(page)
    context.close()
    assert said == []


def test_a_whole_day(hand: Any, tom: User) -> None:
    sign_in(hand)
    call = tick_and_plan(hand, tom)
    plan_anew(hand, tom)
    sit_to_a_block(hand, tom)
    write_two(hand, tom)
    move_it(hand, tom, call)
    see_it_counted(hand, tom)
    read_the_digest(hand, tom)


def sign_in(hand: Any) -> None:
    hand.page.goto("/sign-in/")
    hand.write(hand.page.get_by_label("E-mail"), SIGN_INS[2].email)
    hand.write(hand.page.get_by_label("Password"), PASSWORD)
    hand.press(hand.page.get_by_role("button", name="Sign in", exact=True))
    hand.arrive(hand.page.locator("#to-do .act-row").first)


def next_week() -> dt.date:
    """Its Wednesday: in the week after this one, whenever the test runs."""
    today = timezone.now().date()
    return today + (9 - today.weekday()) * DAY


def tick_and_plan(hand: Any, tom: User) -> Activity:
    """A call that is due: done, with what came of it; the next one in one line."""
    page = hand.page
    row = page.locator("#to-do .act-row").filter(has_text="Call about the offer").first
    ticked = Activity.objects.get(pk=row.get_attribute("data-activity"))
    row = page.locator(f"#activity-{ticked.pk}")
    if hand.keyed:
        hand.walk("j", row)
        page.keyboard.press("x")
    else:
        hand.press(row.get_by_role("checkbox"))
    outcome = page.locator("[data-after] [data-outcome]").filter(has_text=SAID)
    line = page.get_by_label("What is next?")
    if hand.keyed:
        expect(line).to_be_focused()
        page.keyboard.press(outcome.get_attribute("aria-keyshortcuts"))
    else:
        hand.press(outcome)
    expect(outcome).to_have_attribute("aria-pressed", "true")
    hand.write(line, f"call {next_week():%-d %b} 10:00 {NEXT} 30m")
    expect(page.locator("[data-after] [data-read]")).to_contain_text("30 min")
    page.keyboard.press("Enter")
    expect(page.locator("[data-after]")).to_have_count(0)
    expect(row).to_have_count(0)
    ticked.refresh_from_db()
    assert (ticked.is_done, ticked.outcome, ticked.counts_as) == (True, SAID, "conversation")
    planned = Activity.objects.get(subject__iendswith=NEXT)
    assert (planned.owner, planned.deal, planned.minutes) == (tom, ticked.deal, 30)
    assert planned.due_at.date() == next_week()
    return planned


def late(tom: User) -> list[str]:
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Activity.objects.planned().filter(owner=tom, due_at__lt=start)
    return [str(row) for row in rows]


def plan_anew(hand: Any, tom: User) -> None:
    """All that is overdue, spread over the next days."""
    page = hand.page
    assert late(tom)
    hand.press(page.locator(".today-figures").get_by_role("link", name="Re-plan"))
    dialog = page.get_by_role("dialog", name="Re-plan").or_(page.locator("#dialog[open]")).first
    hand.press(dialog.get_by_role("button", name="Re-plan", exact=True))
    expect(dialog).to_be_hidden()
    expect(page.locator(".today-figures .late")).to_have_count(0)
    assert late(tom) == []


def sit_to_a_block(hand: Any, tom: User) -> None:
    """The next block, begun now: what came of three people; then up again."""
    page = hand.page
    hand.press(page.locator("#today-block a.button"))
    hand.arrive(page.get_by_role("button", name="Begin now"))
    hand.press(page.get_by_role("button", name="Begin now"))
    hand.arrive(page.locator("#acting"))
    name, button = page.locator("#one article h2"), page.locator("[data-outcome]").filter(has_text=SAID).first
    talks = page.locator("#talks")
    before = int(talks.inner_text())  # what was done this morning may lie in the block's first minute
    for _person in range(3):
        expect(name).to_be_visible()
        key = button.get_attribute("data-key")
        act = (lambda key=key: page.keyboard.press(key)) if hand.keyed else lambda: hand.press(button)
        until(act, name, name.inner_text())
    expect(talks).to_have_text(str(before + 3))
    expect(page.locator("#unsent")).to_be_hidden()
    hand.press(page.get_by_role("button", name="Get up"))
    expect(page.get_by_role("heading", name="This is what was done")).to_be_visible()
    sitting = Sitting.objects.get(owner=tom, began_at__gte=timezone.now() - DAY)
    done = Activity.objects.done().filter(owner=tom, external_id__startswith=f"sitting-{sitting.pk}-")
    assert [row.outcome for row in done] == [SAID] * 3
    assert sitting.ended_at
    hand.press(page.get_by_role("link", name="Today", exact=True))
    hand.arrive(page.locator(".today-head"))


def write_two(hand: Any, tom: User) -> None:
    """1st & 10: two notes written, and an earlier one was answered."""
    page = hand.page
    hand.go("today", "1st & 10")
    hand.arrive(page.locator(".ten-card.here [data-body]"))
    progress = page.locator(".ten-progress")
    for number in (1, 2):
        if hand.keyed:
            page.keyboard.press("w")
        else:
            hand.press(page.locator(".ten-card.here").get_by_role("button", name="Written"))
        expect(progress).to_contain_text(re.compile(rf"^{number} of \d+ written"))
    note = page.locator(".ten-note[data-state=written], .ten-note[data-state=none]").first
    entry = TenEntry.objects.get(pk=note.get_attribute("data-id"))
    note = page.locator(f"#ten-{entry.pk}")
    if hand.keyed:
        hand.walk("j", note)
        page.keyboard.press("r")
    else:
        hand.press(note.get_by_role("button", name="Replied"))
    expect(note).to_contain_text("Replied")
    expect(note.get_by_role("button", name="Replied")).to_have_attribute("aria-pressed", "true")
    entry.refresh_from_db()
    assert entry.answer == "reply"
    written = TenEntry.objects.filter(owner=tom, on_date=timezone.now().date()).exclude(written_at=None)
    assert [row.activity.is_done for row in written if row.activity] == [True, True]


def move_it(hand: Any, tom: User, call: Activity) -> None:
    """What was planned this morning: a day later and an hour."""
    page = hand.page
    if hand.keyed:
        page.keyboard.press("g")
        page.keyboard.press("a")
        hand.arrive(page.locator(".rail a[data-place=activities][aria-current=page]"))
    hand.go("activities", "Calendar")
    at = call.due_at.replace(hour=11) + DAY
    event = page.locator(".event").filter(has_text=re.compile(NEXT))
    if hand.keyed:
        page.keyboard.press("Shift+ArrowRight")
        hand.walk("j", event)
        for key in ("ArrowRight", *["ArrowDown"] * 4):
            page.keyboard.press(f"Alt+{key}")
    elif isinstance(hand, Finger):
        hand.press(page.locator("[data-calendar-on]"))
        hand.press(event.locator("a"))
        told = page.get_by_role("dialog", name="Activity")
        told.get_by_label("Day").fill(f"{at:%Y-%m-%d}")
        told.get_by_label("Time").fill(f"{at:%H:%M}")
        hand.press(told.get_by_role("button", name="Move", exact=True))
    else:
        hand.press(page.locator("[data-calendar-on]"))
        drag(page, event)
    there = page.locator(f'[data-day="{at:%Y-%m-%d}"] .event[data-at="660"]:not(.dragged)')
    expect(there.filter(has_text=re.compile(NEXT))).to_have_count(1)
    expect(page.locator(".toast").last).to_be_visible()  # the server has said so
    call.refresh_from_db()
    assert (call.due_at, call.minutes) == (at, 30)


def drag(page: Any, event: Any) -> None:
    """An hour down and one day on, as a hand does it."""
    expect(event).to_be_visible()
    event.scroll_into_view_if_needed()
    box, hour = event.bounding_box(), page.locator(".cal-times").first.bounding_box()["height"] / 24
    wide = page.locator(".cal-day").first.bounding_box()["width"]
    x, y = box["x"] + 20, box["y"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 6, y + 6, steps=3)
    page.mouse.move(x + wide, y + hour, steps=8)
    page.mouse.up()


def see_it_counted(hand: Any, tom: User) -> None:
    """The ring of calls: as many as the database has of today."""
    page = hand.page
    if hand.keyed:
        page.keyboard.press("g")
        page.keyboard.press("t")
        hand.arrive(page.locator(".today-head"))
    hand.go("today", "Goals")
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Activity.objects.done().filter(owner=tom, type__name="Call", done_at__gte=start).count()
    assert calls >= 1 + 3
    ring = page.locator(".goal-ring[aria-label^='Call:']")
    expect(ring).to_have_attribute("aria-label", re.compile(rf"^Call: {calls} of \d+ today"))


def read_the_digest(hand: Any, tom: User) -> None:
    """What was overdue is so no more; the goals stand as the day has left them."""
    page = hand.page
    hand.go("today", "Digest")
    hand.arrive(page.locator(".digest-head h1"))
    passed = Activity.objects.planned().filter(owner=tom, due_at__lt=timezone.now())  # an hour of today, meanwhile
    expect(page.locator("#overdue")).to_have_count(int(passed.exists()))
    expect(page.locator("#goals")).to_contain_text("Call")
