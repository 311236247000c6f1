"""One thing that a rule can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from leadline.accounts.actors import Actor
from leadline.rules.whens import KINDS

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Doing:
    """What is done to which record: `given` is the act as the rule keeps it, `by` the rule itself."""

    rule_id: int
    kind: str
    record: Any
    given: Given
    by: Actor


@dataclass(frozen=True)
class Act:
    """`clean` reads what a form or a file gives for records of a kind, and raises ValidationError with the mend.

    `do` does it by the record's own verbs and returns what came of it, JSON values; it raises what they raise.
    """

    name: str
    word: str | Promise
    clean: Callable[[str, Given], dict[str, Any]]
    do: Callable[[Doing], dict[str, Any]]
    kinds: frozenset[str] = frozenset(KINDS)
