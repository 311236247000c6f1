"""Words for the names of firms that buy, the trades they are in, and where they are."""

from __future__ import annotations

from typing import NamedTuple

PLACES = (
    "Alder", "Amber", "Aspen", "Barrow", "Beacon", "Birch", "Bramble", "Bridge", "Cairn", "Cedar", "Chalk", "Cliff",
    "Clover", "Copper", "Crane", "Dale", "Drift", "Elm", "Fallow", "Fern", "Finch", "Flint", "Forge", "Fox", "Garnet",
    "Glen", "Granite", "Grove", "Harbour", "Hazel", "Heath", "Heron", "Hollow", "Ivy", "Juniper", "Kestrel", "Lark",
    "Linden", "Maple", "Marsh", "Meadow", "Mill", "Moor", "Oak", "Orchard", "Otter", "Pebble", "Pine", "Quarry",
    "Raven", "Reed", "River", "Rowan", "Saddle", "Sable", "Shore", "Slate", "Spring", "Stone", "Swift", "Thistle",
    "Tide", "Vale", "Walnut", "Weaver", "Willow", "Winter", "Wren", "Yarrow",
)  # fmt: skip

# Behind a place; the first is nothing.
ENDINGS = (
    "",
    "bourne",
    "bury",
    "combe",
    "croft",
    "field",
    "ford",
    "gate",
    "ham",
    "hurst",
    "ley",
    "mere",
    "ton",
    "wick",
)

# Behind a name where names alone do not go round; the first is nothing.
BEHIND = ("", " Group", " North", " South", " East", " West", " & Co", " Partners", " Central", " Union")


class Trade(NamedTuple):
    """What stands behind a firm's place, its industry, and the kind of building that is measured there."""

    word: str
    industry: str
    building: str


TRADES = (
    Trade("Hotels", "Hospitality", "Hotel"),
    Trade("Lodge", "Hospitality", "Hotel"),
    Trade("Spa", "Hospitality", "Hotel"),
    Trade("Inns", "Hospitality", "Hotel"),
    Trade("Brewery", "Food and drink", "Factory"),
    Trade("Dairy", "Food and drink", "Factory"),
    Trade("Bakery", "Food and drink", "Factory"),
    Trade("Laundries", "Services", "Factory"),
    Trade("Foundry", "Manufacturing", "Factory"),
    Trade("Textiles", "Manufacturing", "Factory"),
    Trade("Clinic", "Health", "Hospital"),
    Trade("Care Homes", "Health", "Hospital"),
    Trade("Hospital Trust", "Health", "Hospital"),
    Trade("School", "Education", "School"),
    Trade("College", "Education", "School"),
    Trade("Academy", "Education", "School"),
    Trade("Housing", "Property", "Housing"),
    Trade("Estates", "Property", "Housing"),
    Trade("Apartments", "Property", "Housing"),
    Trade("Offices", "Property", "Office"),
    Trade("Business Park", "Property", "Office"),
    Trade("Pools", "Leisure", "Leisure"),
    Trade("Leisure", "Leisure", "Leisure"),
    Trade("Golf Club", "Leisure", "Leisure"),
)

STREETS = (
    "Mill Lane", "Station Road", "Quay Street", "Church Hill", "Market Square", "Park Avenue", "Foundry Row",
    "Bridge Street", "Orchard Way", "Harbour View", "College Road", "High Street",
)  # fmt: skip
