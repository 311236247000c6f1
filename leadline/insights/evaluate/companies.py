"""Simulated companies for evaluation: a ledger, and the truth it must be judged by."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from leadline.insights.ledger.keeping import keep, kept
from leadline.insights.ledger.ledger import Ledger
from leadline.insights.simulator.company import Truth
from leadline.insights.simulator.ledgers import ledger_of
from leadline.insights.simulator.population import simulate

SIZES = {"small": (6, 1_500), "large": (30, 15_000)}  # people with a quota, deals
MONTHS = 24
UNTIL = dt.date(2026, 7, 1)  # the day behind the last


def company(scenario: str, seed: int, size: str = "large", folder: Path | None = None) -> tuple[Ledger, Truth]:
    """The company of a scenario and a seed, at the end of 30 June 2026, and what was planted in it.

    Person, stage, source and team of the truth are places in the ledger's names; its `begins` is in seconds since 1970,
    the ledger's moments in days. With a folder it is kept there, 1 MB (small) or 10 MB (large) each, and read again.
    Raises ValueError.
    """
    if size not in SIZES:
        raise ValueError(f"There is no size {size!r}. There are: {', '.join(SIZES)}.")
    path = folder and folder / f"{scenario}-{size}-{seed}.npz"
    found = kept(path) if path else None
    if found:
        return found[0], _truth(found[1])
    sellers, deals = SIZES[size]
    made = simulate(scenario, seed=seed, sellers=sellers, deals=deals, months=MONTHS, until=UNTIL)
    ledger = ledger_of(made)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        keep(ledger, path, **_plain(made.company.truth))
    return ledger, made.company.truth


def _plain(truth: Truth) -> dict[str, Any]:
    values = {one.name: getattr(truth, one.name) for one in fields(truth)}
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in values.items()}


def _truth(plain: dict[str, Any]) -> Truth:
    values: dict[str, Any] = {name: np.array(told) if isinstance(told, list) else told for name, told in plain.items()}
    return Truth(**values)
