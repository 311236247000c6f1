"""Conversions on equal cases, slowly: one row of ones and zeros per case, and an optimiser that knows nothing of it."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from typing import Any

import numpy as np
from scipy import optimize

from tests.oracle.people import Row, Slow

Z = statistics.NormalDist().inv_cdf(0.95)
SPREADS = [(place + 0.5) / 6 for place in range(9)]  # between people, each as likely as another
LOOSE = 3.0  # the standard deviation of what a source, a stage … adds
OUTCOMES = {"won": "won", "lost": "failed", "advanced": "won", "failed": "failed", "pending": "pending"}


def _facts(slow: Slow, metric: str) -> list[Row]:
    if metric == "adjusted_win_rate":
        closed = [deal for deal in slow.deals.values() if deal["status"] in ("won", "lost")]
        return [_case(slow, deal, deal, "closed_at", deal["status"], None) for deal in closed]
    return [
        _case(slow, passage, slow.deals[passage["deal"]], "entered_at", passage["outcome"], passage["stage"])
        for passage in slow.rows["passages"]
    ]


def _case(slow: Slow, of: Row, deal: Row, dated: str, outcome: str, stage: int | None) -> Row:
    value = deal.get("value_base")
    band = math.floor(2 * math.log10(value)) if value else None
    return {
        "deal": deal["deal"], "owner": of.get("owner"), "on": slow.day(of[dated]), "outcome": OUTCOMES[outcome],
        "source": of.get("source"), "revenue type": deal.get("revenue_type"), "stage": stage, "size": band,
    }  # fmt: skip


def _factors(cases: list[Row]) -> list[str]:
    """What differs from case to case, and is known well enough not to tell the outcome."""
    found = []
    for factor in ("source", "revenue type", "stage", "size"):
        sides = [[case[factor] for case in cases if (case["outcome"] == "won") is good] for good in (True, False)]
        known = all(sum(value is not None for value in side) >= 0.9 * len(side) for side in sides)
        if len({case[factor] for case in cases}) > 1 and (known or factor != "size"):
            found.append(factor)
    return found


def _equal(cases: list[Row], people: list[Any], factors: list[str]) -> dict[Any, Row]:
    """What each would convert of all these cases."""
    levels = [(factor, value) for factor in factors for value in {case[factor] for case in cases}]
    ones = np.array(
        [[1.0, *(case[f] == v for f, v in levels), *(case["owner"] == p for p in people)] for case in cases], float
    )
    won = np.array([case["outcome"] == "won" for case in cases], float)
    cut, average = 1 + len(levels), np.eye(len(people)) - 1 / len(people)
    evidence, shares, effects, doubts = [], [], [], []
    for spread in SPREADS:
        precision = np.array([1e-6, *[LOOSE**-2] * len(levels), *[spread**-2] * len(people)])
        at, height, bend = _mode(ones, won, precision)
        evidence.append(height + 0.5 * np.log(precision).sum() - 0.5 * np.linalg.slogdet(bend)[1])
        own = average @ at[cut:]
        base = ones[:, :cut] @ at[:cut] + at[cut:].mean()
        shares.append([np.mean(1 / (1 + np.exp(-base - effect))) for effect in own])
        effects.append(own)
        doubts.append(np.sqrt(np.diag(average @ np.linalg.inv(bend)[cut:, cut:] @ average)))
    weight = np.exp(np.array(evidence) - max(evidence))
    weight /= weight.sum()
    effect = weight @ np.array(effects)
    deviation = np.sqrt(weight @ (np.array(doubts) ** 2 + np.array(effects) ** 2) - effect**2)
    told = {}
    for place, person in enumerate(people):
        value = float(weight @ np.array(shares)[:, place])
        logit = math.log(value / (1 - value))
        low, high = (1 / (1 + math.exp(-logit - side * Z * deviation[place])) for side in (-1, 1))
        chances = [statistics.NormalDist().cdf(-e[place] / d[place]) for e, d in zip(effects, doubts, strict=True)]
        below = float(weight @ np.array(chances))
        told[person] = {"value": value, "low": float(low), "high": float(high), "p_below": below}
    return told


def _mode(ones: np.ndarray, won: np.ndarray, precision: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
    def down(at: np.ndarray) -> float:
        line = ones @ at
        return float(np.logaddexp(0, line).sum() - won @ line + 0.5 * precision @ at**2)

    def slope(at: np.ndarray) -> np.ndarray:
        return ones.T @ (1 / (1 + np.exp(-(ones @ at))) - won) + precision * at

    def bend(at: np.ndarray) -> np.ndarray:
        share = 1 / (1 + np.exp(-(ones @ at)))
        return (ones * (share * (1 - share))[:, None]).T @ ones + np.diag(precision)

    found = optimize.minimize(down, np.zeros(ones.shape[1]), jac=slope, hess=bend, method="trust-exact", tol=1e-9)
    return found.x, -down(found.x), bend(found.x)


def answer(slow: Slow, metric: str, by: str | None, start: Any, end: Any) -> dict[Any, Row]:
    """Label to row."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    if by is None:
        groups[None] = []
    for fact in _facts(slow, metric):
        if start is None or (fact["on"] and start <= fact["on"] <= end):
            groups[slow.label(fact, by) if by else None].append(fact)
    found = {}
    for label, group in groups.items():
        won, failed, pending = (sum(f["outcome"] == name for f in group) for name in ("won", "failed", "pending"))
        raw = won / (won + failed) if won + failed else None
        counts = {"numerator": won, "denominator": won + failed, "n": won + failed, "pending": pending}
        found[label] = {"value": raw, "raw": raw, **counts}
    if by == "owner":
        cases = [case for group in groups.values() for case in group if case["outcome"] != "pending"]
        people = list({case["owner"] for case in cases})
        factors = _factors(cases)
        if len(people) > 1 and len({case["outcome"] for case in cases}) > 1:
            for person, told in _equal(cases, people, factors).items():
                found[slow.label({"owner": person}, by)] |= told
        for row in found.values():
            row["adjusted_for"] = ", ".join(factors) if row["n"] else ""
    return found
