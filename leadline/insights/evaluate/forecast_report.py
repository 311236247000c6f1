"""The evaluation of the forecast as a page: every figure, the bad ones too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from leadline.insights.evaluate.forecast import DATA, SIZES, WEEKS, Run
from leadline.insights.evaluate.forecast_scores import BASELINES, Scores, corp, reliability, scores
from leadline.insights.forecast.past import SHORT

OF = {"small": "6 sellers, 1,500 deals", "large": "30 sellers, 15,000 deals", DATA: "data sets"}
SAID = {"weighted": "stage-weighted", "last_year": "last year", "sellers": "sellers' dates"}
COVERED = (0.85, 0.95)
BETTER = 0.7  # of the stage-weighted value's loss at most; of the others' less than all
HEAD = """# The forecast against what came

From every fourth week of the last year of a company's records, its bookings of the next 4 and 13 weeks are forecast
from what was known then (the records are cut off there), and held against what was booked. Losses are shares of the
company's mean bookings over that many weeks, so that companies count alike. *Pinball* is the mean pinball loss over the
quantiles 5, 10 ... 95 %, times 2, so that of a single number it is its absolute error. Ratios are our loss over the
baseline's, where that has a number. The bars: the 90 % interval covers 85 to 95 %; both losses below every baseline's,
the stage-weighted value's by at least 30 % (ratio up to 0.70). *Hindsight* is the median error of a number that nobody
can know: the company's own mean over the year to come; where it is no better than a baseline, luck leaves no 30 %.
Figures that miss a bar are in **bold**. The methods are in [forecast.md](../methods/forecast.md).

    leadline evaluate forecast --seeds {seeds}{data}
"""


def report(runs: Iterable[Run]) -> str:
    """Markdown, ending with a line end."""
    known = sorted(runs, key=lambda run: (run.asked.size, run.asked.name, run.asked.seed))
    seeds = sorted({run.asked.seed for run in known if run.asked.size != DATA})
    sets = ",".join(run.asked.name for run in known if run.asked.size == DATA)
    head = HEAD.format(seeds=f"{seeds[0]}:{seeds[-1] + 1}" if seeds else "", data=f" --data {sets}" if sets else "")
    return "\n".join([head, *(_of_size(size, known) for size in (*reversed(SIZES), DATA))]).rstrip() + "\n"


def _of_size(size: str, known: list[Run]) -> str:
    runs = [run for run in known if run.asked.size == size]
    if not runs:
        return ""
    names = sorted({run.asked.name for run in runs})
    groups = [(name, [run for run in runs if run.asked.name == name]) for name in names]
    together = [] if size == DATA else [("all", runs)]
    parts = [f"## {size.capitalize()}: {OF[size]}", _table(groups + together), _cost(runs)]
    parts += [_chances(name, own) for name, own in (groups if size == DATA else together)]
    parts += _untold(groups)
    return "\n\n".join(parts) + "\n"


def _table(groups: Sequence[tuple[str, list[Run]]]) -> str:
    columns = [
        "company",
        "weeks",
        "forecasts",
        "90 % covers",
        "raw",
        "50 % covers",
        "width",
        "pinball",
        "median error",
        "hindsight",
    ]
    columns += [f"{what} / {SAID[name]}" for name in BASELINES for what in ("pinball", "error")]
    lines = [_row(columns), _row(["---"] * len(columns))]
    for name, runs in groups:
        for weeks in (SHORT, WEEKS):
            found = scores(runs, weeks)
            if found:
                lines.append(_row([name, str(weeks), *_figures(found)]))
    return "\n".join(lines)


def _figures(found: Scores) -> list[str]:
    figures = [str(found.count), _bold(f"{found.coverage:.1%}", COVERED[0] <= found.coverage <= COVERED[1])]
    figures += [
        f"{found.raw:.1%}",
        f"{found.half:.1%}",
        f"{found.width:.2f}",
        f"{found.pinball:.3f}",
        f"{found.error:.3f}",
        f"{found.floor:.3f}",
    ]
    for name in BASELINES:
        theirs, error, ours, mine = found.theirs[name]
        for one, other in ((ours, theirs), (mine, error)):
            ratio = one / other if other > 0 else np.nan
            figures.append(
                "" if np.isnan(ratio) else _bold(f"{ratio:.2f}", ratio <= BETTER if name == "weighted" else ratio < 1)
            )
    return figures


def _chances(name: str, runs: list[Run]) -> str:
    """How well the chances of open deals to be won within the horizon were told."""
    counts, wins = (np.sum([getattr(run, which) for run in runs], axis=0) for which in ("chances", "wins"))
    found = corp(counts, wins)
    if not found:
        return f"No open deal's chance could be judged ({name})."
    lines = [
        f"Chances of open deals to be won within {WEEKS} weeks ({name}, {found.count:,} deals): Brier score "
        f"{found.brier:.4f} = miscalibration {found.miscalibration:.4f} - discrimination {found.discrimination:.4f} + "
        f"uncertainty {found.uncertainty:.4f} (CORP).",
        "",
        _row(["chance told", "deals", "won"]),
        _row(["---"] * 3),
    ]
    lines += [_row([f"{said:.1%}", f"{count:,}", f"{won:.1%}"]) for count, said, won in reliability(counts, wins)]
    return "\n".join(lines)


def _cost(runs: list[Run]) -> str:
    seconds = np.array([run.seconds for run in runs])
    deals, opened = (int(np.median([getattr(run, name) for run in runs])) for name in ("deals", "open"))
    return (
        f"Processor seconds for a forecast with its past errors ({deals:,} deals, {opened:,} open, medians): median "
        f"{np.median(seconds):.2f}, at most {seconds.max():.2f}; the process had at most "
        f"{max(run.megabytes for run in runs):,.0f} MB."
    )


def _untold(groups: Sequence[tuple[str, list[Run]]]) -> list[str]:
    """Past moments from which nothing could be told, and why."""
    found = []
    for name, runs in groups:
        reasons = [reason for run in runs for reason in run.untold]
        if reasons:
            each = ", ".join(f"{reason} {reasons.count(reason)}" for reason in sorted(set(reasons)))
            found.append(f"{name}: no forecast from {len(reasons)} past moments ({each}).")
    return found


def _bold(text: str, good: bool) -> str:
    return text if good else f"**{text}**"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
