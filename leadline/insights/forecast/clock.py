"""From which moment a forecast looks ahead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from leadline.insights.ledger.ledger import Ledger


def since_the_last_record(ledger: Ledger, begun: float) -> Ledger:
    """The same as of the last thing that happened on a day that has `begun` then; of that beginning where nothing has.

    So it depends on the day and the records, and not on the minute in which somebody looks.
    """
    facts = (ledger.values, ledger.expectations, ledger.owners, ledger.statuses)
    when = [ledger.visits.entered, ledger.touches.when, ledger.leads.created, ledger.deals.closed]
    every = np.concatenate([*when, *(one.since for one in facts)])
    latest = every[every <= ledger.as_of]
    return replace(ledger, as_of=max(begun, float(latest.max(initial=begun))))
