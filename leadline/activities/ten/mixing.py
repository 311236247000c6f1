"""A fair mix of what several rules have found: each gets its turn, nobody comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from leadline.activities.ten.found import Found


def mixed(
    pools: Mapping[str, Sequence[Found]], count: int, *, have: Mapping[str, int], taken: Collection[int]
) -> list[tuple[str, Found]]:
    """Up to `count` of them, in turns: next is the rule with the fewest so far, in the order of `pools`.

    `have` is how many of each rule are on the list already, `taken` the people who are not to come.
    """
    left = {rule: [one for one in pool if one.person not in taken][::-1] for rule, pool in pools.items()}
    given, seen = Counter(have), set(taken)
    order = list(pools)
    chosen: list[tuple[str, Found]] = []
    while len(chosen) < count and any(left.values()):
        rule = min((name for name in order if left[name]), key=lambda name: (given[name], order.index(name)))
        one = left[rule].pop()
        if one.person in seen:
            continue
        seen.add(one.person)
        given[rule] += 1
        chosen.append((rule, one))
    return chosen
