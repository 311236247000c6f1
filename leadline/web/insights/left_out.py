"""What the numbers of a page leave out, said plainly and with the deals behind it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext

from leadline.web.frame import formats
from leadline.web.insights.asked import Asked
from leadline.web.insights.declaring import Behind, Note
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.links import behind

Rows = list[dict[str, Any]]
MONTH = {"month": None}


def left_out(inquiry: Inquiry) -> list[Note]:
    """What conversions, win rates and times leave out: deals without a stage, a close date, a creation date."""
    return notes(
        inquiry.asked,
        inquiry.report("stage_conversion", "stage").rows,
        inquiry.report("win_rate", "stage").rows,
        inquiry.report("win_rate", "month", dated=False).rows if inquiry.asked.dated else [],
        inquiry.report("deals_added", "month", dated=False).rows,
    )


def lacks_stages(row: dict[str, Any]) -> bool:
    """Whether so many closed deals name no stage that nobody can say what share went on from this one."""
    return row["value"] is None and bool(row.get("unknown"))


def notes(asked: Asked, conversions: Rows, by_stage: Rows, by_close_month: Rows, by_add_month: Rows) -> list[Note]:
    """`conversions` and `by_stage`: conversion and win rate by stage, in the period.

    The others: by month, over all time; an unknown day has no month.
    """
    unplaced, undated, unborn = _unknown(by_stage), _unknown(by_close_month), _unknown(by_add_month)
    found = []
    if unplaced and any(lacks_stages(row) for row in conversions):
        text = ngettext(
            "%(n)s closed deal names no stage, so conversion is unknown. "
            "Import it with its stage or its stage changes.",
            "%(n)s closed deals name no stage, so conversion is unknown. "
            "Import them with their stage or their stage changes.",
            unplaced,
        )
        found.append(_note(text, unplaced, behind(asked, Behind("win_rate"), {"stage": None})))
    elif unplaced:
        text = ngettext(
            "%(n)s closed deal has no stage recorded: it stands apart below the stages; win rates count it.",
            "%(n)s closed deals have no stage recorded: they stand apart below the stages; win rates count them.",
            unplaced,
        )
        found.append(_note(text, unplaced, behind(asked, Behind("win_rate"), {"stage": None})))
    if undated and asked.dated:
        text = ngettext(
            "%(n)s closed deal has no close date: it belongs to no period and is left out of this one.",
            "%(n)s closed deals have no close date: they belong to no period and are left out of this one.",
            undated,
        )
        found.append(_note(text, undated, behind(asked, Behind("win_rate", dated=False), MONTH)))
    if unborn:
        text = ngettext(
            "%(n)s deal has no creation date: it is left out of every number about time.",
            "%(n)s deals have no creation date: they are left out of every number about time.",
            unborn,
        )
        found.append(_note(text, unborn, behind(asked, Behind("deals_added", dated=False), MONTH)))
    return found


def _note(text: str, n: int, href: str) -> Note:
    return Note(text % {"n": formats.number(n)}, href)


def _unknown(rows: Rows) -> int:
    return sum(row["n"] for row in rows if next(iter(row.values())) is None)
