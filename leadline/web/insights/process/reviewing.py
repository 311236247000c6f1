"""What the last half year says of each stage, for those who revise them (R1, R2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from leadline.crm.models import Pipeline
from leadline.insights.ask_stage_review import ask_stage_review, deals_of_stage_review
from leadline.insights.stage_review.review import Finding, Sign, StageFacts, StageReview
from leadline.web.insights.declaring import OWN, Column, Table
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (
    Column("entered", gettext_lazy("Came"), "deals", opens=OWN),
    Column("advanced", gettext_lazy("Went on"), "share", "low", "high", "numerator", "n", OWN),
    Column("jumped", gettext_lazy("Jumped over it"), "share", "jumped_low", "jumped_high", opens=OWN),
    Column("at_once", gettext_lazy("In the next within an hour"), "share", "at_once_low", "at_once_high", "quick",
           "stood", OWN),
    Column("signs", gettext_lazy("What that says"), "text"),
)  # fmt: skip
# What each sign says; %(next)s is the stage that follows.
SAYINGS = {
    Sign.PASSED: gettext_lazy("Nearly everybody goes on: it decides nothing."),
    Sign.STOPPED: gettext_lazy("Nearly everybody ends here."),
    Sign.TOGETHER: gettext_lazy("Who was here comes to %(next)s within the hour: the two may be one."),
    Sign.JUMPED: gettext_lazy("Many deals go by without having been here."),
}
BEHIND = {"entered": "entered", "advanced": "decided", "jumped": "jumped", "at_once": "at_once"}


def stages(inquiry: Inquiry) -> Table:
    """The stages in their order, each with its numbers and with what they say."""
    review = _review(inquiry)
    if review is None:
        return Table(COLUMNS, [], ("stage",))
    return Table(COLUMNS, [_row(stage, review) for stage in review.stages if stage.entered], ("stage",))


def deals_of(inquiry: Inquiry, column: str, labels: Mapping[str, str | None]) -> list[int]:
    """The deals behind a number of a stage."""
    review = _review(inquiry)
    stage = next((each.stage for each in review.stages if each.name == labels.get("stage")), None) if review else None
    if review is None or stage is None or column not in BEHIND:
        return []
    return deals_of_stage_review(review, inquiry.user, stage, BEHIND[column], as_of=inquiry.arguments()["as_of"])


def said(finding: Finding) -> str:
    """What a sign says, in a sentence."""
    return str(SAYINGS[finding.sign]) % {"next": finding.following_name}


def _review(inquiry: Inquiry) -> StageReview | None:
    default = Pipeline.default()
    pipeline = inquiry.asked.pipeline or (default.pk if default else None)
    if pipeline is None:
        return None
    return ask_stage_review(pipeline, inquiry.user, as_of=inquiry.arguments()["as_of"])


def _row(stage: StageFacts, review: StageReview) -> dict[str, Any]:
    signs = [said(found) for found in review.findings if found.stage == stage.stage]
    went_on, skipped, together = stage.went_on, stage.skipped, stage.together
    return {
        "stage": stage.name,
        "entered": stage.entered,
        "advanced": went_on.value,
        "low": went_on.low,
        "high": went_on.high,
        "numerator": went_on.k,
        "n": went_on.n,
        "jumped": skipped.value,
        "jumped_low": skipped.low,
        "jumped_high": skipped.high,
        "at_once": together.value,
        "at_once_low": together.low,
        "at_once_high": together.high,
        "quick": together.k,
        "stood": together.n,
        "signs": " ".join(signs) or gettext("Nothing stands out."),
    }
