"""Which promise of sections B and C is shown where, walked through by which journey, told by which metrics."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from leadline.insights.catalogue import METRICS
from leadline.web.insights import known

JOURNEYS = Path(__file__).resolve().parents[2] / "tests" / "journeys"
HEAD = """# Promises

Each promise of the numbers and of health, the panels that show it, the journey that walks there in a browser over a
company whose answers are known by heart, and the metrics that count it. A journey counts only if it bears the promise
in its name and looks at each of these panels; a test fails where one is missing.

| promise | shown in | journey | metrics |
|---|---|---|---|"""

# What is promised, and the panels (page/panel) and other pages (an address) where a journey looks at it.
PROMISES = {
    "R7": ("How many deals a target takes in every stage, and how many are to be added", ("/insights/calculator/",)),
    "R8": ("Activities for a win, and for a step", ("activity/per_win", "/insights/calculator/")),
    "R9": ("Four measures of selling by person and stage, with trends", (
        "people/measures", "people/compared", "people/trends", "people/stages")),
    "R10": ("The index of number, size, conversion and speed", ("people/measures",)),
    "R11": ("The bar, and who carries unqualified deals along", ("people/bar", "people/carried")),
    "R12": ("Five metrics of predictable revenue", (
        "sources/five", "sources/months", "revenue/leading", "revenue/kinds")),
    "R13": ("What each source is worth, and where it leaks", ("sources/worth", "sources/leaks")),
    "R14": ("A funnel in marketing's terms", ("revenue/steps", "revenue/sources")),
    "R15": ("Vanity is labelled", ("activity/vanity",)),
    "R16": ("The five questions of health", ("/insights/health/", "health/focus", "quality/flaws")),
    "R19": ("Fluff", ("quality/fluff", "quality/pushes")),
    "R20": ("Attribution audit", ("sources/audit", "sources/moved")),
    "R21": ("Source mix", ("sources/mix",)),
    "R22": ("Whales", ("/insights/concentration/", "concentration/customers")),
    "R23": ("Symptoms of missing process, measured or not", ("people/symptoms",)),
    "R26": ("Growth under pipeline calls", ("activity/reviews",)),
    "R29": ("Any past date, and what changed since", ("changes/value", "/as-of/")),
}  # fmt: skip


def lines() -> list[str]:
    """The page, made from the catalogue, the pages and the journeys. Raises ValueError for what nobody walks to."""
    return [HEAD, *(_line(name, *what) for name, what in PROMISES.items())]


def _line(promise: str, words: str, places: tuple[str, ...]) -> str:
    found = {name: (path, source) for name, path, source in journeys() if promise.lower() in name.split("_")}
    seen = "\n".join(source for _path, source in found.values())
    if missing := [place for place in places if place not in seen and place.replace("/", "-") not in seen]:
        raise ValueError(f"No journey named for {promise} looks at {', '.join(missing)}.")
    walked = ", ".join(f"[{name}](../../tests/journeys/{path})" for name, (path, _source) in found.items())
    counted = ", ".join(
        f"[{each}](../reference/metrics.md#{each})" for each in METRICS if METRICS[each].promise == promise
    )
    return f"| **{promise}** {words} | {', '.join(map(_titled, places))} | {walked} | {counted or '–'} |"


def journeys() -> Iterator[tuple[str, str, str]]:
    """Name, file and text of each test of a journey that is named for a promise."""
    for path in sorted(JOURNEYS.glob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and re.match(r"test_r\d", node.name):
                yield node.name, path.name, ast.get_source_segment(text, node) or ""


def _titled(place: str) -> str:
    if place.startswith("/"):
        return f"`{place}`"
    page, panel = known.find(place.replace("/", "."))
    return f"{page.title}: {panel.title}"
