"""Real and well-known sets of deals as ledgers, brought in by the ordinary import into a data folder of their own."""

from __future__ import annotations

import datetime as dt
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from leadline.insights.ledger.keeping import keep, kept
from leadline.insights.ledger.ledger import Ledger
from leadline.insights.ledger.reading import EPOCH, ledger
from leadline.insights.store.warehouse import Warehouse

MAVEN = ("sales_pipeline", "accounts", "products", "sales_teams")
DATAWORLD = ("sales-pipeline", "accounts", "products", "sales-teams")
FILES = {
    "maven": tuple(f"maven_crm/{name}.csv" for name in MAVEN),
    "dataworld": tuple(f"maven_crm/variant_dataworld_original/{name}.csv" for name in DATAWORLD),
    "olist": (
        "olist_funnel/olist_marketing_qualified_leads_dataset.csv",
        "olist_funnel/olist_closed_deals_dataset.csv",
    ),
}
OURS = ("LEADLINE_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def data_folder() -> Path:
    """Where the files are: LEADLINE_TEST_DATA, or ../shared/data beside the working folder."""
    return Path(os.environ.get("LEADLINE_TEST_DATA") or Path.cwd().parent / "shared" / "data")


def dataset(name: str, folder: Path | None = None, data: Path | None = None) -> Ledger:
    """The ledger of a data set (a key of FILES) at the end of the day of its last close: later, nothing was recorded.

    Deals without any date are not in it: they were first heard of at the import. With a folder it is kept there, and
    read again. Raises FileNotFoundError where its files are not, subprocess.CalledProcessError where they do not come
    in.
    """
    path = folder and folder / f"{name}.npz"
    found = kept(path) if path else None
    if found:
        return found[0]
    files = [(data or data_folder()) / file for file in FILES[name]]
    if missing := next((file for file in files if not file.exists()), None):
        raise FileNotFoundError(f"{missing} is not there; name the folder of test data in LEADLINE_TEST_DATA.")
    with tempfile.TemporaryDirectory() as own:
        _leadline(Path(own), "import", *map(str, files), "--yes")
        _leadline(Path(own), "report", "deals_won")  # the first question makes the warehouse
        made = _read(Path(own))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        keep(made, path)
    return made


def _read(folder: Path) -> Ledger:
    """Nobody else has the warehouse of the folder open."""
    warehouse = Warehouse(folder)
    try:
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        with warehouse.as_of(now) as tables:
            closed = ledger(tables, now).deals.closed
        last = EPOCH + dt.timedelta(days=math.floor(np.max(closed[np.isfinite(closed)])) + 1)
        with warehouse.as_of(last) as tables:
            return ledger(tables, last)
    finally:
        warehouse.close()


def _leadline(folder: Path, *words: str) -> None:
    """The command line on a folder, without this process's own settings."""
    kept_ = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment = {**kept_, "LEADLINE_DATA": str(folder)}
    subprocess.run([sys.executable, "-m", "leadline.cli", *words], env=environment, check=True, capture_output=True)
