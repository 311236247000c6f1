"""From the first sentence of Insights to its evidence, to what is done about it, and back (R16-R26)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.insights import ask_diagnosis
from leadline.insights.diagnosis.finding import Worth
from leadline.insights.findings import told
from tests import factories as make
from tests.journeys.axe import hindrances
from tests.journeys.test_calculator import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def _found() -> told.Diagnosed:
    stage = make.stage(0)
    spot = told.Spot(stage=told.Named(stage.pk, stage.name), pipeline=told.Named(stage.pipeline_id, "Sales"))
    opens = told.Behind("stage_conversion", "", {"stage": stage.name})
    finding = told.ToldFinding(
        f"stage_conversion.stage-{stage.pk}", "stage_conversion", spot, "everyone", None, 0.97, -0.4,
        Worth(50_000, 30_000, 80_000), (told.Number("conversion", 0.4, "share", 3, 0.2, 0.6, 0.6, 9, opens),),
        told.Deed("stage", opens, "stage_conversion", 0.6),
    )  # fmt: skip
    return told.Diagnosed(
        dt.datetime.now(dt.UTC), True, 3, 0, (finding,), (), told.Levers(), told.First("stage_conversion", spot), (), 9
    )


def test_from_the_sentence_to_the_act_and_back(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make.deal().win(by=SYSTEM)
    found = _found()
    monkeypatch.setattr(ask_diagnosis, "diagnosed", lambda _subject, _user=None: found)
    sign_in(page)

    page.goto("/insights/")
    sentence = page.locator(".why-first")
    expect(sentence).to_contain_text("40% go on, where 60% did; mending it is worth about $50,000 a quarter")
    finding = page.locator(".finding")
    expect(finding.get_by_role("link", name="Open the stage's settings")).to_be_visible()
    expect(page.locator("#insights .place")).to_have_count(0)
    assert hindrances(page) == []
    finding.get_by_role("link", name="40%").click()
    expect(page.get_by_role("heading", name="3 deals")).to_be_visible()
    page.go_back()

    finding.get_by_role("link", name="Dismiss").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Why").fill("We know: the price list is new")
    assert hindrances(page) == []
    dialog.get_by_role("button", name="Dismiss").click()
    expect(sentence).to_contain_text("Nothing that is not dismissed is clearly wrong.")
    aside = page.locator(".findings-aside")
    expect(aside).to_contain_text("the price list is new")
    aside.get_by_role("button", name="Take up again").click()
    expect(sentence).to_contain_text("40% go on")
    finding.get_by_role("link", name="Draft a goal").click()
    expect(page.locator("#draft-text")).to_contain_text("Until")
    assert hindrances(page) == []
