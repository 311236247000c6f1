"""What was answered already is not asked again, and what an asker does to an answer stays with them."""

from __future__ import annotations

import datetime as dt

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.insights import ask, remembering
from leadline.insights.remembering import Remembered
from tests import factories as make


def test_the_same_question_is_answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 6)
    asked: list[str] = []
    kept = Remembered()

    def rows(key: str, count: int = 1) -> list[dict[str, int]]:
        return kept.rows(key, lambda: asked.append(key) or [{"n": 1}] * count)  # type: ignore[func-returns-value]

    rows("a")[0]["n"] = 9
    assert rows("a") == [{"n": 1}]
    rows("b"), rows("c")
    assert asked == ["a", "b", "c"]
    rows("a")
    rows("d")  # no room for all of them: the one that was asked for longest ago goes
    rows("a"), rows("b")
    assert asked == ["a", "b", "c", "d", "b"]
    assert len(rows("long", 50)) == 50


@pytest.mark.django_db(transaction=True)
def test_what_happens_in_between_is_counted() -> None:
    day = dt.date(2099, 1, 1)
    make.deal()
    assert ask.report("deals_added", as_of=day).rows[0]["value"] == 1
    ask.report("deals_added", as_of=day).rows[0]["value"] = 7
    assert ask.report("deals_added", as_of=day).rows[0]["value"] == 1
    make.deal().win(by=SYSTEM)
    assert ask.report("deals_added", as_of=day).rows[0]["value"] == 2
