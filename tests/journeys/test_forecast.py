"""From the sentence to one's own number beside it (R27)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.crm.models import OwnForecast
from leadline.insights.ask_forecast import FORECAST
from leadline.insights.kept.asking import Kept
from leadline.web.insights import ageing
from tests import factories as make
from tests.forecasts import PAST, an_outlook
from tests.journeys.axe import hindrances
from tests.journeys.test_calculator import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_r27_what_will_be_booked_and_what_i_say_myself(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = make.deal(title="Lamps for the harbour")
    user = sign_in(page)
    found, now = an_outlook(deal.pk, user.pk), dt.datetime.now(dt.UTC)
    monkeypatch.setattr(
        ageing,
        "latest",
        lambda kind, *_about: Kept(found if kind is FORECAST else PAST, now, False, False, None, ""),
    )
    page.goto("/insights/forecast/")
    expect(page.locator(".forecast-says")).to_contain_text("By Mar 31, 2026 about $8,770 will be booked")
    expect(page.locator("#panel-forecast-fan .mark-area path").first).to_be_visible()
    expect(page.locator("#panel-forecast-backtest .mark-area path").first).to_be_visible()
    expect(page.get_by_role("link", name="Lamps for the harbour")).to_be_visible()
    expect(page.locator("section.place")).to_have_count(0)
    assert hindrances(page) == []

    page.get_by_role("textbox", name="Will be booked").fill("a lot")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#own-amount-error")).to_be_visible()
    page.get_by_role("textbox", name="Will be booked").fill("12k")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#forecast-own-table")).to_contain_text("$12,000")
    assert OwnForecast.objects.kept().get().owner == user
    page.locator(".toast", has_text="Your number is kept.").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast", has_text="Your number is kept.")).to_have_count(0)
    page.reload()
    expect(page.locator("#panel-forecast-own")).to_contain_text("Nobody has said a number yet.")
