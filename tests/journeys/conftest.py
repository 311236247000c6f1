"""A real browser for journeys: Debian's Chromium, driven by Playwright, talking to nobody but the live server."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.conftest import leave_out

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SILENT = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
]


# A busy machine is not a fault; what never comes is one, a little later.
PATIENCE = 20_000  # milliseconds

# What a browser does hardly depends on the database: these two, which do the most with it, are run on both.
ON_BOTH = ("test_board.py", "test_lists.py")


@pytest.hookimpl(tryfirst=True)  # before -m chooses by marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            # Two processors are shared with all other tests: what fails once is tried once more, and the last lines
            # of the run count it as rerun. What fails twice fails.
            item.add_marker(pytest.mark.flaky(reruns=1))
            if item.path.name not in ON_BOTH:
                item.add_marker(pytest.mark.once)


@pytest.fixture(autouse=True)
def _requests_end_first(transactional_db: None) -> Iterator[None]:
    """A page that was closed may have left a request behind; emptying the tables would wait for it, and it for them."""
    yield
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(BUSY)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)


BUSY = """
    SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    chromium = os.environ.get("LEADLINE_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        leave_out("no Chromium: apt install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    # Playwright's sync face runs an event loop in this thread; Django would refuse its queries there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SILENT)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A fresh page at the live server's address. Fails the test when a script on it failed."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert failures == [], f"scripts failed: {failures}"
