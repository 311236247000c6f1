"""Every derivation over its named inputs."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from leadline.insights.derived import inputs
from leadline.insights.derived.care import care
from leadline.insights.derived.entries import entries
from leadline.insights.derived.fates import fates
from leadline.insights.derived.passages import passages
from leadline.insights.derived.runs import hasty_returns, runs
from leadline.insights.derived.undone import MINUTES
from leadline.insights.derived.visits import visits
from leadline.insights.derived.work import passage_work, work

EXPRESSIONS: dict[str, Callable[[], ir.Table]] = {
    "runs": lambda: runs(inputs.VERSIONS),
    "hasty_returns": lambda: hasty_returns(inputs.RUNS, MINUTES),
    "fates": lambda: fates(inputs.RUNS),
    "visits": lambda: visits(inputs.RUNS, inputs.STAGE_ORDER),
    "entries": lambda: entries(inputs.VISITS, inputs.STAGE_ORDER, inputs.FATES),
    "work": lambda: work(inputs.VISITS, inputs.ACTIVITIES),
    "passages": lambda: passages(inputs.ENTRIES, inputs.VISITS, inputs.WORK),
    "passage_work": lambda: passage_work(inputs.PASSAGES, inputs.WORK),
    "care": lambda: care(
        inputs.CLOCKS, inputs.TOUCHES, inputs.PUSHES, inputs.ACTIVITIES, inputs.VISITS, inputs.PASSAGES
    ),
}
