"""How well deals are recorded: what share of what can be checked is in order, and each flaw by itself."""

from __future__ import annotations

import math

from scipy import special

from leadline.insights.facts.quality import FLAWS
from leadline.insights.metrics.kind import Column, Kind
from leadline.insights.metrics.selecting import Row, Tables, grouped, labelled, selection
from leadline.insights.numbers.proportions import COVER
from leadline.insights.question import Question

WRONG = " + ".join(f"coalesce({flaw}, 0)" for flaw in FLAWS)
OPEN, OPEN_FLAWED = "open = 1", "open_flawed"
CHECKED = " + ".join(f"CASE WHEN {flaw} IS NULL THEN 0 ELSE 1 END" for flaw in FLAWS)


def recording(tables: Tables, question: Question, only: str = "") -> list[Row]:
    """Rows with value = mean over the deals of the share of checks in order, low, high (Student's t, 90 %), n deals.

    Beside it, for each flaw, how many deals have it, and under `<flaw>_of` how many could; `flawed`: any flaw at all.
    `only` is one more condition on the facts.
    """
    fine = f"CAST(1.0 - ({WRONG})::DOUBLE / ({CHECKED}) AS DECIMAL(18, 9))"
    flaws = ", ".join(f"coalesce(sum({flaw}), 0)::BIGINT AS {flaw}, count({flaw}) AS {flaw}_of" for flaw in FLAWS)
    columns = (
        f"count(*) AS n, coalesce(sum({fine}), 0) AS fine, coalesce(sum({fine} * {fine}), 0) AS squares, "
        f"coalesce(sum(CASE WHEN {WRONG} > 0 THEN 1 ELSE 0 END), 0)::BIGINT AS flawed, {flaws}"
    )
    groups = grouped(tables, question, selection(question, extra=only), columns)
    rows = labelled(question, groups)
    for row, found in zip(rows, groups.to_pylist(), strict=True):
        value, low, high = _mean(found["n"], float(found["fine"]), float(found["squares"]))
        row |= {"value": value, "n": found["n"], "low": low, "high": high, "flawed": found["flawed"]}
        for flaw in FLAWS:
            row |= {flaw: found[flaw], f"{flaw}_of": found[f"{flaw}_of"]}
    return rows


def _mean(n: int, total: float, squares: float) -> tuple[float | None, float | None, float | None]:
    if not n:
        return None, None, None
    mean = total / n
    if n < 2:
        return mean, None, None
    reach = float(special.stdtrit(n - 1, (1 + COVER) / 2)) * math.sqrt(max(squares - n * mean**2, 0.0) / (n - 1) / n)
    return mean, max(mean - reach, 0.0), min(mean + reach, 1.0)


KINDS = {
    "recording": Kind(
        recording,
        {
            "": "true",
            "flawed": f"{WRONG} > 0",
            OPEN_FLAWED: f"open = 1 AND {WRONG} > 0",
            **{flaw: f"{flaw} = 1" for flaw in FLAWS},
            **{f"{flaw}_of": f"{flaw} IS NOT NULL" for flaw in FLAWS},
        },
        (Column("flawed", "deals", "flawed"), *(Column(flaw, "deals", flaw) for flaw in FLAWS)),
    )
}
