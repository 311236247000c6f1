"""The door to the list of doubtful deals: which open ones are probably fluff, and why (R19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leadline.insights.ask import answered

if TYPE_CHECKING:
    from leadline.insights.metrics.fluff import Doubt


def doubtful(**asked: Any) -> list[Doubt]:
    """The open deals with the probability that each is fluff and its signs, the most doubtful first.

    `asked` and what is raised as for `ask.asking`.
    """
    # Loaded with the first question: numpy and Arrow stay off the start-up path.
    from leadline.insights.metrics.fluff import doubts  # noqa: PLC0415

    return answered("doubtful", "fluff_share", doubts, **asked)
