"""From a panel to a wall: keep it on a new dashboard, order the tiles, take that back, and hang it up (R50)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.crm.models import Dashboard
from tests import factories as make
from tests.journeys.axe import hindrances
from tests.journeys.test_calculator import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_r50_from_a_panel_to_a_wall(page: Any) -> None:
    make.deal()
    lena = sign_in(page)

    page.goto("/insights/funnel/stages/")
    page.locator(".panel-head").get_by_role("link", name="Keep").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Our stages")
    dialog.get_by_label("Keep it as").select_option("On a new dashboard")
    dialog.get_by_label("Name of the dashboard").fill("Monday")
    expect(page.locator("[aria-busy=true], .htmx-request")).to_have_count(0)
    assert hindrances(page) == []
    dialog.get_by_role("button", name="Keep").click()
    expect(page.locator(".toast", has_text="On dashboard “Monday”.")).to_be_visible()

    board = Dashboard.objects.get()
    second = {"panel": "funnel.months", "query": "", "title": "Months", "wide": False}
    board.edit(by=lena, tiles=[*board.tiles, second])
    page.goto("/insights/dashboards/")
    page.get_by_role("link", name="Monday").click()
    heads = page.locator(".tile-head h2")
    expect(heads).to_have_text(["Our stages", "Months"])
    drawn = page.locator(".tile .panel:not(.place)")
    expect(drawn).to_have_count(2)
    page.locator("summary", has_text="Change Our stages").click()
    page.get_by_role("button", name="Later").first.click()
    expect(heads).to_have_text(["Months", "Our stages"])
    expect(drawn).to_have_count(2)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(heads).to_have_text(["Our stages", "Months"])
    expect(drawn).to_have_count(2)

    # By mail: what the rhythm does not need is not asked; the toast takes it back.
    page.get_by_role("link", name="Mail it").click()
    expect(dialog.get_by_label("On", exact=True)).to_be_visible()
    dialog.get_by_label("How often").select_option("Every month")
    expect(dialog.get_by_label("On", exact=True)).to_be_hidden()
    dialog.get_by_label("On day").select_option("31 (the last day)")
    assert hindrances(page) == []
    dialog.get_by_role("button", name="Mail it").click()
    expect(page.locator(".mailed")).to_contain_text("On the last day of every month at 8:00")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".mailed")).to_have_count(0)
    expect(drawn).to_have_count(2)

    # On the wall it counts anew each minute; what a failed request leaves is the answer before.
    page.clock.install()
    page.get_by_role("link", name="For the wall").click()
    expect(drawn).to_have_count(2)
    expect(page.locator(".rail")).to_be_hidden()
    page.route("**/insights/funnel/**", lambda route: route.fulfill(status=503))
    page.clock.run_for(61_000)
    expect(page.locator("#unanswered")).to_be_visible()
    expect(drawn).to_have_count(2)
    page.unroute("**/insights/funnel/**")
    with page.expect_response("**/insights/funnel/months/**") as answer:
        page.clock.run_for(61_000)
    assert answer.value.ok
    expect(drawn).to_have_count(2)
