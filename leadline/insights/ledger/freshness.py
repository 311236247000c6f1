"""Whether the records go on to the ledger's moment, or ended long before it.

What is said of "now" from records that ended long ago is about nobody's now: look as of their last day instead.
"""

from __future__ import annotations

import numpy as np

from leadline.insights.ledger.ledger import Ledger, Moments

SILENCE = 60.0  # days without anything, from which the records have ended
YEAR = 365.25
MANY = 30  # things recorded in the year before: of a company with fewer, two quiet months say nothing


def ended(ledger: Ledger) -> float | None:
    """The moment of the last record, where there were many and nothing came in the last SILENCE days; else None.

    Values, owners and stages that merely were written down later (by an import) are no sign of life.
    """
    when = _moments(ledger)
    if not len(when):
        return None
    last = float(when.max())
    quiet = ledger.as_of - last > SILENCE and (when > last - YEAR).sum() >= MANY
    return last if quiet else None


def _moments(ledger: Ledger) -> Moments:
    deals, leads, work = ledger.deals, ledger.leads, ledger.activities
    every = (deals.created, deals.closed, leads.created, leads.closed, work.created, work.done, ledger.touches.when)
    found: Moments = np.concatenate(every)
    return found[np.isfinite(found) & (found <= ledger.as_of)]
