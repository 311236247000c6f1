"""The best person's conversion as the bar, and who is far above it without winning more (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from leadline.insights.numbers.shrinkage import told_apart

Row = dict[str, Any]
ENOUGH = 20  # passages that make a bar
FAR = 1.5  # times the odds of the others
CARRIES, EARNS, UNSURE = "carries", "earns", "unsure"


@dataclass(frozen=True)
class Bar:
    """The best tempered conversion from a stage, whose it is, and that of all."""

    stage: str
    person: str
    shrunk: float
    value: float
    n: int
    whole: float


@dataclass(frozen=True)
class Sign:
    """Somebody who gets far more deals through a stage than the others: `carries` them along, `earns` it, or `unsure`.

    `through` and `others_through` are conversions of the stage, `won` and `others_won` from it to the win, `expected`
    what would be won if the deals that went on were as good as everybody's.
    """

    person: str
    stage: str
    verdict: str
    through: float
    others_through: float
    n: int
    won: float
    others_won: float
    expected: float
    decided: int


def signs(conversions: Sequence[Row], wins: Sequence[Row]) -> list[Sign]:
    """Of stage_conversion and stage_to_won, both by owner and stage. Who is told apart above, by far, is looked into.

    Carries: it is 95 % sure, after correction, that less is won than deals as good as the others' would bring. Earns:
    as sure that it is not so, for more than the others' is won. The chance to win from the stage has a Jeffreys prior.
    """
    to_won = {(row["owner"], row["stage"]): row for row in wins}
    found = [
        sign
        for row in conversions
        if row.get("flag") == "above" and row["owner"] is not None and row["stage"] is not None
        if (sign := _looked_into(row, conversions, to_won, wins))
    ]
    less = told_apart(np.array([_below(sign, sign.expected) for sign in found]))
    more = told_apart(np.array([_below(sign, sign.others_won) for sign in found]))
    return [
        _judged(sign, CARRIES if low == "below" and high != "above" else EARNS if high == "above" else UNSURE)
        for sign, low, high in zip(found, less, more, strict=True)
    ]


def bars(conversions: Sequence[Row], carried: Sequence[Sign]) -> list[Bar]:
    """One per stage in the stages' order: the best of those with 20 passages who do not carry deals along."""
    out = {(sign.person, sign.stage) for sign in carried if sign.verdict == CARRIES}
    found = []
    for stage in dict.fromkeys(row["stage"] for row in conversions if row["stage"] is not None):
        own = [row for row in conversions if row["stage"] == stage and row["value"] is not None]
        able = [r for r in own if r["n"] >= ENOUGH and r["owner"] is not None and (r["owner"], stage) not in out]
        if len(own) > 1 and able:
            best = max(able, key=lambda row: row["shrunk"])
            whole = sum(row["numerator"] for row in own) / sum(row["n"] for row in own)
            found.append(Bar(stage, best["owner"], best["shrunk"], best["value"], best["n"], whole))
    return found


def _looked_into(row: Row, conversions: Sequence[Row], to_won: dict[Any, Row], wins: Sequence[Row]) -> Sign | None:
    person, stage = row["owner"], row["stage"]
    others, theirs = _others(conversions, person, stage), _others(wins, person, stage)
    own = to_won.get((person, stage))
    if not own or not own["n"] or not others[1] or not theirs[1]:
        return None
    through, won = others[0] / others[1], theirs[0] / theirs[1]
    if _odds(row["value"]) < FAR * _odds(through):
        return None
    expected = min(won * row["value"] / max(through, 1e-9), 1.0)
    return Sign(person, stage, UNSURE, row["value"], through, row["n"], own["value"] or 0.0, won, expected, own["n"])


def _others(rows: Sequence[Row], person: str, stage: str) -> tuple[int, int]:
    found = [row for row in rows if row["stage"] == stage and row["owner"] != person]
    return sum(row["numerator"] for row in found), sum(row["n"] for row in found)


def _odds(share: float) -> float:
    return share / max(1 - share, 1e-9)


def _below(sign: Sign, bar: float) -> float:
    """The probability that the person's chance to win from the stage lies below this share."""
    won = round(sign.won * sign.decided)
    return float(special.betainc(won + 0.5, sign.decided - won + 0.5, min(max(bar, 0.0), 1.0)))


def _judged(sign: Sign, verdict: str) -> Sign:
    return Sign(**{**sign.__dict__, "verdict": verdict})
