"""A rule while it is being written: what the form holds, as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from leadline.history.numbers import number_of
from leadline.rules.acts import ACTS
from leadline.rules.models import Rule
from leadline.rules.whens import KINDS, When
from leadline.web.lists.conditions import Conditions, conditions_in, conditions_of

DETAILS = ("stage_id", "stage", "field", "value", "days", "type_id", "outcome")
# What one act takes: single values, and lists.
SINGLE = (
    "type_id",
    "subject",
    "in_days",
    "whose",
    "user_id",
    "off",
    "field",
    "value",
    "text",
    "days",
    "event",
    "reason",
)
SEVERAL = ("label_ids", "to")
LINE = ("type_id", "subject", "in_days")
NEW: Mapping[str, Mapping[str, Any]] = {
    "activity": {"whose": "owner", "in_days": "1"},
    "checklist": {"whose": "owner", "items": [{"in_days": "1"}, {"in_days": "2"}, {"in_days": "3"}]},
    "notify": {"to": ["owner"]},
    "park": {"days": "90"},
}
Act = dict[str, Any]


@dataclass
class Draft:
    """`details` and `acts` as the form gives them: texts. `wrong` is what was refused, by the part it stands in."""

    conditions: Conditions
    name: str = ""
    kind: str = "deal"
    when: str = When.ADDED
    details: dict[str, Any] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    active: bool = False
    wrong: Mapping[str, list[str]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The fields of a rule."""
        return {
            "name": self.name, "kind": self.kind, "when": self.when, "details": self.details,
            "query": self.conditions.query, "acts": self.acts, "active": self.active,
        }  # fmt: skip


def fresh() -> Draft:
    """Nothing said yet."""
    return Draft(conditions_of("deal", ""), active=True)


def draft_of(rule: Rule) -> Draft:
    """A rule that is there."""
    acts = [dict(act) for act in rule.acts]
    return Draft(
        conditions_of(rule.kind, rule.query), rule.name, rule.kind, rule.when, dict(rule.details), acts, rule.active
    )


def draft_in(given: QueryDict) -> Draft:
    """What the form holds, after what its buttons ask for: one act more, one line less."""
    kind = given.get("rule-kind", "")
    kind = kind if kind in KINDS else "deal"
    when = given.get("rule-when", "")
    when = when if when in KINDS[kind] else KINDS[kind][0]
    details = {name: given.get(f"rule-{name}", "") for name in DETAILS if f"rule-{name}" in given}
    acts = [act for number in given.getlist("act") if (act := _act(given, f"act-{number}")) and _fits(act, kind)]
    return Draft(
        conditions_in(kind, given), given.get("rule-name", "").strip(), kind, when, details, _pressed(acts, given),
        given.get("rule-active") == "yes",
    )  # fmt: skip


def _fits(act: Act, kind: str) -> bool:
    return act["do"] in ACTS and kind in ACTS[act["do"]].kinds


def _act(given: QueryDict, prefix: str) -> Act:
    act: Act = {"do": given.get(f"{prefix}-do", "")}
    act |= {name: given[f"{prefix}-{name}"] for name in SINGLE if f"{prefix}-{name}" in given}
    act |= {name: given.getlist(f"{prefix}-{name}") for name in SEVERAL if f"{prefix}-{name}" in given}
    if act["do"] == "checklist":
        lines = (f"{prefix}-item-{number}" for number in given.getlist(f"{prefix}-item"))
        act["items"] = [{name: given.get(f"{line}-{name}", "") for name in LINE} for line in lines]
    return act


def _pressed(acts: list[Act], given: QueryDict) -> list[Act]:
    """The acts after what a button asks for: "drop" 2, "drop" 2:1 (a line of it), "line" 2, or one more act."""
    act, _colon, line = given.get("rule-drop", "").partition(":")
    if (at := number_of(act)) is not None and at < len(acts):
        if not line:
            del acts[at]
        elif (place := number_of(line)) is not None and place < len(acts[at].get("items", ())):
            del acts[at]["items"][place]
    more = number_of(given.get("rule-line", ""))
    if more is not None and more < len(acts) and "items" in acts[more]:
        acts[more]["items"].append({"in_days": "1"})
    if (do := given.get("rule-act", "")) in ACTS:
        acts.append({"do": do, **NEW.get(do, {})})
    return acts
