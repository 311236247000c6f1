"""The checks of the diagnosis: one file each, `check(ledger, fitted) -> list[Candidate]`.

A check gives one candidate for every place it has looked at, also where nothing is wrong: multiplicity counts them. It
raises `Missing` where the records do not hold what it needs. Its file is named for the kind of its candidates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline.insights.diagnosis.checks import (
    attribution,
    fewer_leads,
    fluff,
    mix,
    one_stream,
    player_coach,
    slow_ramp,
    slow_response,
    small_deals,
    stage_conversion,
    stage_time,
    unqualified,
    weak_person,
    whale,
)
from leadline.insights.diagnosis.finding import Candidate
from leadline.insights.ledger.ledger import Ledger

Check = Callable[[Ledger, Any], list[Candidate]]

CHECKS: tuple[Check, ...] = (
    fewer_leads.check,
    slow_response.check,
    stage_conversion.check,
    stage_time.check,
    small_deals.check,
    one_stream.check,
    weak_person.check,
    mix.check,
    unqualified.check,
    player_coach.check,
    slow_ramp.check,
    fluff.check,
    whale.check,
    attribution.check,
)


def name(check: Check) -> str:
    """The kind that a check is about: what its file is called."""
    return check.__module__.rpartition(".")[2]
