"""Every page with the example company in it, in both themes, wide and on a phone: nothing hinders or overflows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.imports.example.loading import load
from leadline.imports.example.signing_in import PASSWORD, SIGN_INS
from tests.journeys.axe import hindrances
from tests.journeys.pages import pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(page: Any) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(SIGN_INS[0].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


@pytest.fixture
def company(page: Any) -> dict[str, str]:
    """The example company, its administrator signed in; every page by its url's name."""
    load()
    client = Client()
    client.force_login(User.objects.get(email=SIGN_INS[0].email), backend=BACKEND)
    found = pages(client)
    for name in ("board", "forecast", "deal", "person", "deals", "funnel", "settings", "stages", "working_days", "me"):
        assert name in found, f"{name} is no page any more; this test would look past it"
    sign_in(page)
    return found


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page(company: dict[str, str], page: Any, theme: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    findings: list[str] = []
    for name, address in company.items():
        said.clear()
        page.goto(address)
        page.wait_for_load_state("load")
        wide = page.evaluate("document.documentElement.scrollWidth")
        # What lies under the bar at a phone's foot is scrolled out from under it; axe takes it for covered.
        page.evaluate("document.querySelector('.rail')?.style.setProperty('position', 'static')")
        findings += [f"{name}: {finding}" for finding in hindrances(page)]
        if wide > width:
            findings.append(f"{name}: {wide} px wide on a screen of {width}")
        findings += [f"{name}: said {text}" for text in said]
    assert not findings, "\n".join(findings)
