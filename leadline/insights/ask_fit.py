"""The door to win rate and size by fit (R44). Fit is by today's criteria: how deals fitted is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leadline.crm.models import Deal
from leadline.insights.ask import asking

if TYPE_CHECKING:
    from leadline.insights.fit.bands import Closed
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question


def by_fit(**asked: Any) -> list[dict[str, Any]]:
    """Bands of fit, the best first, of the deals closed in the period; `asked` as for `ask.asking`, rows as `by_band`.

    Without any deal whose fit is known there are none.
    """
    # Loaded with the first question: numpy and Arrow stay off the start-up path.
    from leadline.insights.fit.bands import by_band  # noqa: PLC0415

    fits = dict(Deal.objects.exclude(fit=None).exclude(status__in=("open", "nurture")).values_list("pk", "fit"))
    if not fits:
        return []
    with asking("win_rate", **asked) as (tables, question):
        return by_band(_closed(tables, question), fits)


def _closed(tables: Tables, question: Question) -> Closed:
    import numpy as np  # noqa: PLC0415  see by_fit

    from leadline.insights.fit.bands import Closed  # noqa: PLC0415  see by_fit
    from leadline.insights.metrics.selecting import selection  # noqa: PLC0415  see by_fit

    chosen = selection(question)
    found = tables.arrow(
        f"SELECT chosen.deal, success = 1 AS won, CAST(worth.value_base AS DOUBLE) AS worth "
        f"FROM ({chosen.sql}) AS chosen LEFT JOIN deals AS worth ON worth.deal = chosen.deal ORDER BY chosen.deal",
        chosen.values,
    )
    worth = found.column("worth").to_numpy().astype(np.float64)
    won = np.array(found.column("won").to_pylist(), dtype=bool)
    return Closed(found.column("deal").to_numpy().astype(np.int64), won, np.where(won, worth, np.nan))
