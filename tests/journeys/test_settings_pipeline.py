"""Shaping a pipeline: stages dragged, moved by keys, renamed where they stand, deleted with a destination, undone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import add_default_types
from leadline.crm.models import Deal, Pipeline, Stage
from leadline.history import members
from tests import factories as make
from tests.journeys.axe import hindrances_in_both_themes

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "seven brass lanterns"
FIRST = ["Target", "Contacted", "Meeting agreed", "Proposal sent", "Close"]


def sign_in(page: Any, name: str = "Lena", role: str = "leader") -> Any:
    user = User(name=name, email=f"{name}@example.com", role=role)
    user.set_password(PASSWORD)
    members.add(user, by=SYSTEM)
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


@pytest.fixture
def stages(page: Any) -> Any:
    """Lena, a leader, on the page of the pipeline's stages; two deals stand in the first."""
    make.pipeline()
    make.deal(stage=make.stage(0))
    make.deal(stage=make.stage(0))
    sign_in(page)
    page.goto(f"/settings/pipelines/{make.pipeline().pk}/")
    return page


def shown(page: Any) -> Any:
    return page.locator(".list > li")


def kept() -> list[str]:
    return [stage.name for stage in make.pipeline().kept_stages()]


def names(page: Any) -> list[str]:
    return [str(row.get_attribute("data-name")) for row in shown(page).all()]


def toast(page: Any, text: str) -> Any:
    found = page.locator(".toast", has_text=text)
    expect(found).to_be_visible()
    return found


def test_dragged_by_its_handle(stages: Any) -> None:
    stages.locator("[data-grip]").nth(0).drag_to(stages.locator("[data-grip]").nth(2))
    undo = toast(stages, "Put in order.").get_by_role("button", name="Undo")
    assert kept() == names(stages) != FIRST
    assert sorted(kept()) == sorted(FIRST)
    undo.click()
    expect(shown(stages).first).to_have_attribute("data-name", "Target")
    assert kept() == FIRST


def test_moved_by_keys(stages: Any) -> None:
    grip = stages.get_by_role("button", name="Move Target, 1 of 5")
    grip.focus()
    stages.keyboard.press("ArrowDown")
    stages.keyboard.press("ArrowDown")
    expect(stages.locator("#moved")).to_have_text("Target: 3 / 5")
    toast(stages, "Put in order.")
    assert kept() == ["Contacted", "Meeting agreed", "Target", "Proposal sent", "Close"]
    expect(stages.get_by_role("button", name="Move Target, 3 of 5")).to_be_focused()
    stages.keyboard.press("ArrowUp")
    expect(stages.get_by_role("button", name="Move Target, 2 of 5")).to_be_focused()
    assert kept()[1] == "Target"


def test_moved_by_its_menu(stages: Any) -> None:
    row = shown(stages).nth(1)
    row.locator("summary", has=stages.locator(".icon")).first.click()
    row.get_by_role("button", name="Move up").click()
    toast(stages, "Put in order.")
    assert kept()[0] == "Contacted"


def test_renamed_where_it_stands(stages: Any) -> None:
    name = stages.get_by_label("Name of Target")
    name.fill("Suspect")
    stages.keyboard.press("Enter")
    toast(stages, "Renamed to Suspect.")
    assert kept()[0] == "Suspect"
    expect(stages.get_by_label("Name of Suspect")).to_be_focused()
    stages.keyboard.type("s and more")
    stages.keyboard.press("Escape")
    expect(stages.get_by_label("Name of Suspect")).to_have_value("Suspect")
    stages.get_by_label("Name of Suspect").fill("close")
    stages.keyboard.press("Tab")
    expect(stages.locator(".inline .error")).to_contain_text("There is Close already")
    expect(stages.get_by_label("Name of Suspect")).to_have_value("close")
    assert kept()[0] == "Suspect"


def test_what_is_typed_meanwhile_stays(stages: Any) -> None:
    slow = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    stages.context.new_cdp_session(stages).send("Network.emulateNetworkConditions", slow)
    stages.get_by_label("Probability of Target").fill("10")
    stages.keyboard.press("Tab")
    stages.keyboard.type("21")
    toast(stages, "The probability of Target")
    expect(stages.get_by_label("Days after which a deal rots in Target")).to_have_value("21")
    stages.keyboard.press("Enter")
    toast(stages, "The days after which deals rot in Target")
    stage = make.stage(0)
    assert (stage.probability, stage.rot_days) == (10, 21)


def test_what_is_said_of_a_stage(stages: Any) -> None:
    """R1."""
    shown(stages).first.locator(".facts-of > summary").click()
    stages.get_by_label("The buyer's decision").first.fill("This may concern us.")
    stages.get_by_label("Exit criteria").first.fill("Budget named\nPain named")
    stages.get_by_role("button", name="In 2 months").first.click()
    toast(stages, "The review of Target")
    expect(shown(stages).first.locator(".review")).to_contain_text("review on")
    expect(shown(stages).first.locator(".facts-of")).to_have_attribute("open", "")
    stage = Stage.objects.get(name="Target")
    assert (stage.buyer_decision, stage.exit_criteria) == ("This may concern us.", "Budget named\nPain named")
    assert stage.review_on is not None


def test_deleted_with_a_destination_and_taken_back(stages: Any) -> None:
    row = shown(stages).first
    row.locator(".more > summary").click()
    row.get_by_role("link", name="Delete…").click()
    to = stages.get_by_label("2 deals stand in Target. Move them to")
    expect(to).to_be_focused()
    to.select_option(label="Close")
    stages.get_by_role("button", name="Move and delete").click()
    undo = toast(stages, "Target deleted. 2 records changed with it.").get_by_role("button", name="Undo")
    expect(shown(stages)).to_have_count(4)
    assert {deal.stage.name for deal in Deal.objects.all()} == {"Close"}
    undo.click()
    expect(shown(stages)).to_have_count(5)
    assert {deal.stage.name for deal in Deal.objects.all()} == {"Target"}
    assert kept() == FIRST


def test_several_are_added_one_after_the_other(stages: Any) -> None:
    new = stages.get_by_label("New stage")
    new.click()
    for name in ("Contract", "Kick-off"):
        stages.keyboard.type(name)
        stages.keyboard.press("Enter")
    expect(shown(stages)).to_have_count(7)
    assert kept()[5:] == ["Contract", "Kick-off"]
    expect(stages.get_by_label("New stage")).to_be_focused()


def test_a_colleague_sees_it(stages: Any, browser: Any, live_server: Any) -> None:
    other = browser.new_context(base_url=live_server.url)
    page = sign_in(other.new_page(), "Ada", "administrator")
    page.goto(stages.url)
    stages.get_by_label("Name of Close").fill("Signature")
    stages.keyboard.press("Enter")
    toast(stages, "Renamed")
    expect(shown(page).last).to_have_attribute("data-name", "Signature")
    other.close()


def test_by_keyboard_alone_a_pipeline_is_copied(stages: Any) -> None:
    stages.goto("/settings/pipelines/")
    stages.locator(".more > summary").focus()
    stages.keyboard.press("Enter")
    stages.get_by_role("button", name="Copy").focus()
    stages.keyboard.press("Enter")
    toast(stages, "Sales (copy) added")
    assert Pipeline.objects.kept().count() == 2


def test_a_label_gets_a_colour_and_a_type_an_icon(stages: Any) -> None:
    make.label("Hot")
    add_default_types(by=SYSTEM)
    stages.goto("/settings/labels/")
    stages.locator(".look > summary").click()
    stages.get_by_role("button", name="Teal").click()
    expect(stages.locator(".look > summary .label")).to_have_attribute("data-colour", "teal")
    stages.goto("/settings/activity-types/")
    stages.locator(".look > summary").first.click()
    stages.get_by_role("button", name="Handshake").click()
    toast(stages, "Call changed.")


def test_axe_finds_nothing(stages: Any) -> None:
    label, source = make.label("Hot"), make.source()
    make.campaign(source=source)
    make.custom_field("choice")
    add_default_types(by=SYSTEM)
    make.deal(value=5, currency="GBP", source=source, label_ids=[label.pk])
    make.lost_reason("Price")
    gone = make.lost_reason("Too dear")
    gone.trash(by=SYSTEM)
    first = make.stage(0)
    for address in (
        "pipelines/",
        f"pipelines/{first.pipeline_id}/?ask=delete-{first.pk}",
        "fields/deal/",
        "sources/",
        "lost-reasons/",
        "labels/",
        "activity-types/",
        "currencies/?ask=base",
        "working-days/",
    ):
        stages.goto(f"/settings/{address}")
        stages.evaluate("for (const one of document.querySelectorAll('#rows details:not(.menu)')) one.open = true")
        assert hindrances_in_both_themes(stages) == [], address
        for width in (1024, 390):
            stages.set_viewport_size({"width": width, "height": 844})
            assert stages.evaluate("document.documentElement.scrollWidth") <= width, address
        stages.set_viewport_size({"width": 1440, "height": 900})


def test_uses_come_after_the_page_and_stay(stages: Any) -> None:
    make.deal(source=make.source("Fair"))
    make.source("Web")
    asked: list[str] = []
    stages.on("request", lambda request: asked.append(request.url) if "/uses/" in request.url else None)
    stages.goto("/settings/sources/")
    counts = stages.locator(".list > li > .line > .uses")
    expect(counts).to_have_text(["1 deal", "not used"])
    asked.clear()
    stages.get_by_label("Name of Web").fill("Website")
    stages.keyboard.press("Enter")
    toast(stages, "Renamed to Website.")
    expect(counts).to_have_text(["1 deal", "not used"])
    assert asked == []
    stages.get_by_label("New source").fill("Phone")
    stages.keyboard.press("Enter")
    expect(counts).to_have_text(["1 deal", "not used", "not used"])
    assert len(asked) == 1
    assert "row=source-" in asked[0]


def test_deals_that_move_are_counted_where_they_go(stages: Any) -> None:
    counts = stages.locator(".line > .uses")
    expect(counts).to_have_text(["2 open deals", *["0 open deals"] * 4])
    row = shown(stages).first
    row.locator(".more > summary").click()
    row.get_by_role("link", name="Delete…").click()
    stages.get_by_label("Move them to").select_option(label="Close")
    stages.get_by_role("button", name="Move and delete").click()
    undo = toast(stages, "Target deleted.").get_by_role("button", name="Undo")
    expect(counts).to_have_text([*["0 open deals"] * 3, "2 open deals"])
    undo.click()
    expect(counts).to_have_text(["2 open deals", *["0 open deals"] * 4])
