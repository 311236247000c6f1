"""Words for the names of the example company's customers. All invented; `.example` domains reach nobody."""

from __future__ import annotations

PLACES = (
    "Alder", "Amber", "Aspen", "Barrow", "Beacon", "Birch", "Bramble", "Bridge", "Cairn", "Cedar", "Chalk", "Cliff",
    "Clover", "Copper", "Crane", "Dale", "Drift", "Elm", "Fallow", "Fern", "Finch", "Flint", "Forge", "Fox", "Garnet",
    "Glen", "Granite", "Grove", "Harbour", "Hazel", "Heath", "Heron", "Hollow", "Ivy", "Juniper", "Kestrel", "Lark",
    "Linden", "Maple", "Marsh", "Meadow", "Mill", "Moor", "Oak", "Orchard", "Otter", "Pebble", "Pine", "Quarry",
    "Raven", "Reed", "River", "Rowan", "Saddle", "Sable", "Shore", "Slate", "Spring", "Stone", "Swift", "Thistle",
    "Tide", "Vale", "Walnut", "Weaver", "Willow", "Winter", "Wren", "Yarrow",
)  # fmt: skip

# What stands behind the place, the industry, and the kind of building that is measured there.
KINDS = (
    ("Hotels", "Hospitality", "Hotel"),
    ("Lodge", "Hospitality", "Hotel"),
    ("Brewery", "Food and drink", "Factory"),
    ("Dairy", "Food and drink", "Factory"),
    ("Laundries", "Services", "Factory"),
    ("Clinic", "Health", "Hospital"),
    ("Care Homes", "Health", "Hospital"),
    ("School", "Education", "School"),
    ("College", "Education", "School"),
    ("Housing", "Property", "Housing"),
    ("Estates", "Property", "Housing"),
    ("Offices", "Property", "Office"),
    ("Bakery", "Food and drink", "Factory"),
    ("Apartments", "Property", "Housing"),
    ("Spa", "Hospitality", "Hotel"),
    ("Academy", "Education", "School"),
    ("Pools", "Leisure", "Leisure"),
    ("Leisure", "Leisure", "Leisure"),
)

FIRST_NAMES = (
    "Ada", "Aisha", "Alan", "Amara", "Ana", "Anton", "Bea", "Ben", "Carla", "Chidi", "Clara", "Daniel", "Dina", "Elif",
    "Emil", "Erik", "Esther", "Farid", "Fiona", "Gita", "Grace", "Hanna", "Hugo", "Ines", "Ivan", "Jae", "Jonas",
    "Julia", "Kira", "Lars", "Leila", "Lena", "Luis", "Maja", "Marta", "Mei", "Milan", "Nadia", "Nils", "Noor", "Olga",
    "Omar", "Paul", "Petra", "Rafael", "Rosa", "Sami", "Sara", "Tariq", "Vera", "Yuki", "Zoe",
)  # fmt: skip

LAST_NAMES = (
    "Abbot", "Adler", "Akande", "Almeida", "Arden", "Baker", "Banda", "Becker", "Bellamy", "Castel", "Cho", "Costa",
    "Dahl", "Darwish", "Ekman", "Falk", "Ferrer", "Fischer", "Gallo", "Haddad", "Hartley", "Holm", "Ito", "Jansen",
    "Kaur", "Keller", "Kim", "Lang", "Lindt", "Marin", "Mbeki", "Moreau", "Nagy", "Novak", "Okoye", "Olsen", "Park",
    "Petrov", "Quist", "Rahman", "Reyes", "Rossi", "Sato", "Silva", "Stein", "Tanaka", "Thorn", "Vega", "Vogel",
    "Walsh", "Weiss", "Yilmaz",
)  # fmt: skip

JOBS = ("Facility manager", "Head of operations", "Owner", "Finance director", "Technical lead", "Buyer", "Caretaker")

STREETS = ("Mill Lane", "Station Road", "Quay Street", "Church Hill", "Market Square", "Park Avenue", "Foundry Row")

# Outcomes of a finished activity by its type: what sellers write down.
OUTCOMES = {
    "Call": ("No answer", "Talked", "Talked", "Call back", "Meeting booked"),
    "E-mail": ("Sent", "Sent", "Answered"),
    "Meeting": ("Good fit", "Next step agreed", "Wants a proposal", "Postponed"),
    "Demo": ("Convinced", "Questions left", "Wants a proposal"),
    "Site visit": ("Measured", "Needs a second visit"),
    "Task": ("Done",),
}

NOTES = (
    "Budget is decided in the spring.",
    "Compares us with a cheaper meter without remote reading.",
    "The caretaker is our friend here; the finance director has not been met.",
    "Had a burst pipe last winter and does not want another.",
    "Asked for two references from the same trade.",
    "Wants to begin with one building.",
)
