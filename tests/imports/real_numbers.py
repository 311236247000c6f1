"""What others counted in public files, as `ask.report` and `leadline report` say it once they are imported."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

from typer.testing import CliRunner

from leadline.cli.report import app
from leadline.insights import ask


def olist() -> None:
    """One lead in ten is won, of search more."""
    (row,) = ask.report("lead_to_won").rows
    assert (row["numerator"], row["n"] + row["pending"], round(100 * row["so_far"], 1)) == (842, 8000, 10.5)
    told = {row["source"]: round(100 * row["so_far"], 1) for row in ask.report("lead_to_won", by=["source"]).rows}
    expected = {
        "paid_search": 12.3, "organic_search": 11.8, "direct_traffic": 11.2, "referral": 8.5, "social": 5.6,
        "display": 5.1, "email": 3.0,
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected
    (lag,) = ask.report("lag").rows
    # No touch is in the files: it begins at the lead's creation. One was won before it came.
    assert (int(lag["value"]), lag["n"], lag["from_creation"], lag["left_out"]) == (14, 841, 841, 1)
    assert ask.report("mql").rows[0]["n"] == 8000
    printed = CliRunner().invoke(app, ["lead_to_won", "--by", "source", "--json"], catch_exceptions=False).stdout
    assert {row["source"]: row["numerator"] for row in json.loads(printed)}["paid_search"] == 195


def maven() -> None:
    """Won, lost, booked by quarter and how long it took, to the unit."""
    (rate,) = ask.report("win_rate").rows
    assert (rate["numerator"], rate["n"], round(100 * rate["value"], 2)) == (4238, 6711, 63.15)
    year = {"start": dt.date(2017, 1, 1), "end": dt.date(2017, 12, 31)}
    quarters = ask.report("booked_revenue", by=["quarter"], **year).rows
    assert [(row["n"], row["value"]) for row in quarters] == [
        (531, Decimal(1_134_672)), (1254, Decimal(3_086_111)), (1257, Decimal(2_982_255)), (1196, Decimal(2_802_496))
    ]  # fmt: skip
    (days,) = ask.report("time_to_close").rows
    assert (days["value"], round(days["mean"], 1)) == (57, 51.8)
    assert ask.report("deals_added").rows[0]["n"] == 8800


def dataworld() -> None:
    """What the owners won adds up to all that was won."""
    (whole,) = ask.report("booked_revenue").rows
    assert (whole["value"], whole["n"], whole["left_out"]) == (Decimal(17_936_928), 6438, 19)
    by_owner = ask.report("booked_revenue", by=["owner"]).rows
    assert sum(row["value"] for row in by_owner) == whole["value"]
    (rate,) = ask.report("win_rate").rows
    assert (rate["numerator"], rate["n"]) == (6438, 6438 + 3493)
