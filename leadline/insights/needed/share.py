"""A share that is known from counts, was typed over, or is a guess; and what its uncertainty would have it be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leadline.insights.numbers.proportions import COVER, Floats

DRAWS = 2_000
SEED = 7  # any number, and always the same: a page drawn twice says the same
TAIL = (1 - COVER) / 2


@dataclass(frozen=True)
class Share:
    """`advanced` of `entered` went on, unless somebody has `typed` the share over or, without a history, guessed it.

    What was typed counts before what was measured, and that before a guess. Only what was measured is uncertain: who
    types 40 % means 40 %.
    """

    advanced: int = 0
    entered: int = 0
    typed: float | None = None
    guess: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.advanced <= self.entered:
            raise ValueError(f"{self.advanced} of {self.entered} is no share.")
        for name, share in (("typed", self.typed), ("guess", self.guess)):
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"The {name} share {share} is not between 0 and 1.")

    @property
    def origin(self) -> str:
        """typed, measured, guess or unknown."""
        if self.typed is not None:
            return "typed"
        if self.entered:
            return "measured"
        return "unknown" if self.guess is None else "guess"

    @property
    def value(self) -> float | None:
        """The share itself; None where nobody knows."""
        if self.origin == "measured":
            return self.advanced / self.entered
        return self.typed if self.typed is not None else self.guess

    def draws(self, stream: int) -> Floats:
        """What the share may be: draws of the Jeffreys posterior Beta(k + 1/2, n - k + 1/2); NaN where unknown.

        Every share of a plan has a stream of its own, so that typing one over moves no other.
        """
        if self.origin != "measured":
            return np.full(DRAWS, np.nan if self.value is None else self.value, dtype=np.float64)
        rng = np.random.default_rng((SEED, stream))
        return rng.beta(self.advanced + 0.5, self.entered - self.advanced + 0.5, DRAWS)
