"""Names of many firms and people at once, from the lists in `words`. No two firms are called the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc

from leadline.insights.simulator.columns import Whole, either, joined, numbered, picked
from leadline.insights.simulator.company import Part
from leadline.insights.simulator.words import firm, firms
from leadline.insights.simulator.words.people import FIRST_NAMES, LAST_NAMES

# How far apart, of all pairs of words, neighbours stand: the golden section lets none seem to follow from the other.
GOLDEN = 0.618


def firm_names(numbers: Whole, seed: int) -> tuple[Any, Whole]:
    """(names, the place of each one's trade in `firms.TRADES`) of the firms with these numbers."""
    towns = len(firms.PLACES) * len(firms.ENDINGS)
    town, trade = _scattered(numbers, towns * len(firms.TRADES), len(firms.TRADES), seed)
    place, ending = town // len(firms.ENDINGS), town % len(firms.ENDINGS)
    level = numbers // (towns * len(firms.TRADES))
    behind, level = level % len(firms.BEHIND), level // len(firms.BEHIND)
    names = joined(
        *(picked(firms.PLACES, place), picked(firms.ENDINGS, ending), " "),
        *(picked([one.word for one in firms.TRADES], trade), picked(firms.BEHIND, behind)),
    )
    return (either(level > 0, joined(names, numbered(" ", level + 1)), names) if level.any() else names), trade


def person_names(numbers: Whole, seed: int) -> Any:
    """The names of the people with these numbers; some are called the same, but no two neighbours."""
    first, last = _scattered(numbers, len(FIRST_NAMES) * len(LAST_NAMES), len(LAST_NAMES), seed)
    return joined(picked(FIRST_NAMES, first), " ", picked(LAST_NAMES, last))


def hosts(names: Any) -> Any:
    """Where firms of these names are on the net: nowhere, `.example` reaches nobody."""
    return joined(pc.replace_substring_regex(pc.utf8_lower(names), "[^a-z0-9]+", "-"), ".example")


def addresses(names: Any, hosts: Any) -> Any:
    """E-mail addresses of people at these hosts; null where the host is."""
    return joined(pc.replace_substring_regex(pc.utf8_lower(names), "[^a-z0-9]+", "."), "@", hosts)


def staff_names(parts: Sequence[int]) -> list[str]:
    """Who sells, by their part: the known ones first, then others."""
    known = {Part.LEADER: iter(firm.LEADERS), Part.INBOUND: iter(firm.DEVELOPERS)}
    known[Part.OUTBOUND] = known[Part.INBOUND]
    sellers = iter(firm.SELLERS)
    taken = {*firm.LEADERS, *firm.SELLERS, *firm.DEVELOPERS}
    spare = np.arange(len(parts) + len(taken), dtype=np.int64)
    others = (name for name in person_names(spare, 5).to_pylist() if name not in taken)
    return [next(known.get(Part(part), sellers), None) or next(others) for part in parts]


def _scattered(numbers: Whole, pairs: int, inner: int, seed: int) -> tuple[Whole, Whole]:
    """Pairs (outer, inner) in an order that looks like none; every `pairs` numbers meet each pair once."""
    stride = next(step for step in range(int(GOLDEN * pairs), pairs) if math.gcd(step, pairs) == 1)
    mixed = (numbers * stride + seed * 7919) % pairs
    return mixed // inner, mixed % inner
