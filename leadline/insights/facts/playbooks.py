"""Facts of playbooks: key events of deals, and passages with the version that was in force (R2)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from leadline.insights.facts.company_time import local_day
from leadline.insights.facts.fact import Facts
from leadline.insights.facts.inputs import DEALS, KEY_EVENTS, PLAYBOOKS
from leadline.insights.facts.stages import passages


def events(zone: str) -> ir.Table:
    """Every key event that a deal had, once for its name, on the day it first did."""
    happened = KEY_EVENTS.select(of_deal="deal", event="event", event_place="event_place", happened_at="happened_at")
    rows = DEALS.join(happened, DEALS.deal == happened.of_deal)
    return rows.mutate(happened_on=local_day(rows.happened_at, zone))


def by_version(zone: str) -> ir.Table:
    """Passages with `playbook`: the version of their stage's that was in force at the entry (null: there was none)."""
    rows = passages(zone)
    versions = PLAYBOOKS.select(playbook="playbook", asked_in="stage", asked_since="since", asked_until="until")
    then = [
        rows.stage == versions.asked_in,
        rows.entered_at >= versions.asked_since,
        versions.asked_until.isnull() | (rows.entered_at < ibis.coalesce(versions.asked_until, rows.entered_at)),
    ]
    return rows.left_join(versions, then)


OUTCOME = ("success", "failure", "pending", "jumped", "closed", "placed")
FACTS = {
    "key_events": Facts(events),
    "passages_by_version": Facts(by_version, OUTCOME),
}
