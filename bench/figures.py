"""Measured figures: each beside its baseline from the same run, as a small table and as JSON."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import machine


@dataclass(frozen=True)
class Figure:
    """A measured value, what it is compared with, and what was aimed for (same unit); None where there is none."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    aim: float | None = None
    repeats: int = 1
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the baseline."""
        return self.value / self.baseline if self.baseline else None


def medians(works: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """The median seconds of each work, run in turns, so that what disturbs one disturbs all."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(repeats):
        for place, work in enumerate(works):
            begun = time.perf_counter()
            work()
            taken[place].append(time.perf_counter() - begun)
    return [statistics.median(times) for times in taken]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies; the nearest one there is."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def options(about: str | None) -> argparse.ArgumentParser:
    """A parser with what every benchmark takes."""
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser


def show(title: str, baseline: str, figures: Sequence[Figure], to: Path | None = None) -> None:
    """Print the table and, where asked, write the JSON. `baseline` says in words what the figures are compared with."""
    about = machine.described()
    print(f"{title}\n" + "\n".join(f"  {name}: {value}" for name, value in about.items()))
    print(f"  baseline: {baseline}\n")
    rows = [("", "figure", "baseline", "ratio", "aim", ""), *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        cells = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        print("  " + "  ".join(cells) + (f"  {row[5]}" if row[5] else ""))
    if to:
        content = {"title": title, "baseline": baseline, **about, "figures": [asdict(figure) for figure in figures]}
        to.write_text(json.dumps(content, indent=1) + "\n")


def _row(figure: Figure) -> tuple[str, ...]:
    met = "" if figure.aim is None else f"{_number(figure.aim)} {'met' if figure.value <= figure.aim else 'MISSED'}"
    return (
        figure.name,
        f"{_number(figure.value)} {figure.unit}",
        "" if figure.baseline is None else f"{_number(figure.baseline)} {figure.unit}",
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        met,
        figure.note,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
