"""The audit of credit, slowly: one lead at a time, what its originator did about it before it was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tests.oracle.leads import DAY, Fact, Slow, traced
from tests.strategies.streams import Record


def _borne_out(slow: Slow, lead: Record) -> bool:
    created = lead["created_at"]
    if created is None:
        return False
    local = created.replace(tzinfo=dt.UTC).astimezone(slow.zone)
    by = created + DAY if local.time() == dt.time() else created  # a day without a time is over at its end
    return any(
        done["owner"] == lead["originator"] and done["done_at"] is not None and done["done_at"] <= by
        for done in slow.company.activities
        if _about(done, lead)
    )


def _about(done: Record, lead: Record) -> bool:
    alone = done["lead"] is None and done["deal"] is None
    same = {key for key in ("lead", "deal", "person", "organization") if None is not done[key] == lead[key]}
    return bool(same & {"lead", "deal"}) or (alone and bool(same))


def credited(slow: Slow) -> Iterable[Fact]:
    leads = [lead for lead in slow.company.leads if lead["originator"] is not None]
    borne = {lead["lead"]: _borne_out(slow, lead) for lead in leads}
    for lead in leads:
        alike = [
            [borne[other["lead"]] for other in leads if other[key] == lead[key] is not None]
            for key in ("source", "originator")
        ]
        told = any(some and 10 * sum(some) >= len(some) for some in alike) and lead["created_at"] is not None
        fate = "failed" if borne[lead["lead"]] else "numerator" if told else "pending"
        yield {"id": lead["lead"], "of": lead, "on": slow.day(lead["created_at"]), "fate": fate}


FACTS = {"misattribution": credited}
SUMMARIES = {"misattribution": traced}
