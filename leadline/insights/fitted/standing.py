"""What is open, and what is still to come of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.delaying import placed
from leadline.insights.fitted.fitted import AHEAD, Delays, Fitted, Matrix, Rows, Standing
from leadline.insights.fitted.gathering import leads_over
from leadline.insights.fitted.paths import Paths
from leadline.insights.ledger.ledger import Floats, Ledger, Status


@dataclass(frozen=True)
class Expected:
    """What is expected on average: shares that advance (G, K), of leads (G,); what bare deals bring (G,); delays."""

    conversion: Matrix
    lead_conversion: Floats
    money: Floats
    delays: Delays


def standing(ledger: Ledger, trail: Paths, stream: Rows, of_lead: NDArray[np.int64], expected: Expected) -> Standing:
    """Open deals of the pipeline and open leads."""
    deals = ledger.deals
    streams, stages = expected.conversion.shape
    still = np.isfinite(trail.entered) & (trail.outcome == 0)
    rows = np.flatnonzero((deals.status[trail.deal] == Status.OPEN) & still.any(axis=1))
    stage = np.argmax(still[rows], axis=1) if stages else np.empty(0, np.int64)
    of, age, value = stream[rows], ledger.as_of - trail.entered[rows, stage], deals.value[trail.deal[rows]]
    chance = np.zeros(len(rows))
    money = np.zeros((stages, streams, AHEAD))
    for place in range(stages):
        own = np.flatnonzero(stage == place)
        when, chance[own] = to_come(age[own], of[own], place, expected)
        worth = chance[own] * amounts(value[own], of[own], expected.money)
        np.add.at(money[place], of[own], when * worth[:, None])
    return Standing(
        deal=trail.deal[rows].astype(np.int32),
        stage=stage.astype(np.int32),
        stream=of.astype(np.int32),
        age=age,
        value=value,
        still=chance,
        money=money,
        leads=_leads(ledger, of_lead, expected),
    )


def to_come(age: Floats, stream: Rows, stage: int, expected: Expected) -> tuple[Matrix, Floats]:
    """Of deals in a stage: ((n, AHEAD) in which week those that advance do, (n,) the chance that it does)."""
    delays = expected.delays
    return placed(age, delays.advance[stage], delays.fail[stage], expected.conversion[stream, stage], AHEAD)


def amounts(value: Floats, stream: Rows, money: Floats) -> Floats:
    """What each would bring: its amount, or what deals of its stream without one do."""
    return np.where(value > 0, value, money[stream])


def usual(fitted: Fitted) -> Expected:
    """What a fitted pipeline expects on average."""
    return Expected(
        fitted.conversion.mean(axis=0),
        fitted.lead_conversion.mean(axis=0),
        fitted.sizes.unpriced,
        fitted.delays,
    )


def without(fitted: Fitted, deals: tuple[int, ...]) -> NDArray[np.float64]:
    """`Standing.money` less these open deals (rows of the ledger); those that are not open here change nothing."""
    standing, expected = fitted.standing, usual(fitted)
    found = standing.money.copy()
    for row in np.flatnonzero(np.isin(standing.deal, deals)):
        stage, stream = int(standing.stage[row]), standing.stream[[row]]
        when, still = to_come(standing.age[[row]], stream, stage, expected)
        found[stage, stream[0]] -= when[0] * still[0] * amounts(standing.value[[row]], stream, expected.money)[0]
    return np.maximum(found, 0.0)


def _leads(ledger: Ledger, of_lead: NDArray[np.int64], expected: Expected) -> Matrix:
    """(G, AHEAD): open leads that become deals, by week."""
    over, _became = leads_over(ledger)
    streams = len(expected.lead_conversion)
    found = np.zeros((streams, AHEAD))
    for stream in range(streams):
        age = ledger.as_of - ledger.leads.created[(of_lead == stream) & ~np.isfinite(over)]
        if len(age):
            lead, lost = expected.delays.lead[stream], expected.delays.lead_lost[stream]
            when, still = placed(age, lead, lost, np.full(len(age), expected.lead_conversion[stream]), AHEAD)
            found[stream] = still @ when
    return found
