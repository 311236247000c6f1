"""What is derived of deals is made of this: their versions, and what was done about them."""

from __future__ import annotations

from leadline.insights.derived.deriving import Sources
from leadline.insights.log.entities import ACTIVITY, DEAL
from leadline.insights.store.pushes import pushes
from leadline.insights.store.states import states
from leadline.insights.store.touches import touches_of_deals


def of_some(low: int, high: int) -> Sources:
    """Of the deals between two numbers, both included, as things stand."""
    within = f"BETWEEN {low} AND {high}"
    return _sources(
        f"(SELECT * FROM {DEAL.versions} WHERE deal {within})",
        f"(SELECT * FROM {DEAL.log} WHERE record {within})",
        f"deal {within}",
        f"SELECT deal, activity_type, done_at FROM ({states(ACTIVITY)}) WHERE NOT gone AND deal {within}",
    )


def of_touched() -> Sources:
    """Of the deals that `refold` has just made anew, as things stand.

    A join finds the few among millions quicker than IN does.
    """
    return _sources(
        f"new_{DEAL.name}",
        f"changes_of_{DEAL.name}",
        f"deal IN (SELECT record FROM touched_{DEAL.name})",
        f"SELECT deal, activity_type, done_at FROM ({states(ACTIVITY)}) JOIN touched_{DEAL.name} ON deal = record "
        "WHERE NOT gone",
    )


def _sources(versions: str, changes: str, whose: str, activities: str) -> Sources:
    """Relations of the deals' versions and changes, and a condition on `deal`."""
    return Sources(
        versions=f"SELECT * FROM {versions}",
        touches=touches_of_deals(changes, versions, whose),
        pushes=f"SELECT deal, days FROM ({pushes(None, changes)})",
        activities=activities,
    )


def of_edition(versions: str, whose: str = "deal IS NOT NULL") -> Sources:
    """Of some deals as of a moment: the relations in reach are as of then, `whose` is a condition on `deal`."""
    return Sources(
        versions=versions,
        touches=f"SELECT deal, touched_at FROM touches WHERE {whose}",
        pushes=f"SELECT deal, days FROM pushes WHERE {whose}",
        activities=f"SELECT deal, activity_type, done_at FROM activities WHERE {whose}",
    )
