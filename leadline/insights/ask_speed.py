"""The door to survival curves: how many deals are still there after how many days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leadline.insights.ask import answered, report

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.numbers.kaplan_meier import Curve
    from leadline.insights.question import Question


def stage_curves(**asked: Any) -> list[tuple[str | None, Curve]]:
    """For each stage, in order, the share of deals still in it after so many days; `asked` as for `ask.asking`.

    Every stay is watched while it lasted within the period, as for the Kaplan-Meier median of `time_in_stage`. Stages
    of which the conversion is unknown, because closed deals have no stage recorded, have no curve: those that left
    unseen would be missing.
    """
    # Loaded with the first question: numpy and Arrow stay off the start-up path.
    from leadline.insights.metrics.stay import watched  # noqa: PLC0415
    from leadline.insights.numbers.kaplan_meier import curve  # noqa: PLC0415

    conversion = report("stage_conversion", by=("stage",), **asked).rows
    blind = {row["stage"] for row in conversion if row["value"] is None and row["unknown"]}

    def find(tables: Tables, question: Question) -> list[tuple[str | None, Curve]]:
        seen = [each for each in watched(tables, question) if each[0]["stage"] not in blind]
        return [(row["stage"], curve(*lasted)) for row, lasted in seen if len(lasted[0])]

    return answered("stage curves", "time_in_stage", find, _steps, by=("stage",), **asked)


def deal_curves(*by: str, **asked: Any) -> list[tuple[str | None, Curve]]:
    """For all deals, or each label of one dimension, the share not yet won or lost so many days after creation."""
    from leadline.insights.metrics.living import lives  # noqa: PLC0415  see stage_curves
    from leadline.insights.numbers.kaplan_meier import curve  # noqa: PLC0415

    def find(tables: Tables, question: Question) -> list[tuple[str | None, Curve]]:
        found = lives(tables, question)
        return [(row[by[0]] if by else None, curve(*lasted)) for row, lasted in found if len(lasted[0])]

    return answered("deal curves", "time_to_decision", find, _steps, by=by, **asked)


def _steps(curves: list[tuple[str | None, Curve]]) -> int:
    return sum(len(each.times) for _label, each in curves) // 10  # ten numbers weigh as much as a row
