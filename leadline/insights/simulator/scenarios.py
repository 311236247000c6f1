"""The scenarios: what each plants, how strongly, and since when (`scenarios.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

WORDS = ("sentence", "fault", "begins", "sellers")


@dataclass(frozen=True)
class Scenario:
    """One planted fault, or none. `begins` is months before the end, None for always; `sellers` the fewest it takes."""

    name: str
    sentence: str
    fault: str
    begins: int | None
    sellers: int
    strength: dict[str, float]


def _read() -> dict[str, Scenario]:
    told = tomllib.loads((files("leadline.insights.simulator") / "scenarios.toml").read_text())
    return {
        name: Scenario(
            name,
            one["sentence"],
            one["fault"],
            one.get("begins"),
            one.get("sellers", 1),
            {word: float(value) for word, value in one.items() if word not in WORDS},
        )
        for name, one in told.items()
    }


SCENARIOS = _read()
