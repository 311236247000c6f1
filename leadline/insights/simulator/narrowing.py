"""A batch without the leads that were over when the records begin: everything that points at leads is renumbered."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from leadline.insights.simulator.company import NOBODY, Activities, Batch, Flags, Leads, Numbers


def narrowed(batch: Batch, shown: Flags) -> Batch:
    """`shown`: which of its leads stay. Accounts that nothing has any more are left out."""
    place = np.append(np.cumsum(shown) - 1, NOBODY)  # that of NOBODY is the last
    leads = Leads(*(getattr(batch.leads, one.name)[shown] for one in fields(Leads)))
    work = batch.activities
    kept = (work.lead == NOBODY) | np.append(shown, False)[work.lead]
    activities = Activities(*(getattr(work, one.name)[kept] for one in fields(Activities)))
    met, numbers = np.unique(np.concatenate([leads.account, batch.deals.account]), return_inverse=True)
    accounts: Numbers = numbers.astype(np.int64) + batch.first_account
    return replace(
        batch,
        accounts=len(met),
        leads=replace(leads, account=accounts[: len(leads)]),
        deals=replace(batch.deals, lead=place[batch.deals.lead], account=accounts[len(leads) :]),
        activities=replace(activities, lead=place[activities.lead]),
    )
