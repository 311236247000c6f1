"""The page Changes says what is not known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.models import User
from tests import factories
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_what_nobody_put_a_value_on_is_no_nothing(signed_in: SignIn, cast: Cast) -> None:
    factories.deal(owner=cast.owner, value=None).win(by=cast.owner)
    client, address = signed_in(cast.owner), "/insights/changes/value/?period=month"
    page = read(client.get(address, headers={"hx-request": "true"}).content)
    assert "Nobody had said what these deals are worth while they were open." in page.text
    rows = [[cell.text for cell in row.all("td")] for row in page.all("tr")]
    assert ["–", "1", "1"] in rows
    factories.deal(owner=cast.owner, value=12)
    page = read(client.get(address, headers={"hx-request": "true"}).content)
    rows = [[cell.text for cell in row.all("td")] for row in page.all("tr")]
    assert ["$12", "2", "1"] in rows  # added: one of them without a value
    assert ["–", "1", "1"] in rows  # won
    file = b"".join(client.get("/insights/changes/value.csv?period=month")).decode()
    assert "Won,,1,1" in file
