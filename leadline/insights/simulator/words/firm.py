"""The firm that sells: Brightwater, which sells water meters and leak alarms for buildings."""

from __future__ import annotations

from typing import NamedTuple

NAME, DOMAIN = "Brightwater", "brightwater.example"

TEAMS = ("Hotels and leisure", "Homes and offices", "Public buildings", "Industry", "Partners and resellers", "Export")

# The first of each are the people of the example company; who comes behind them is named from the words for people.
LEADERS = ("Ruth Calder", "Karl Osei", "Hanna Lund", "Pavel Dorn", "Amina Shaw", "Leo Fabre")
SELLERS = (
    "Tom Harker", "Nadia Brandt", "Luis Ferreira", "Priya Raman", "Jonas Weil", "Edith Moran", "Oskar Beck",
    "Grace Adeyemi", "Viktor Hale", "Mina Sorensen", "Samir Aziz", "Iris Navarro", "Ewan Brodie", "Lotte Haas",
    "Dario Conti", "Sunita Rao",
)  # fmt: skip
DEVELOPERS = ("Ellis Moor", "Kaya Demir", "Jude Okoro", "Anneke Vos", "Remy Blanc", "Thea Holt")


class Product(NamedTuple):
    """What is sold: name, code, list price; whether it is bought again every year, and whether it comes on top only."""

    name: str
    code: str
    price: int
    yearly: bool = False
    on_top: bool = False


PRODUCTS = (
    Product("Flow meter", "BW-F1", 340),
    Product("Leak guard", "BW-L2", 890),
    Product("Boiler watch", "BW-B1", 1450),
    Product("Quality probe", "BW-Q3", 2100),
    Product("Dashboard, one year", "BW-D1", 1200, yearly=True),
    Product("Care plan, one year", "BW-C1", 950, yearly=True),
    Product("Installation day", "BW-I1", 780, on_top=True),
)


class Step(NamedTuple):
    """What a stage says of the buyer, when it may be left, and how probable the firm guesses a win to be (percent)."""

    name: str
    rot_days: int
    buyer_decision: str
    exit_criteria: str
    probability: int


STEPS = (
    Step("Target", 21, "This may concern us.", "Somebody who decides is known by name.", 10),
    Step("Contacted", 14, "We have a problem worth an hour.", "They have told us what the water costs them.", 20),
    Step("Meeting agreed", 14, "You may be able to help us.", "Buildings counted, budget and date named.", 30),
    Step("Proposal sent", 21, "We choose between you and others.", "They have named what the choice hangs on.", 50),
    Step("Close", 10, "We sign.", "Signed order received.", 80),
)

# The same five steps where a contract is to be bought again.
RENEWAL_STEPS = (
    Step("Comes due", 30, "The contract ends; we look at what it brought.", "The year's savings are written up.", 50),
    Step("Spoken with", 21, "It has been worth it, or not.", "They have seen what they saved.", 60),
    Step("Scope agreed", 14, "We keep it, for these buildings.", "Buildings and term named.", 75),
    Step("Renewal sent", 14, "We weigh it against going without.", "They have named who signs.", 85),
    Step("Signature", 7, "We sign.", "Signed renewal received.", 95),
)
PIPELINE, RENEWALS = "Sales", "Renewals"

# Those that come late in the way of a deal stand last.
LOST_REASONS = (
    "Timing", "No budget", "No decision", "Stayed with what they have", "Price", "Competitor",
)  # fmt: skip
LOST_TO_ANOTHER = ("Price", "Competitor")
COMPETITORS = ("Aqualog", "Metrix Water", "Dripline", "Hydrosense")

# By source.
CAMPAIGNS = {
    "Inbound web": ("Leak calculator", "Search", "Price list"),
    "Inbound content": ("Guide to water bills", "Letter of the month", "Evening lectures"),
    "Outreach": ("Burst-pipe letters", "Hotels of the coast", "Schools before summer"),
    "Referral": ("Bring a neighbour", "Thanks to caretakers"),
    "Partner": ("Plumbers' circle", "Insurers"),
}

DEAL_LABELS = ("Key account", "Tender", "Several sites", "Insurer involved", "Pilot")
LEAD_LABELS = ("Asked for a call", "Read the guide", "Met at the fair")
