"""The life of one new lead, composed from its row: how it began, the days on which it was qualified, its end."""

from collections.abc import Iterator
from typing import Any

from leadline.crm.models.lead import LeadStage
from leadline.imports.writing.batch import State

ORDER = tuple(LeadStage.values)
ENDING = ("status", "closed_at", "discard_note")


def compose(final: State, body: dict[str, Any], now: str) -> tuple[State, str, list[tuple[str, State]]]:
    """(first state, its time, later changes with their times) of a new lead; they end in `final`.

    A lead whose row does not say when it came to be has no past. What was not qualified on a day that is told stood in
    its last stage from the beginning.
    """
    told = body.get("converted_at") or body.get("closed_at")
    begun = final.get("created_at")
    if not begun:
        return dict(final), told or now, []
    first, changes = dict(final), list[tuple[str, State]]()
    changes += [(at, {"stage": stage}) for at, stage in _days(final["stage"], body)]
    if changes:
        first["stage"] = ORDER[0]
    if final["status"] != "open":
        first |= {"status": "open", "closed_at": None, "discard_note": ""}
        changes.append((told or now, {name: final[name] for name in ENDING if final.get(name)}))
    return first, begun, list(_in_turn(first, begun, changes))


def _days(last: str, body: dict[str, Any]) -> list[tuple[str, str]]:
    """(day, stage) of the stages behind the first, up to the last one, if its day is told; none after a later one."""
    found: list[tuple[str, str]] = []
    for stage in reversed(ORDER[1 : ORDER.index(last) + 1]):
        at = body.get(f"{stage}_at")
        if at is not None:
            found.insert(0, (min(at, found[0][0]) if found else at, stage))
    return found if found and found[-1][1] == last else []


def _in_turn(first: State, begun: str, changes: list[tuple[str, State]]) -> Iterator[tuple[str, State]]:
    """None before the one before it; what was so on the first moment is so in `first`."""
    latest = begun
    for at, values in changes:
        if at <= begun and "stage" in values:
            first |= values
            continue
        latest = max(at, latest)
        yield latest, values
