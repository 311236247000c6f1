"""Somebody fills in a form on a page of another site: it says what is missing, thanks, and a lead is there, once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.crm.intake import counts, make_waiting
from leadline.crm.models import Arrival, Lead
from leadline.web.doors import guarding
from tests.crm.intake.making import FIELDS, form
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = '<!doctype html><html lang="en"><title>Site</title><h1>Site</h1><p>{script}</p><p id="heard"></p></html>'


@pytest.fixture
def site() -> Iterator[Any]:
    """Another site of somebody's own; `said` is the script that stands in its page."""

    class Handler(BaseHTTPRequestHandler):
        said = ""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.format(script=type(self).said).encode())

        def log_message(self, *words: Any) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.page = Handler  # type: ignore[attr-defined]  # for the test
    yield server
    server.shutdown()
    server.server_close()


def test_a_form_in_another_site_brings_a_lead_once(
    page: Any, live_server: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "HASTE", 0.0)  # a script types quicker than people
    guarding.forget()
    own = f"http://127.0.0.1:{site.server_address[1]}"
    door = form(fields=FIELDS, origins=[own], consent="You may write to me.", consent_required=True)
    site.page.said = f'<script src="{live_server.url}/forms/{door.token}/embed.js" async></script>'
    page.goto(f"{own}/prices?utm_source=letter&secret=1")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your name").fill("Jane Doe")
    frame.get_by_label("E-mail").fill("jane@acme")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("This is not an e-mail address.")).to_be_visible()
    expect(frame.get_by_text("Tick this to send the form.")).to_be_visible()
    expect(frame.get_by_label("Your name")).to_have_value("Jane Doe")
    tall = page.locator("iframe").bounding_box()["height"]
    frame.get_by_label("E-mail").fill("jane@acme.com")
    frame.get_by_label("You may write to me.").check()
    frame.get_by_role("button", name="Send").dblclick()
    expect(frame.get_by_text("Thank you. It has arrived.")).to_be_visible()
    page.wait_for_function("tall => document.querySelector('iframe').clientHeight < tall", arg=tall)
    assert Arrival.objects.count() == 1
    kept = Arrival.objects.get()
    assert kept.origin["page"] == f"{own}/prices"
    assert kept.origin["utm_source"] == "letter"
    assert kept.origin["consent"]["given"] is True
    make_waiting()
    assert counts(door) == (1, 0, 1, 0, 0, 0, 0)
    assert str(Lead.objects.get().person) == "Jane Doe"


def test_it_can_be_used_by_everybody(page: Any, live_server: Any) -> None:
    several = {
        "name": "interest",
        "word": "What about?",
        "kind": "choices",
        "options": ["Pumps", "Pipes"],
        "help": "Tick",
    }
    door = form(fields=[*FIELDS, several], theme={"accent": "#ffd400", "radius": 12}, consent="You may write to me.")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/forms/{door.token}/")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-wrong]")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hindrances_in_both_themes(page) == []
