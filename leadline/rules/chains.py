"""What a rule does may set off other rules: the chain behind a cause, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from leadline.history.models import Change
from leadline.rules.causes import Cause
from leadline.rules.models import RuleRun

DEEPEST = 5  # rules in a chain, one set off by the other


@dataclass(frozen=True)
class Chain:
    """The rules behind a cause, each with the record it was about; none behind what a person did."""

    links: tuple[tuple[int, str, int], ...] = ()

    @property
    def depth(self) -> int:
        return len(self.links)

    def ends_before(self, rule_id: int, cause: Cause) -> bool:
        """Whether this rule would make it too long, or act on the same record once more."""
        return self.depth >= DEEPEST or (rule_id, cause.kind, cause.record_id) in self.links


def behind(cause: Cause) -> Chain:
    """One question for what people did; two more for each rule in the chain."""
    links: list[tuple[int, str, int]] = []
    change_id = cause.change_id
    while change_id is not None and len(links) < DEEPEST:
        change = Change.objects.filter(pk=change_id, via="rule", act__isnull=False).only("act").first()
        run = RuleRun.objects.filter(act=change.act).first() if change else None
        if run is None:
            break
        links.append((run.rule_id, run.kind, run.record_id))
        change_id = run.change_id
    return Chain(tuple(links))
