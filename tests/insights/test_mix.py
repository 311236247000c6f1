"""What is said of the mix of sources (R21)."""

from __future__ import annotations

import pytest

from leadline.insights.ask_mix import trend


def counts(**months: dict[str, int]) -> list[dict[str, object]]:
    return [
        {"month": f"2026-{month[1:]}", "source": source, "n": n}
        for month, sources in months.items()
        for source, n in sources.items()
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], (None, None, None, "unknown", False)),
        (counts(m01={"Web": 60, "Fair": 40}, m02={"Web": 92, "Fair": 8}), ("Web", 0.92, 0.6, "up", False)),
        (counts(m01={"Web": 92, "Fair": 8}, m02={"Web": 60, "Fair": 40}), ("Web", 0.6, 0.92, "down", False)),
        (counts(m01={"Web": 6, "Fair": 4}, m02={"Web": 7, "Fair": 3}), ("Web", 0.7, 0.6, "level", False)),
        (counts(m01={"Web": 5}, m02={"Web": 5}), ("Web", 1.0, 1.0, "level", True)),
        (counts(m03={"Web": 5, "Fair": 5}), ("Fair", 0.5, None, "unknown", False)),
        # The time from January to December has its middle in July, though hardly any lead is after it.
        (counts(m01={"Web": 90}, m12={"Fair": 10}), ("Fair", 1.0, 0.0, "up", False)),
    ],
)
def test_r21_the_largest_source_and_where_it_goes(rows: list, told: tuple) -> None:
    found = trend(rows)
    assert (found["top"], found["share"], found["was"], found["trend"], found["only"]) == told
