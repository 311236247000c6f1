"""What every answer carries: the policy, nothing inline, caching as it must be, hashed static files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from leadline.accounts.models import User
from leadline.web.frame import environment
from leadline.web.frame.policy import POLICY
from leadline.web.frame.statics import collect
from tests.cast import Cast
from tests.web.conftest import Company
from tests.web.reading import Element, read
from tests.web.test_addresses import TABLE, address

FILES = {name for name in TABLE if name.endswith(("_csv", "_picture"))}
NOT_PAGES = {"healthz", "favicon", "theme", *FILES}
EMPTY = "/insights/funnel/?from=2026-02-30"


def test_no_page_holds_a_script_or_a_style(company: Company, cast: Cast, signed_in: Callable[[User], Client]) -> None:
    for name in (name for name in TABLE if name not in NOT_PAGES):
        for client in (Client(), signed_in(cast.administrator)):
            answer = client.get(address(name), follow=True)
            if answer.headers.get("Content-Type", "").startswith("text/html"):  # files and data hold no page
                _check(answer.content.decode(), name)


@pytest.mark.parametrize("place", ["/nothing/", "/insights/deals/?metric=nothing", EMPTY])
def test_nor_does_a_page_of_errors(
    company: Company, cast: Cast, signed_in: Callable[[User], Client], place: str
) -> None:
    answer = signed_in(cast.administrator).get(place)
    assert answer.headers["Content-Security-Policy"] == POLICY
    _check(answer.content.decode(), place)


def _check(html: str, place: str) -> None:
    page = read(html)
    for element in page.all():
        assert "style" not in element.attributes, (place, element.attributes)
        assert not [name for name in element.attributes if name.startswith(("on", "hx-on"))], (
            place,
            element.attributes,
        )
        assert not element.attributes.get("href", "").startswith("javascript:"), place
    assert page.all("style") == [], place
    for script in page.all("script"):
        assert _is_data(script) or script.attributes.get("src", "").startswith("/static/"), (place, script.attributes)


def _is_data(script: Element) -> bool:
    return script.attributes.get("type") == "application/json"


@pytest.mark.parametrize("place", ["/sign-in/", "/nothing/", "/healthz", "/me/"])
def test_the_policy_is_on_every_answer(db: None, client: Client, place: str) -> None:
    headers = client.get(place).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_are_not_kept_by_others(company: Company, cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.administrator)
    assert client.get("/insights/funnel/").headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "HX-Request"} <= set(client.get("/insights/funnel/").headers["Vary"].split(", "))
    assert "no-store" in Client().get("/sign-in/").headers["Cache-Control"]


def test_pages_are_small(company: Company, cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.administrator)
    for place in ("/insights/funnel/", "/insights/deals/?metric=win_rate", "/me/"):
        assert len(client.get(place).content) < 150_000, place


def test_charts_are_fetched_on_pages_with_charts_only(
    company: Company, cast: Cast, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(cast.administrator)
    assert b"vega" in client.get("/insights/funnel/").content
    for place in ("/insights/deals/?metric=win_rate", "/me/"):
        assert b"vega" not in client.get(place).content


def test_static_files_carry_their_hash_and_are_kept_for_good(db: None, tmp_path: Path) -> None:
    hashed = {
        "default": settings.STORAGES["default"],
        "staticfiles": {"BACKEND": "leadline.web.frame.statics.HashedFiles"},
    }
    environment._static.cache_clear()  # names are made once for a server's life
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=hashed):
        client = Client()
        page = client.get("/sign-in/").content.decode()
        sheet = re.search(r"/static/css/tokens\.[0-9a-f]{12}\.css", page)
        assert sheet
        answer = client.get(sheet.group())
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert b"--accent" in b"".join(answer)
        assert (tmp_path / f"{sheet.group().removeprefix('/static/')}.gz").exists()
        stamped = (tmp_path / "collected.stamp").stat().st_mtime_ns
        collect(tmp_path)
        assert (tmp_path / "collected.stamp").stat().st_mtime_ns == stamped
    environment._static.cache_clear()
