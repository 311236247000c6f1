"""The funnel: what came to each stage, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.web.frame import formats
from leadline.web.insights.asked import Asked
from leadline.web.insights.wording import between, share

Row = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A number of a table with the deals behind it; `range` is its interval in words."""

    text: str
    href: str = ""
    range: str = ""


@dataclass(frozen=True)
class StageLine:
    """A stage and its numbers. `name` is None for deals of which no stage is recorded; `was` its conversion before."""

    name: str | None
    entered: Cell
    advanced: Cell
    failed: Cell
    pending: Cell
    conversion: Cell
    skipped: Cell
    days: Cell
    was: Cell | None = None


def stage_lines(
    asked: Asked, conversions: Sequence[Row], stays: Sequence[Row], was: Mapping[str | None, Cell] | None = None
) -> list[StageLine]:
    """One line a stage, in the pipeline's order; `was` holds conversions of the time it is compared with."""
    days = {row["stage"]: row for row in stays}
    before = was or {}
    return [replace(_line(asked, row, days.get(row["stage"])), was=before.get(row["stage"])) for row in conversions]


def lacks_stages(row: Row) -> bool:
    """Whether so many closed deals name no stage that nobody can say what share went on from this one."""
    return row["value"] is None and bool(row.get("unknown"))


def _line(asked: Asked, row: Row, stay: Row | None) -> StageLine:
    stage = row["stage"]

    def opens(part: str) -> str:
        return asked.deals("stage_conversion", part, stage=stage)

    entered = row["n"] + row["pending"]
    known = not lacks_stages(row)
    return StageLine(
        name=stage,
        entered=Cell(formats.number(entered), opens("entered")),
        advanced=Cell(formats.number(row["numerator"]), opens("numerator")),
        failed=Cell(formats.number(row["n"] - row["numerator"]), opens("failed")) if known else Cell(_("unknown")),
        pending=Cell(formats.number(row["pending"]), opens("pending")),
        conversion=Cell(share(row), opens("denominator"), between(row, formats.percent))
        if known
        else Cell(_("unknown")),
        skipped=Cell(formats.percent(row["skipped"] / entered if entered else None), opens("skipped")),
        days=_days(asked, stay),
    )


def _days(asked: Asked, stay: Row | None) -> Cell:
    if stay is None or stay["value"] is None:
        return Cell(formats.UNKNOWN)
    opens = asked.deals("time_in_stage", stage=stay["stage"])
    return Cell(formats.days(stay["value"]), opens, between(stay, formats.days))
