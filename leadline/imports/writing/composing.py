"""The history of one deal, composed from its row and its stage changes into entries of the log.

The create entry stands at the creation date, the closing at its own; what a file does not tell is not made up: a deal
without a creation date begins in the log with the first thing known of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leadline.imports.writing.batch import State

# A first stage change within this time of the creation tells of the creation itself.
TOGETHER = timedelta(seconds=60)
CLOSING = ("status", "closed_at", "lost_reason_id", "lost_note")


@dataclass
class Step:
    """A stage change: where to (a stage, or an ending), when (plain UTC text), by whom; other values told with it."""

    at: str
    stage: int | None
    ending: str = ""
    by_id: int | None = None
    values: State = field(default_factory=dict)
    origin: int | None = None


@dataclass
class Moment:
    """One entry to be: the record before and after, and when."""

    at: str
    before: State
    after: State
    by_id: int | None = None


def compose(
    final: State, steps: Sequence[Step], now: str, late: Sequence[str] = ()
) -> tuple[State, str, list[Moment], str]:
    """(first state, its time, later moments in order, when the last stage was entered) of a new deal.

    `late` names fields that nobody knew before the close.

    `final` is the deal as its row has it; `steps` are in time order. The fold of what is returned is the deal's row.
    """
    begun, first, rest = beginning(final, steps, now)
    if first["status"] == "open" and final["status"] in ("won", "lost"):
        first |= dict.fromkeys(late)
    state = dict(first)
    moments: list[Moment] = []
    entered = begun
    for step in rest:
        changed = differing(state, step_values(step, final))
        if changed:
            at = max(step.at, moments[-1].at if moments else begun)
            moments.append(moved(state, changed, at, step.by_id))
            entered = at if "stage_id" in changed else entered
    ends = differing(state, final)
    if ends:
        latest = moments[-1].at if moments else begun
        at = final.get("closed_at") or now
        moments.append(moved(state, ends, max(at, latest)))
        entered = max(at, latest) if "stage_id" in ends else entered
    return first, begun, moments, entered


def beginning(final: State, steps: Sequence[Step], now: str) -> tuple[str, State, Sequence[Step]]:
    """When the deal begins in the log, how it stands then, and the steps that are left."""
    created = final.get("created_at")
    if not created and not steps:
        return final.get("closed_at") or now, dict(final), steps
    begun = min(filter(None, (created, steps[0].at if steps else None)))
    first = {**final, **dict.fromkeys(CLOSING), "status": "open"}
    if not steps:
        if final["status"] == "nurture":
            first["status"] = "nurture"
        return begun, first, steps
    lead = steps[0]
    told = {name for step in steps for name in step.values}
    first |= dict.fromkeys(told - lead.values.keys())  # a history that tells of it later had nothing to tell before
    if lead.origin is not None and created:
        first["stage_id"] = lead.origin
        return begun, first, steps
    if not created or near(begun, lead.at):
        first |= step_values(lead, final)
        return begun, first, steps[1:]
    # Created long before the first change that is told: the stage in between is not known.
    first["stage_id"] = None
    return begun, first, steps


def near(one: str, other: str) -> bool:
    """Within a minute."""
    return abs(datetime.fromisoformat(one) - datetime.fromisoformat(other)) <= TOGETHER


def step_values(step: Step, final: State) -> State:
    """What a stage change sets. The last word on how it ended, and why, is the row's."""
    values = dict(step.values)
    if step.ending == "nurture":
        return values | {"status": step.ending, **dict.fromkeys(CLOSING[1:])}
    if step.ending:
        ended: State = {"status": step.ending, "closed_at": step.at}
        if final["status"] == step.ending:
            ended |= {name: final.get(name) for name in CLOSING if final.get(name)}
        return values | ended
    return values | {"stage_id": step.stage, "status": "open", **dict.fromkeys(CLOSING[1:])}


def differing(state: State, wanted: State) -> State:
    """What of `wanted` is not so yet."""
    return {name: value for name, value in wanted.items() if (state.get(name) or None) != (value or None)}


def moved(state: State, changed: State, at: str, by_id: int | None = None) -> Moment:
    """Put the change into the state and give the entry for it."""
    before = {name: state.get(name) for name in changed}
    state.update(changed)
    return Moment(at, before, dict(state), by_id)
