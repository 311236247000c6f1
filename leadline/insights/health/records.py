"""Is the pipeline accessible and up to date? (R16)"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.insights.health.verdict import NO, UNKNOWN, YES, Answer, Evidence, share, surely_below

MOST = 0.25  # of the open deals may be rotten, or untouched for a month
LEAST = 0.8  # of the checks of an open deal's record should be in order


def up_to_date(
    quality: Mapping[str, Any], idle: Mapping[str, Any], rotten: Mapping[str, Any], unplanned: Mapping[str, Any]
) -> Answer:
    """No: surely over a quarter of the open deals is untouched for 30 days or rotten, or surely under 80 % in order.

    Yes: surely no more than a quarter of them is untouched for 30 days, and their records are surely in order to 80 %.
    Else cannot tell; nor where nothing is open. `quality` is of the open deals; those without a next activity are told.
    """
    low, high = quality["low"], quality["high"]
    order = Evidence(
        "in_order", quality["value"], "share", low, high, quality["n"], metric="data_quality", part="open_flawed",
        beside=quality["flawed"], against=high is not None and high < LEAST,
    )  # fmt: skip
    still, rot = share("idle", idle, MOST, "idle"), share("rotting", rotten, MOST, "rotting")
    evidence = (still, order, rot, share("no_next_activity", unplanned, 1.0, "no_next_activity"))
    if not quality["n"]:
        return Answer("records", UNKNOWN, "empty", evidence)
    wrong = next((each.key for each in evidence if each.against), None)
    if wrong:
        return Answer("records", NO, wrong, evidence)
    if surely_below(still, MOST) and low is not None and low >= LEAST:
        return Answer("records", YES, "in_order", evidence)
    return Answer("records", UNKNOWN, "unclear", evidence)
