"""Problems of the same kind said once: reasons that differ in a row, a date or a count only are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

MOST = 40
EXAMPLES = 5
NUMBER = re.compile(r"\d[\d.,:-]*\d|\d")

Json = dict[str, Any]


def gathered(problems: Iterable[Json]) -> list[Json]:
    """{file, column, reason, mend, fatal, count, rows} joined by kind: what keeps rows out first, the most first."""
    found: dict[tuple[str, ...], Json] = {}
    for one in problems:
        reason, mend = NUMBER.sub("…", one["reason"]), NUMBER.sub("…", one["mend"])
        key = (one["file"], one["column"], reason, mend, str(one["fatal"]))
        known = found.setdefault(key, {**one, "count": 0, "rows": []})
        if known["count"] and known["reason"] != one["reason"]:
            known["reason"] = reason
        if known["count"] and known["mend"] != one["mend"]:
            known["mend"] = mend
        known["count"] += one["count"]
        known["rows"] = sorted([*known["rows"], *one["rows"]], key=lambda row: row["row"])[:EXAMPLES]
    return sorted(found.values(), key=lambda one: (not one["fatal"], -one["count"]))[:MOST]
