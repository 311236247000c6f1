"""In which order new stages stand: as the file says, else by the usual names, else as they first appear."""

from collections.abc import Mapping, Sequence

from leadline.imports.values import spelling

# Usual names from first contact to signature; what is not listed keeps the place at which it appeared.
USUAL = [
    "target", "lead", "new", "new lead", "inquiry", "prospect", "prospecting", "contacted", "contact made", "attempted",
    "engaging", "engaged", "in progress", "connected", "marketing qualified", "mql", "appointment scheduled",
    "qualification", "qualified", "qualified to buy", "sql", "sal", "meeting agreed", "meeting scheduled", "discovery",
    "needs analysis", "needs defined", "value proposition", "demo", "demo scheduled", "presentation",
    "presentation scheduled", "solution", "evaluation", "trial", "pilot", "identify decision makers",
    "id decision makers", "perception analysis", "decision maker bought in", "proposal", "proposal made",
    "proposal sent", "proposal price quote", "quote", "quote sent", "estimate", "negotiation", "negotiations started",
    "negotiation review", "verbal", "verbal agreement", "contract", "contract sent", "close", "closing", "commit",
]  # fmt: skip
PLACES = {spelling.key(name): place for place, name in enumerate(USUAL)}


def ordered(names: Sequence[str], positions: Mapping[str, float] | None = None) -> list[str]:
    """Stage names in their order. `names` come in order of first appearance; `positions` (by key) from a file."""
    known = positions or {}
    ranked: list[tuple[float, int, str]] = []
    last = -1.0
    for index, name in enumerate(names):
        place = known.get(spelling.key(name))
        if place is None:
            usual = PLACES.get(spelling.key(name))
            place = float(usual) if usual is not None and not known else last + 0.001
        last = place
        ranked.append((place, index, name))
    return [name for _place, _index, name in sorted(ranked)]


def inserted(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The stages there are, in their order, and new ones each before the first that usually comes later."""
    merged = list(old)
    for name in new:
        place = PLACES.get(spelling.key(name))
        later = [
            index
            for index, other in enumerate(merged)
            if place is not None and PLACES.get(spelling.key(other), -1) > place
        ]
        merged.insert(later[0] if later else len(merged), name)
    return merged


def as_told(names: Sequence[str], told: Sequence[str]) -> list[str]:
    """The names in the order told; one that is not told of stays behind the one before it."""
    places = {spelling.key(name): float(place) for place, name in enumerate(told)}
    ranked: list[tuple[float, int, str]] = []
    last = -1.0
    for index, name in enumerate(names):
        last = places.get(spelling.key(name), last)
        ranked.append((last, index, name))
    return [name for _place, _index, name in sorted(ranked)]
