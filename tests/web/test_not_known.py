"""What is not known is no number: values that nobody gave, stages that no file told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.insights.ask_speed import stage_curves
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


def test_where_those_that_left_are_not_recorded_no_curve_says_that_all_stay() -> None:
    for _number in range(2):
        factories.deal(stage=factories.stage(0))
    assert [(stage, curve.watched) for stage, curve in stage_curves()] == [("Target", 2)]
    Deal(title="From a file", pipeline=factories.pipeline(), status="lost", stage=None).add(by=SYSTEM)
    assert stage_curves() == []
