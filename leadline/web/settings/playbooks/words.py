"""What a review of stages finds, in words: the sign, what it is made of, and what could be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.web.frame.formats import number, percent

if TYPE_CHECKING:
    from leadline.insights.stage_review.review import Finding, Share

FEW = 5  # under so many a share is said as "2 of 3"
# The numbers of a stage that open their deals (keys of `insights.stage_review.counting.BEHIND`).
NUMBERS: dict[str, str | Promise] = {
    "entered": gettext_lazy("Came here or went by"),
    "advanced": gettext_lazy("Went on"),
    "failed": gettext_lazy("Ended here"),
    "pending": gettext_lazy("Stand here still"),
    "jumped": gettext_lazy("Passed by without standing here"),
    "at_once": gettext_lazy("Passed on within the hour"),
    "stood": gettext_lazy("Stood here and in the next stage"),
    "decided": gettext_lazy("Decided"),
}


@dataclass(frozen=True)
class Said:
    """`sentence` says what is found, `advice` what could be done; `opens` is the stage and number behind it."""

    sentence: str
    advice: str
    stage: int
    opens: str


def said_of(finding: Finding) -> Said:
    """One finding in words."""
    words = {
        "stage": finding.name,
        "next": finding.following_name,
        "share": share_of(finding.share),
        "low": percent(finding.share.low),
        "high": percent(finding.share.high),
    }
    sentence, advice, opens = _SAID[str(finding.sign)]
    return Said(str(sentence) % words, str(advice) % words, finding.stage, opens)


def share_of(share: Share) -> str:
    """63 % (12 of 19), or 2 of 3 where there are few."""
    words = {"k": number(share.k), "n": number(share.n), "share": percent(share.value)}
    if share.n < FEW:
        return _("%(k)s of %(n)s") % words
    return _("%(share)s (%(k)s of %(n)s)") % words


_SAID = {
    "passed": (
        gettext_lazy("Nobody stops in %(stage)s: %(share)s went on, surely more than %(low)s."),
        gettext_lazy("It decides nothing. Ask for more here, or take the stage away."),
        "advanced",
    ),
    "stopped": (
        gettext_lazy("Nearly everybody stops in %(stage)s: %(share)s ended here, surely more than %(low)s."),
        gettext_lazy("What comes here is not ready for it. Ask for more in the stages before."),
        "failed",
    ),
    "together": (
        gettext_lazy("%(stage)s and %(next)s are passed together: %(share)s went on within the hour."),
        gettext_lazy("The two seem to be one step. Make them one, or say what the buyer decides in between."),
        "at_once",
    ),
    "jumped": (
        gettext_lazy("Deals skip %(stage)s: %(share)s went by without having stood here, surely more than %(low)s."),
        gettext_lazy("Either the stage is not a step that buyers take, or it is not written down when they do."),
        "jumped",
    ),
}
