"""Days that have a target: those there are, and those that this import has brought."""

from collections import defaultdict
from typing import NamedTuple

from leadline.crm.models import Target
from leadline.history.values import plain
from leadline.imports.writing.batch import State

# Metric, person, team, pipeline: within one, no two targets share a day.
Whose = tuple[str, int | None, int | None, int | None]


class Days(NamedTuple):
    """One target's days (ISO text, both included) and fields; `place` says in which row of this import it stands."""

    pk: int
    state: State
    file: str = ""
    row: int = 0

    @property
    def span(self) -> tuple[str, str]:
        return self.state["start_on"], self.state["end_on"]


class Taken:
    """All targets by whose they are; read once."""

    def __init__(self) -> None:
        self.by_whose: dict[Whose, list[Days]] = defaultdict(list)
        for values in Target.objects.kept().values("pk", *Target.TRACKED):
            pk = values.pop("pk")
            self.keep(Days(pk, {name: plain(value) for name, value in values.items()}))

    def keep(self, days: Days) -> None:
        """From now on these days are taken; by the row that told of them last."""
        state = days.state
        kept = self.by_whose[whose(state)]
        kept[:] = [other for other in kept if other.pk != days.pk] + [days]

    def at(self, state: State) -> Days | None:
        """The target that shares a day with this one: the same days first."""
        span = state["start_on"], state["end_on"]
        found = [days for days in self.by_whose[whose(state)] if days.span[0] <= span[1] and days.span[1] >= span[0]]
        return min(found, key=lambda days: days.span != span, default=None)


def whose(state: State) -> Whose:
    """Of what and whose a target is."""
    return state["metric"], state.get("user_id"), state.get("team_id"), state.get("pipeline_id")
