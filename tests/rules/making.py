"""Rules for tests, switched on."""

from __future__ import annotations

from typing import Any

from leadline.accounts.actors import SYSTEM, By
from leadline.activities.models import ActivityType
from leadline.rules import following
from leadline.rules.models import Rule, RuleRun


def rule(by: By = SYSTEM, **fields: Any) -> Rule:
    """Of deals that are added, which labels nothing: an activity, unless the fields say otherwise."""
    if "acts" not in fields:
        kind = ActivityType.objects.filter(name="Call").first() or ActivityType(name="Call").add(by=SYSTEM)
        fields["acts"] = [{"do": "activity", "type_id": kind.pk, "subject": "Call them", "in_days": 1}]
    return Rule(**{"name": "A rule", "active": True} | fields).add(by=by)


def ran() -> list[tuple[str, int, str]]:
    """(rule, record, state) of what came of everything that has happened since last time."""
    following.catch_up()
    runs = RuleRun.objects.order_by("pk").select_related("rule")
    return [(run.rule.name, run.record_id, run.state) for run in runs]
