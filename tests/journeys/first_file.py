"""A file such as a founder has: opportunities with stage, owner, dates and value."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from leadline.imports.importing import carry_out, prepare
from leadline.imports.planning.options import Options

COLUMNS = (
    "opportunity_id",
    "sales_agent",
    "account",
    "deal_stage",
    "status",
    "engage_date",
    "close_date",
    "close_value",
)
AGENTS = ("Moses Frase", "Darcel Schlecht", "Zane Levy")


def bring_in(folder: Path, deals: int = 42) -> None:
    """Half of the deals won, a third lost, the rest open; written as CSV and brought in by the ordinary import."""
    path = folder / "sales_pipeline.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_deal(n) for n in range(deals))
    arrival, plan = prepare([path], Options(), user=None, progress=_silent)
    assert carry_out(arrival, plan, user=None, progress=_silent).failed == 0


def _deal(n: int) -> list[str | int]:
    status = ("Won", "Lost", "Won", "Open", "Won", "Lost")[n % 6]
    engaged = dt.date(2026, 1, 5) + dt.timedelta(days=n)
    closed = "" if status == "Open" else (engaged + dt.timedelta(days=20 + n % 7)).isoformat()
    value = "" if status == "Open" else 1000 if status == "Won" else 0
    return [f"OPP{n:04}", AGENTS[n % 3], f"Account {n % 5}", "Engaging", status, engaged.isoformat(), closed, value]


def _silent(_label: str, _rows: int) -> None:
    """Nobody watches."""
