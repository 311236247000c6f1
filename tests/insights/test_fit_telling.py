"""Whether fit tells won from lost: the share of pairs and the median, held against counting them all."""

from __future__ import annotations

from collections import Counter
from itertools import product
from statistics import median as plain_median

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline.insights.fit.telling import ENOUGH, median, telling

fits = st.lists(st.integers(0, 100), min_size=ENOUGH, max_size=ENOUGH + 15)


@settings(max_examples=25)
@given(fits, fits)
def test_pairs_are_counted(won: list[int], lost: list[int]) -> None:
    found = telling(Counter(won), Counter(lost))
    assert found is not None
    pairs = [(win > loss) + (win == loss) / 2 for win, loss in product(won, lost)]
    assert abs(found.share - sum(pairs) / len(pairs)) < 1e-9
    assert found.low <= found.share <= found.high
    turned = telling(Counter(lost), Counter(won))
    assert turned is not None
    assert abs(turned.share - (1 - found.share)) < 1e-9
    assert median(Counter(won)) == plain_median(won)


def test_it_says_so_where_too_little_is_known() -> None:
    few = Counter({50: ENOUGH - 1})
    assert telling(few, Counter({10: 500})) is None
    assert median(Counter()) is None
    sure = telling(Counter({90: 200, 10: 100}), Counter({90: 100, 10: 200}))
    assert sure is not None
    assert (round(sure.share, 3), sure.tells, sure.misleads, sure.little) == (0.667, True, False, False)
    # DeLong's variance by hand: two thirds lie 1/6 from the mean, one third 1/3
    spread = (2 / 18 / 299) ** 0.5
    assert abs((sure.high - sure.share) / 1.6448536269514722 - spread) < 1e-9
    chance = telling(Counter({50: 100}), Counter({50: 100}))
    assert chance is not None
    assert (chance.share, chance.tells, chance.misleads) == (0.5, False, False)
