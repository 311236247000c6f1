"""Stage changes for deals that are already there: what the log does not hold yet is added at its own time."""

from collections.abc import Iterable, Sequence
from typing import Any

from leadline.crm.models import Deal
from leadline.history.models import Change
from leadline.history.values import plain
from leadline.imports.kinds import Kind
from leadline.imports.permitting import require_change
from leadline.imports.writing.batch import State
from leadline.imports.writing.composing import CLOSING, Step, differing, step_values
from leadline.imports.writing.everything import Everything

Known = tuple[str, str, State, State]


class Pasts:
    """The logs of some deals, read when the first of them is asked for."""

    def __init__(self, all_: Everything, known: dict[int, State]) -> None:
        self.context = all_.context
        self.ids = sorted(known)
        self.logs: dict[int, list[Known]] | None = None

    def log(self, pk: int) -> list[Known]:
        """(time, verb, before, after) of a deal's changes, in the order in which they are folded."""
        if self.logs is None:
            self.logs = {one: [] for one in self.ids}
            for start in range(0, len(self.ids), 500):
                changes = Change.objects.filter(entity=Deal.ENTITY, record_id__in=self.ids[start : start + 500])
                for change in changes.order_by("occurred_at", "id").iterator():
                    entry = (plain(change.occurred_at), change.verb, change.old, change.new)
                    self.logs[change.record_id].append(entry)
        return self.logs[pk]

    def latest(self, pk: int, name: str = "") -> str:
        """When the deal, or one field of it, was last set; "" for never."""
        log = self.log(pk)
        times = (at for at, verb, before, _after in log if not name or verb == Change.CREATE or name in before)
        return max(times, default="")

    def add(self, pk: int, there: State, steps: Sequence[Step]) -> None:
        """Put the steps that are not in the log into it, and the deal's row (`there`) where they end."""
        if not steps:
            return
        require_change(self.context.by, Deal, pk)
        log = self.log(pk)
        present = {(at, after.get("stage_id"), after.get("status")) for at, _verb, _before, after in log}
        for step in steps:
            target = (step.at, step.stage, "open") if not step.ending else None
            known = target in present if target else any(
                at == step.at and after.get("status") == step.ending for at, _verb, _before, after in log
            )  # fmt: skip
            state = fold(entry for entry in log if entry[0] <= step.at)
            changed = {} if known else differing(state, step_values(step, there))
            if not changed:
                self.context.count(Kind.STAGE_CHANGES, "unchanged")
                continue
            self.context.count(Kind.STAGE_CHANGES, "created")
            before = {name: state.get(name) for name in changed}
            after = {**state, **changed}
            self.context.batch.change(Deal, pk, before, after, step.at, by_id=step.by_id)
            log.append((step.at, Change.CHANGE, before, after))
            log.sort(key=lambda entry: entry[0])
        self.settle(pk, there, log)

    def settle(self, pk: int, there: State, log: list[Known]) -> None:
        """The row is the fold of its log."""
        final = fold(log)
        changed = {
            name: final.get(name)
            for name in ("stage_id", "value", "value_base", "expected_close_on", *CLOSING)
            if (final.get(name) or None) != (there.get(name) or None)
        }
        there.update(changed)
        entered = max((at for at, _verb, before, _after in log if "stage_id" in before), default=None)
        values = {**changed, **({"stage_entered_at": entered} if entered else {})}
        if values:
            self.context.batch.set(Deal, pk, values)


def fold(entries: Iterable[Known]) -> dict[str, Any]:
    """The state after these changes (see `history.replay.fold`, which folds rows of the log)."""
    state: State = {}
    for _at, verb, before, after in entries:
        if verb == Change.CREATE:
            state = dict(after)
        else:
            state |= {name: after.get(name) for name in before}
    return state
