"""The file of deals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from leadline.insights.simulator.cast import Cast
from leadline.insights.simulator.columns import (
    Flags,
    Whole,
    amounts,
    chosen,
    days,
    either,
    joined,
    mixed,
    numbered,
    picked,
    times,
)
from leadline.insights.simulator.company import NEVER, NOBODY, Batch, Deals, Revenue, Status
from leadline.insights.simulator.files.leads import labels
from leadline.insights.simulator.files.parties import Parties, place
from leadline.insights.simulator.words import firm

STATUSES = ("open", "won", "lost", "nurture")
TYPES = ("new", "add_on", "renewal")
LABELLED, OTHERWISE_SPELLED, COMPETITOR_KNOWN = 0.12, 0.03, 0.7
GOODS = tuple(sorted((one for one in firm.PRODUCTS if not (one.yearly or one.on_top)), key=lambda one: one.price))
YEARLY = tuple(one for one in firm.PRODUCTS if one.yearly)


def deals(cast: Cast, batch: Batch, parties: Parties) -> pa.Table:
    """Deals as they stand, each with its buyer, its stream, and what it came of."""
    some = batch.deals
    numbers = batch.first_deal + np.arange(len(some))
    product, quantity, short = goods(some, numbers)
    closed = (some.status == Status.WON) | (some.status == Status.LOST)
    reason = np.where(some.status == Status.LOST, some.lost_reason, NOBODY)
    return pa.table(
        {
            "Deal ID": numbered("D", numbers),
            "Title": joined(parties.firm(some.account), ": ", short),
            "Company ID": numbered("C", some.account),
            "Contact ID": numbered("P", place(some.account, some.contact), some.contact == NOBODY),
            "Owner": cast.emails(some.owner),
            "SDR email": cast.emails(some.originator),
            "Source": _source(cast, some, numbers),
            "Campaign": cast.campaign_names(some.source, some.campaign),
            **({"Pipeline": _pipeline(some)} if cast.renewals else {}),
            "Stage": stage_names(cast, some.stage, some.revenue),
            "Status": picked(STATUSES, some.status),
            "Value": amounts(some.amount),
            "Currency": picked([one.code for one in cast.company.currencies], some.currency),
            "Created": times(some.created),
            "Closed": times(some.closed, ~closed),
            "Expected close": days(some.expected, some.expected == NEVER),
            "Lost reason": picked(cast.lost_reasons, np.maximum(reason, 0), reason == NOBODY),
            "Competitor": _competitor(cast, reason, numbers),
            "Type": picked(TYPES, some.revenue),
            "Product": product,
            "Product quantity": quantity,
            "Product amount": amounts(some.amount),
            "Converted lead ID": numbered("L", batch.first_lead + some.lead, some.lead == NOBODY),
            "Building": parties.building(some.account),
            "Labels": labels(firm.DEAL_LABELS, numbers, chosen(numbers, 30, LABELLED)),
        }
    )


def stage_names(cast: Cast, stages: Any, revenue: Any) -> Any:
    """What stages are called, in the pipeline of each deal."""
    apart = (revenue == Revenue.RENEWAL) if cast.renewals else np.zeros(len(stages), bool)
    words = [step.name for step in (*firm.STEPS, *firm.RENEWAL_STEPS)]
    return picked(words, stages + apart * len(firm.STEPS))


def _pipeline(some: Deals) -> Any:
    return picked((firm.PIPELINE, firm.RENEWALS), (some.revenue == Revenue.RENEWAL).astype(int))


def _source(cast: Cast, some: Deals, numbers: Whole) -> Any:
    """A few are spelled as people spell them: in small letters."""
    names = cast.source_names(some.source)
    small = picked([name.lower() for name in cast.sources], np.maximum(some.source, 0), some.source == NOBODY)
    return either(chosen(numbers, 31, OTHERWISE_SPELLED), small, names)


def _competitor(cast: Cast, reason: Whole, numbers: Whole) -> Any:
    told: Flags = np.isin(reason, [n for n, name in enumerate(cast.lost_reasons) if name in firm.LOST_TO_ANOTHER])
    told &= chosen(numbers, 32, COMPETITOR_KNOWN)
    return picked(firm.COMPETITORS, mixed(numbers, 33, len(firm.COMPETITORS)), ~told)


def goods(some: Deals, numbers: Whole) -> tuple[Any, Any, Any]:
    """(product, how many of it, what the title calls it): one that the amount reaches to, as many as it buys."""
    words = (*GOODS, *YEARLY)
    prices = np.array([one.price for one in words])
    affordable = np.searchsorted(prices[: len(GOODS)], np.nan_to_num(some.value, nan=1e9), "right")
    good = mixed(numbers, 34, 1 << 20) % np.maximum(affordable, 1)
    yearly = len(GOODS) + mixed(numbers, 35, len(YEARLY))
    place = np.where(some.revenue == Revenue.RENEWAL, yearly, good)
    quantity = np.maximum(1, np.round(np.nan_to_num(some.value) / prices[place]))
    names = [one.name.partition(",")[0].lower() for one in words]
    said = [*names, *(f"more of {name}" for name in names), *(f"{name} again" for name in names)]
    short = picked(said, place + len(words) * some.revenue.astype(np.int64))
    return picked([one.name for one in words], place), amounts(quantity, np.isnan(some.value)), short
