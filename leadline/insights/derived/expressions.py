"""Every derivation over its named inputs."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from leadline.insights.derived import inputs
from leadline.insights.derived.fates import fates
from leadline.insights.derived.passages import passages
from leadline.insights.derived.runs import hasty_returns, runs
from leadline.insights.derived.undone import MINUTES
from leadline.insights.derived.visits import visits

EXPRESSIONS: dict[str, Callable[[], ir.Table]] = {
    "runs": lambda: runs(inputs.VERSIONS),
    "hasty_returns": lambda: hasty_returns(inputs.RUNS, MINUTES),
    "fates": lambda: fates(inputs.RUNS),
    "visits": lambda: visits(inputs.RUNS, inputs.STAGE_ORDER),
    "passages": lambda: passages(inputs.VISITS, inputs.STAGE_ORDER, inputs.FATES),
}
