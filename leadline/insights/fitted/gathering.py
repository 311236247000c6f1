"""What is read from a ledger before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leadline.insights.fitted.arriving import Coming, Season, coming, season, streams, weekly
from leadline.insights.fitted.fitted import WEEK, Matrix, Streams, Window
from leadline.insights.fitted.incidence import Incidence, incidence
from leadline.insights.fitted.paths import Paths, paths
from leadline.insights.fitted.window import quarters, window
from leadline.insights.ledger.ledger import Floats, Ledger, Status


@dataclass(frozen=True)
class Gathered:
    """Of one pipeline. `of_lead` and `of_deal` say the stream of each row of the ledger, `stream` of each path."""

    pipeline: int
    trail: Paths
    window: Window
    starts: Floats  # (Q,)
    streams: Streams
    of_lead: NDArray[np.int64]
    of_deal: NDArray[np.int64]
    stream: NDArray[np.int64]
    came: Coming
    weekly: Matrix  # (W, G)
    season: Season
    leads: list[Incidence]  # of each stream, and at the end of all together
    over: tuple[Floats, Floats]  # see `leads_over`
    passages: list[Incidence]  # of each stage
    won: NDArray[np.int64]  # rows of deals won in the window, in order of time

    @property
    def weeks(self) -> Floats:
        """The middle of each week of `weekly`, counted from `as_of`."""
        return np.arange(-len(self.weekly), 0, dtype=np.float64) + 0.5

    @property
    def recent(self) -> int:
        """How many of the weeks are the window's."""
        return max(1, min(len(self.weekly), round((self.window.end - self.window.start) / WEEK)))


def gathered(ledger: Ledger, pipeline: int) -> Gathered:
    """All of it; what is not there has no rows."""
    trail, deals = paths(ledger, pipeline), ledger.deals
    closed, won = deals.closed[trail.deal], trail.deal[deals.status[trail.deal] == Status.WON]
    now = window(ledger.start, ledger.as_of, closed[np.isfinite(closed)], deals.closed[won])
    flows, of_lead, of_deal = streams(ledger, pipeline)
    came = coming(ledger, of_lead, of_deal)
    counts = weekly(came, len(flows), min(ledger.start, ledger.as_of - WEEK), ledger.as_of)
    order = won[np.argsort(deals.closed[won], kind="stable")]
    over = leads_over(ledger)
    return Gathered(
        pipeline=pipeline,
        trail=trail,
        window=now,
        starts=quarters(ledger.start, ledger.as_of),
        streams=flows,
        of_lead=of_lead,
        of_deal=of_deal,
        stream=of_deal[trail.deal],
        came=came,
        weekly=counts,
        season=season(counts),
        leads=_leads(ledger, flows, of_lead, over, now),
        over=over,
        passages=[_stage(trail, stage, now) for stage in range(len(trail.stages))],
        won=order[deals.closed[order] >= now.start],
    )


def busiest(ledger: Ledger) -> int:
    """The pipeline with most deals; the first where there are none."""
    own = ledger.deals.pipeline[ledger.deals.pipeline >= 0]
    return int(np.argmax(np.bincount(own))) if len(own) else 0


def leads_over(ledger: Ledger) -> tuple[Floats, Floats]:
    """(when each lead was over, 1 where it became a deal, else -1); that is when its deal was created."""
    leads = ledger.leads
    became = leads.deal >= 0
    created = ledger.deals.created[leads.deal] if len(ledger.deals) else np.full(len(leads), np.inf)
    when = np.where(became, np.maximum(created, leads.created), leads.closed)
    return when, np.where(became, 1.0, -1.0)


def _leads(
    ledger: Ledger, flows: Streams, of_lead: NDArray[np.int64], over: tuple[Floats, Floats], now: Window
) -> list[Incidence]:
    created, (ended, became) = ledger.leads.created, over
    groups = [of_lead == stream if comes else of_lead < -1 for stream, comes in enumerate(flows.of_leads)]
    return [incidence(created[own], ended[own], became[own], now.start, now.end) for own in [*groups, of_lead >= 0]]


def _stage(trail: Paths, stage: int, now: Window) -> Incidence:
    return incidence(trail.entered[:, stage], trail.ended[:, stage], trail.outcome[:, stage], now.start, now.end)
