"""The example company itself: Brightwater, which sells water meters and leak alarms for buildings.

What is planted for the reader to find: since half a year fewer proposals become talks about a contract, with everybody
(PROPOSALS_SINCE); and one seller, Tom Harker, loses every second meeting that others turn into a proposal.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

MONTH = dt.timedelta(days=30.44)


@dataclass(frozen=True)
class Step:
    """A stage: the share of deals that goes on, the median days until it does, until it is lost, and what it means."""

    conversion: float
    days_on: float
    days_lost: float
    buyer_decision: str
    exit_criteria: str
    probability: int  # in percent: what the firm guesses, not what it measures


@dataclass(frozen=True)
class Seller:
    """Somebody who sells. `share` is the weight in handing out deals, `lift` a factor on the odds by stage."""

    name: str
    team: str
    share: float = 1.0
    pace: float = 1.0
    lift: dict[int, float] = field(default_factory=dict)
    hired_months_ago: int = 48
    left_months_ago: int | None = None
    catches_up: float = 0.05  # the share of deals whose moves are clicked in one go, days late
    role: str = "seller"

    @property
    def email(self) -> str:
        return self.name.lower().replace(" ", ".") + "@brightwater.example"

    def there_until(self, now: dt.datetime) -> dt.datetime:
        """The day they left, or now."""
        return now - (self.left_months_ago or 0) * MONTH


@dataclass(frozen=True)
class Stream:
    """A source: deals per month at the start and its yearly growth, its season, its odds and the size of its deals."""

    name: str
    per_month: float
    growth: float
    season: tuple[float, ...]
    lift: float
    size: float
    campaigns: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


STEPS = (
    Step(0.72, 4, 16, "This may concern us.", "Somebody who decides is known by name.", 10),
    Step(0.66, 7, 20, "We have a problem worth an hour.", "They have told us what the water costs them.", 20),
    Step(0.68, 12, 24, "You may be able to help us.", "Buildings counted, budget and date named.", 30),
    Step(0.58, 15, 30, "We choose between you and others.", "They have named what the choice hangs on.", 50),
    Step(0.74, 9, 21, "We sign.", "Signed order received.", 80),
)
MEETING, PROPOSAL = 2, 3
PROPOSALS_SINCE = 183  # days before today, when a competitor halved its price
PROPOSALS_LIFT = 0.38

WEAK_SELLER = "Tom Harker"
SELLERS = (
    Seller("Ruth Calder", "Hotels and leisure", 0.35, role="leader", lift={4: 1.3}),
    Seller("Nadia Brandt", "Hotels and leisure", 2.6, 0.8, {1: 1.2, 4: 1.4}, catches_up=0.02),
    Seller("Tom Harker", "Hotels and leisure", 1.3, 1.1, {MEETING: 0.22}),
    Seller("Luis Ferreira", "Hotels and leisure", 0.9, 1.0, {0: 0.9}),
    Seller("Mina Sorensen", "Hotels and leisure", 0.9, 1.3, hired_months_ago=7, lift={1: 0.8, 4: 0.85}),
    Seller("Karl Osei", "Homes and offices", 0.3, role="leader"),
    Seller("Priya Raman", "Homes and offices", 1.2, 0.9, {MEETING: 1.15, PROPOSAL: 1.2}),
    Seller("Jonas Weil", "Homes and offices", 1.0, 1.0, {0: 1.1}, catches_up=0.3),
    Seller("Edith Moran", "Homes and offices", 1.0, 1.4, {PROPOSAL: 1.1}),
    Seller("Samir Aziz", "Homes and offices", 0.9, 1.0, left_months_ago=4),
    Seller("Hanna Lund", "Public buildings", 0.25, role="leader"),
    Seller("Oskar Beck", "Public buildings", 1.0, 1.5, {4: 1.1}),
    Seller("Grace Adeyemi", "Public buildings", 1.1, 1.2, {1: 1.1}),
    Seller("Viktor Hale", "Public buildings", 0.8, 1.3, catches_up=0.15),
    Seller("Iris Navarro", "Public buildings", 0.8, 1.2, hired_months_ago=15),
)
TEAMS = ("Hotels and leisure", "Homes and offices", "Public buildings")

SPRING_AND_AUTUMN = (0.4, 0.5, 2.2, 1.6, 0.7, 0.4, 0.3, 0.3, 1.8, 2.4, 1.0, 0.4)
YEAR = (1.1, 1.05, 1.15, 1.0, 1.0, 0.95, 0.75, 0.7, 1.1, 1.15, 1.1, 0.8)
STREAMS = (
    Stream("Website", 22, 0.25, YEAR, 0.9, 0.8, ("Search", "Leak calculator"), ("website", "Web site")),
    Stream("Outreach", 19, -0.25, YEAR, 0.75, 1.1, ("Burst-pipe letters",), ("outreach",)),
    Stream("Referral", 8, 0.05, YEAR, 1.7, 1.2, (), ("referral", "Referral ")),
    Stream("Trade fair", 7.5, 0.0, SPRING_AND_AUTUMN, 0.85, 1.0, ("Spring fair", "Autumn fair")),
    Stream("Partner", 5.5, 0.35, YEAR, 1.25, 1.6),
    Stream("Customer", 8.5, 0.3, YEAR, 2.2, 0.7),
)

# Name, code, list price.
PRODUCTS = (
    ("Flow meter", "BW-F1", 340),
    ("Leak guard", "BW-L2", 890),
    ("Boiler watch", "BW-B1", 1450),
    ("Quality probe", "BW-Q3", 2100),
    ("Dashboard, one year", "BW-D1", 1200),
    ("Care plan, one year", "BW-C1", 950),
    ("Installation day", "BW-I1", 780),
)

LOST_REASONS = ("Price", "Competitor", "No budget", "No decision", "Timing", "Stayed with what they have")
COMPETITORS = ("Aqualog", "Metrix Water", "Dripline")
