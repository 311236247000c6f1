"""The evaluation of the diagnosis as a page: every figure, the bad ones too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from leadline.insights.evaluate.diagnosis import SIZES, Run
from leadline.insights.evaluate.diagnosis_judging import first, found, hit, told_apart
from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.simulator.scenarios import SCENARIOS

TUNED = 1_000
BARS = {"small": 0.70, "large": 0.90}
OF = {"small": "6 sellers, 1,500 deals", "large": "30 sellers, 15,000 deals"}
HEAD = """# The diagnosis against planted faults

Companies are simulated with one known fault each, or none (`leadline simulate`; strengths are fixed in
`scenarios.toml`), for 24 months; the diagnosis sees what their records would hold. A run is a hit where its **first**
finding is of the right kind **and** at the right place (source, stage, person, team). Shares carry their 90 % Jeffreys
intervals. The methods are in [checks.md](../methods/checks.md).

    leadline evaluate diagnosis --seeds {seeds}
"""


def report(runs: Iterable[Run]) -> str:
    """Markdown, ending with a line end."""
    known = sorted(runs, key=lambda run: (run.asked.size, run.asked.scenario, run.asked.seed))
    seeds = sorted({run.asked.seed for run in known})
    parts = [HEAD.format(seeds=f"{seeds[0]}:{seeds[-1] + 1}" if seeds else "")]
    if seeds and seeds[0] < TUNED:
        parts.append("These are seeds on which the checks could be tuned: below 1,000.\n")
    for size in reversed(SIZES):
        own = [run for run in known if run.asked.size == size]
        if own:
            parts.append(_of_size(size, own))
    return "\n".join(parts)


def _of_size(size: str, runs: list[Run]) -> str:
    seconds = np.array([run.seconds for run in runs])
    faulty = [run for run in runs if run.fault]
    lines = [f"## {size.capitalize()}: {OF[size]}", ""]
    if faulty:
        lines += [
            f"Named first, all faults together: {_share([hit(run) for run in faulty])}; the bar is {BARS[size]:.0%}."
        ]
    healthy = [run for run in runs if not run.fault]
    if healthy:
        lines += [f"False alarms of healthy companies: {_share([bool(run.said) for run in healthy])}; the bar is 10%."]
    right, claimed = told_apart(runs)
    if claimed:
        answers = [True] * right + [False] * (claimed - right)
        lines += [f"One weak seller, a leaky stage and a mix told apart where one is claimed: {_share(answers)}."]
    lines += [f"Seconds per diagnosis: median {np.median(seconds):.2f}, at most {seconds.max():.2f}."]
    lines += _failures(runs)
    return "\n\n".join(["\n".join(lines[:2]), *lines[2:], _rates(runs, BARS[size]), _confused(runs)]) + "\n"


def _failures(runs: list[Run]) -> list[str]:
    failed = Counter(name for run in runs for name in run.failed)
    return [f"Checks that broke: {', '.join(f'{name} in {n} runs' for name, n in failed.items())}."] if failed else []


def _rates(runs: list[Run], bar: float) -> str:
    rows = ["| planted | runs | named first | 90 % interval | found at all | bar |", "|---|---:|---:|---|---:|---|"]
    for name in SCENARIOS:
        own = [run for run in runs if run.asked.scenario == name]
        if not own:
            continue
        hits, n = sum(map(hit, own)), len(own)
        low, high = jeffreys(np.array([float(hits)]), np.array([float(n)]))
        anywhere = f"{sum(map(found, own)) / n:.0%}" if own[0].fault else "–"
        met = "met" if hits / n >= (bar if own[0].fault else 0.90) else "**not met**"
        rows.append(f"| {name} | {n} | {hits / n:.0%} | {low[0]:.0%} to {high[0]:.0%} | {anywhere} | {met} |")
    return "\n".join(rows)


def _confused(runs: list[Run]) -> str:
    """Planted by named first; * is the right kind at another place."""
    lines = ["What was named first (* the right kind at a wrong place):", "", "| planted | named first |", "|---|---|"]
    for name in SCENARIOS:
        named = Counter(first(run) for run in runs if run.asked.scenario == name)
        if named:
            lines.append(f"| {name} | {', '.join(f'{kind} {n}' for kind, n in named.most_common())} |")
    return "\n".join(lines)


def _share(answers: list[bool]) -> str:
    k, n = sum(answers), len(answers)
    low, high = jeffreys(np.array([float(k)]), np.array([float(n)]))
    return f"{k} of {n} ({k / n:.1%}; {low[0]:.1%} to {high[0]:.1%})"
