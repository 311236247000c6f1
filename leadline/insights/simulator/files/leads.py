"""The file of leads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.columns import Flags, chosen, joined, mixed, numbered, picked, times
from leadline.insights.simulator.company import NEVER, NOBODY, Batch, LeadStage, LeadStatus
from leadline.insights.simulator.files.parties import Parties, place
from leadline.insights.simulator.words import firm
from leadline.insights.simulator.words.work import DISCARDS

STAGES = ("target", "mql", "sql", "sal")
STATUSES = ("open", "converted", "discarded", "nurture")
WHY_DISCARDED, LABELLED = 0.5, 0.1


def leads(cast: Cast, batch: Batch, parties: Parties) -> pa.Table:
    """A converted one is named by its deal."""
    some = batch.leads
    numbers = batch.first_lead + np.arange(len(some))
    source = cast.source_names(some.source)
    converted, discarded = some.status == LeadStatus.CONVERTED, some.status == LeadStatus.DISCARDED
    why = discarded & chosen(numbers, 20, WHY_DISCARDED)
    return pa.table(
        {
            "Lead ID": numbered("L", numbers),
            "Title": joined(parties.firm(some.account), " (", _small(cast, some.source), ")"),
            "Company ID": numbered("C", some.account),
            "Contact ID": numbered("P", place(some.account, np.zeros_like(some.account))),
            "Owner": cast.emails(some.owner),
            "SDR email": cast.emails(some.originator),
            "Source": source,
            "Campaign": cast.campaign_names(some.source, some.campaign),
            "Lead stage": picked(STAGES, some.stage),
            "Status": picked(STATUSES, some.status),
            "Created": times(some.created),
            "MQL at": times(some.mql, (some.mql == NEVER) | (some.stage < LeadStage.MQL)),
            "SQL at": times(some.sql, (some.sql == NEVER) | (some.stage < LeadStage.SQL)),
            "SAL at": times(some.sal, (some.sal == NEVER) | (some.stage < LeadStage.SAL)),
            "Closed at": times(some.closed, ~discarded & (some.status != LeadStatus.NURTURE)),
            "Converted at": times(some.closed, ~converted),
            "Discard reason": picked(DISCARDS, mixed(numbers, 21, len(DISCARDS)), ~why),
            "Labels": labels(firm.LEAD_LABELS, numbers, chosen(numbers, 22, LABELLED)),
        }
    )


def labels(words: tuple[str, ...], numbers: np.ndarray[Any, Any], which: Flags) -> Any:
    """One label for some of the rows."""
    return picked(words, mixed(numbers, 23, len(words)), ~which)


def _small(cast: Cast, sources: Any) -> Any:
    empty = sources == NOBODY
    return picked([name.lower() for name in cast.sources], np.where(empty, 0, sources), empty)
