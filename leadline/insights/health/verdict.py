"""What an answer is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

YES, NO, UNKNOWN = "yes", "no", "unknown"
Number = float | int | Decimal


@dataclass(frozen=True)
class Evidence:
    """One number an answer rests on: what it is (`key`, and `about` which stage …), its value, interval and n.

    `unit` as in the catalogue. `metric` and `part` open the records behind it, `labels` say which row, of which
    `pipeline` (None: the question's), from which day to which, both included. `deals` made the `n` where one may count
    several times.
    """

    key: str
    value: Number | None
    unit: str = "deals"
    low: Number | None = None
    high: Number | None = None
    n: int | None = None
    about: str = ""
    beside: Number | None = None
    metric: str = ""
    part: str = ""
    labels: Mapping[str, str | None] = field(default_factory=dict)
    against: bool = False
    start: dt.date | None = None
    end: dt.date | None = None
    pipeline: int | None = None
    deals: int | None = None


@dataclass(frozen=True)
class Answer:
    """One question: `verdict` is yes, no or unknown (cannot tell), `because` names the reason the rule gave.

    `evidence` that is `against` speaks for "no". `about` are the values that the reason's words need.
    """

    question: str
    verdict: str
    because: str
    evidence: tuple[Evidence, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


def share(key: str, row: Mapping[str, Any], most: float, metric: str) -> Evidence:
    """What share of the open deals is in a bad state, by a row of `metrics.standing`; against if surely over `most`."""
    low = row["share_low"]
    return Evidence(
        key, row["share"], "share", low, row["share_high"], row["open"], beside=row["n"], metric=metric,
        against=low is not None and low > most,
    )  # fmt: skip


def surely_below(evidence: Evidence, most: float) -> bool:
    """Whether the whole interval lies at or below this."""
    return evidence.high is not None and float(evidence.high) <= most
