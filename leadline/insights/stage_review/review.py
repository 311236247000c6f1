"""What a review of stages finds: a stage that holds nobody up, one that nobody leaves, two that are one, one jumped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from leadline.insights.numbers.proportions import jeffreys
from leadline.insights.numbers.shown import shown


class Sign(StrEnum):
    """What may be amiss with a stage."""

    PASSED = "passed"  # everybody who comes there goes on: it decides nothing
    STOPPED = "stopped"  # nearly everybody ends there
    TOGETHER = "together"  # who comes to the next one comes there within the hour: the two are one
    JUMPED = "jumped"  # deals go by without having been there


# How sure a sign must be: the bound of the share's 90 % interval on the careful side.
PASSED_FROM, STOPPED_UPTO, TOGETHER_FROM, JUMPED_FROM = 0.9, 0.1, 0.8, 0.2
AT_ONCE = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Share:
    """k of n, with the 90 % Jeffreys interval; value, low and high are None of nothing."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        return self.k / self.n if self.n else None

    @property
    def low(self) -> float | None:
        return self._ends()[0]

    @property
    def high(self) -> float | None:
        return self._ends()[1]

    def _ends(self) -> tuple[float | None, float | None]:
        low, high = jeffreys(np.array([float(self.k)]), np.array([float(self.n)]))
        return shown(low[0]), shown(high[0])


@dataclass(frozen=True)
class StageFacts:
    """A stage with the passages of the time looked at.

    `stood` are the deals that stood there and came to the `following` stage, `at_once` those of them within the hour.
    """

    stage: int
    name: str
    advanced: int = 0
    failed: int = 0
    pending: int = 0
    jumped: int = 0
    stood: int = 0
    at_once: int = 0
    following: int | None = None
    following_name: str = ""

    @property
    def entered(self) -> int:
        return self.advanced + self.failed + self.pending

    @property
    def went_on(self) -> Share:
        return Share(self.advanced, self.advanced + self.failed)

    @property
    def skipped(self) -> Share:
        return Share(self.jumped, self.entered)

    @property
    def together(self) -> Share:
        return Share(self.at_once, self.stood)


@dataclass(frozen=True)
class Finding:
    """A sign of a stage, with the share that shows it; of two stages `following` is the second."""

    sign: Sign
    stage: int
    name: str
    share: Share
    following: int | None = None
    following_name: str = ""


@dataclass(frozen=True)
class StageReview:
    """A pipeline's stages in their order and what is found of them, for passages from `since` on."""

    pipeline: int
    since: dt.datetime
    stages: tuple[StageFacts, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def of(self, stage: int) -> list[Finding]:
        """What is found of one stage, also as the second of two."""
        return [found for found in self.findings if stage in (found.stage, found.following)]


def findings(stages: tuple[StageFacts, ...]) -> tuple[Finding, ...]:
    """The signs that are sure enough, stage by stage."""
    return tuple(found for stage in stages for found in _of(stage))


def _of(stage: StageFacts) -> list[Finding]:
    told = []
    went_on, skipped, together = stage.went_on, stage.skipped, stage.together
    jumped = skipped.low is not None and skipped.low >= JUMPED_FROM
    if went_on.low is not None and went_on.low >= PASSED_FROM and not jumped:  # who was never there, it held up neither
        told.append(Finding(Sign.PASSED, stage.stage, stage.name, went_on))
    if went_on.high is not None and went_on.high <= STOPPED_UPTO:
        told.append(Finding(Sign.STOPPED, stage.stage, stage.name, Share(stage.failed, went_on.n)))
    if together.low is not None and together.low >= TOGETHER_FROM:
        told.append(Finding(Sign.TOGETHER, stage.stage, stage.name, together, stage.following, stage.following_name))
    if jumped:
        told.append(Finding(Sign.JUMPED, stage.stage, stage.name, skipped))
    return told
