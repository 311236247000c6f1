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
    # So tall on a phone that nothing lies under the bar at its foot, as it never does once one scrolls to it.
    page.set_viewport_size({"width": width, "height": 3000 if width < 640 else 900})
    findings: list[str] = []
    for name, address in company.items():
        said.clear()
        page.goto(address)
        page.wait_for_load_state("load")
        findings += [f"{name}: {finding}" for finding in hindrances(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            findings.append(f"{name}: {wide} px wide on a screen of {width}")
        findings += [f"{name}: said {text}" for text in said]
    assert not findings, "\n".join(findings)
