"""Every page with the example company in it, in both themes, wide and on a phone: nothing hinders or overflows.

Answers that take long are not worked out here: Why and Forecast say that they will come. Their journeys look at them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from django.test import Client
from playwright.sync_api import expect

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.imports.example.loading import load
from leadline.imports.example.signing_in import PASSWORD, SIGN_INS
from leadline.insights.kept import asking
from leadline.mail.models import Letter, Schedule
from leadline.web.insights.known import BY_NAME
from tests.journeys.axe import hindrances
from tests.journeys.pages import pages

# Looks are the same on both databases.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.once]
AMONG = (
    "board", "board_as_of", "calculator", "dashboard", "dashboards", "deal", "deals", "forecast", "me", "outbox",
    "person", "settings", "stages", "targets", "what_if",
)  # fmt: skip
TILES = ("headline", "stages", "months")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Idle:
    """Works nothing out in the background."""

    def add(self, *_job: object) -> None:
        """Left undone."""

    def begun(self, _key: object) -> bool:
        """Never: no page asks again."""
        return False


class Look(NamedTuple):
    """A theme and a width in pixels; `whole`: looked at by all rules, else by those that depend on looks."""

    theme: str
    width: int
    whole: bool = True


# Each theme and each width once by all rules; most of these say the same of a page however it is drawn.
LOOKS = (Look("light", 1440), Look("dark", 1440, whole=False), Look("dark", 390), Look("light", 390, whole=False))


def sign_in(page: Any) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(SIGN_INS[0].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


@pytest.fixture
def company(page: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The example company, its administrator signed in; every page by its url's name."""
    monkeypatch.setattr(asking, "runs", Idle())
    load()
    tiles = [{"panel": f"funnel.{name}", "query": "", "title": "", "wide": name == "months"} for name in TILES]
    lena = User.objects.get(email=SIGN_INS[0].email)
    board = Dashboard(name="Monday", tiles=tiles).add(by=lena)
    Schedule(dashboard=board, recipient_ids=[lena.pk]).add(by=lena)
    Letter.objects.create(owner=lena, to=SIGN_INS[0].email, subject="Monday", text="As you see it.")
    client = Client()
    client.force_login(User.objects.get(email=SIGN_INS[0].email), backend=BACKEND)
    found = pages(client)
    for name in (*AMONG, *(f"insights_{each}" for each in BY_NAME)):
        assert name in found, f"{name} is no page any more; this test would look past it"
    sign_in(page)
    return found


def test_every_page(company: dict[str, str], page: Any) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    findings: list[str] = []
    for name, address in company.items():
        said.clear()
        page.goto(address)
        page.wait_for_load_state("load")
        expect(page.locator(".htmx-request")).to_have_count(0, timeout=60_000)  # each panel asks for itself
        for look in LOOKS:
            findings += [f"{name}, {look}: {finding}" for finding in found(page, look)]
        findings += [f"{name}: said {text}" for text in said]
    assert not findings, "\n".join(findings)


def found(page: Any, look: Look) -> list[str]:
    """What is wrong with a page in this look. It stays loaded: loading takes longer than looking."""
    page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")
    page.set_viewport_size({"width": look.width, "height": 900})
    # What lies under the bar at a phone's foot is scrolled out from under it; axe takes it for covered.
    page.evaluate("document.querySelector('.rail')?.style.setProperty('position', 'static')")
    page.evaluate(
        "for (const change of document.getAnimations()) change.cancel()"
    )  # colours half way to the other theme
    wide = page.evaluate("document.documentElement.scrollWidth")
    return hindrances(page, of_looks=not look.whole) + ([f"{wide} px wide"] if wide > look.width else [])
