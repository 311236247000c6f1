"""Kept answers on pages: waited for, shown with their age, looked at again, and what is said when they fail."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Callable, Hashable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from leadline.accounts.models import User
from leadline.insights import ask_diagnosis
from leadline.insights.kept import asking
from leadline.insights.kept.running import AtOnce
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


class Busy:
    """Never gets round to it."""

    def add(self, *_job: Any, **_more: Any) -> None:
        """Nothing comes of it."""

    def begun(self, _key: Hashable) -> bool:
        """It is always about to be done."""
        return True


def _panel(client: Client, address: str = "/insights/why/first/") -> Any:
    return client.get(address, HTTP_HX_TARGET="panel-why-first", HTTP_HX_REQUEST="true")


def _again(body: str) -> str:
    found = re.search(r'class="age" hx-get="([^"]+)"', body)
    assert found
    return html.unescape(found[1])


def test_waited_for_then_shown_then_replaced(cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.deal(cast.owner)
    client = signed_in(cast.leader)
    monkeypatch.setattr(asking, "runs", Busy())
    body = _panel(client).content.decode()
    assert "being worked out for the first time" in body
    assert _panel(client, _again(body)).status_code == 204
    assert "being worked out" in client.get("/insights/why/first.csv").getvalue().decode()

    monkeypatch.setattr(asking, "runs", AtOnce())
    body = _panel(client, _again(body)).content.decode()
    assert "It is too early to say" in body
    assert "just now" in body
    assert "hx-get" not in body.partition('class="age"')[2].partition("</div>")[0]

    factories.deal(cast.owner)
    body = _panel(client).content.decode()
    assert "The records have changed since: a new one is made from" in body
    monkeypatch.setattr(asking, "runs", Busy())
    (path,) = (settings.LEADLINE_DATA / "kept").glob("diagnosis-*.json")
    kept = json.loads(path.read_text())
    kept["begun"] = kept["tried"] = (dt.datetime.fromisoformat(kept["begun"]) - dt.timedelta(hours=3)).isoformat()
    path.write_text(json.dumps(kept))
    body = _panel(client).content.decode()
    assert "3 hours ago. The records have changed since: a new one is being made." in body
    assert _panel(client, _again(body)).status_code == 204
    assert _panel(client, "/insights/why/first/?known=2020").status_code == 200
    assert "Worked out at" not in body


def test_a_failure_is_said_in_its_place(cast: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_asked: Any) -> Any:
        raise ZeroDivisionError("in the depths")

    factories.deal(cast.owner)
    monkeypatch.setattr(ask_diagnosis, "diagnosed", fails)
    body = _panel(signed_in(cast.leader), "/insights/why/findings/").content.decode()
    assert "something failed on our side" in body
    assert "depths" not in body
