"""A passkey is made and signs in, with a security key that the browser plays itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.history import members

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_signs_in(page: Any) -> None:
    user = User(name="Ada", email="ada@example.com", role="administrator")
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.goto("/sign-in/?next=/me/security/passkeys/add/")
    page.get_by_label("E-mail").fill("ada@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Phone")
    page.get_by_label("Sign in with it without a password").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/me/security/passkeys/")
    expect(page.locator("table")).to_contain_text("Phone")

    page.locator("details.who summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/pipeline/**")
    expect(page.locator("details.who")).to_contain_text("Ada")
