"""What was answered is not asked again, nobody is shown what others see, and what an asker does to it stays theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import Any

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Role, Team, User, Visibility
from leadline.history import members
from leadline.insights import ask, ask_health, catalogue, remembering
from leadline.insights.looking import one_look
from leadline.insights.metrics import answering
from leadline.insights.question import Question
from leadline.insights.remembering import Remembered, asked
from tests import factories as make
from tests.insights.asking import followed, question
from tests.strategies.ledger import START, Ledger

DAY = dt.date(2099, 1, 1)


@dataclass
class Tables:
    stand: tuple[int, int] = (1, 0)
    moment: dt.datetime | None = None


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The metrics that were really answered."""
    found: list[str] = []
    real = answering.answer

    def answer(tables: Any, asked: Question) -> Any:
        found.append(asked.metric.name)
        return real(tables, asked)

    monkeypatch.setattr(answering, "answer", answer)
    return found


def test_the_same_question_is_answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 6)
    asked: list[str] = []
    kept, tables = Remembered(), Tables()

    def rows(key: str, count: int = 1) -> list[dict[str, int]]:
        return kept.rows(tables, key, lambda: asked.append(key) or [{"n": 1}] * count)  # type: ignore[func-returns-value]

    rows("a")[0]["n"] = 9
    assert rows("a") == [{"n": 1}]
    rows("b"), rows("c")
    assert asked == ["a", "b", "c"]
    rows("a")
    rows("d")  # no room for all of them: the one that was asked for longest ago goes
    rows("a"), rows("b")
    assert asked == ["a", "b", "c", "d", "b"]
    assert len(rows("long", 50)) == 50


def test_of_an_older_stand_nothing_is_kept_and_of_another_warehouse_nothing_is_taken() -> None:
    kept = Remembered()

    def told(stand: tuple[int, int], value: str) -> str:
        return kept.answer(Tables(stand), "a", lambda: value)

    assert [told((1, 0), "old"), told((2, 0), "other"), told((1, 1), "new")] == ["old", "other", "new"]
    assert [told((2, 0), "?"), told((1, 1), "?"), told((1, 0), "late")] == ["other", "new", "late"]
    assert told((1, 0), "later") == "later"
    assert kept.answer(object(), "a", lambda: 1) + kept.answer(object(), "a", lambda: 2) == 3
    with pytest.raises(ZeroDivisionError):
        kept.answer(Tables(), "b", lambda: 1 // 0)
    assert kept.answer(Tables((1, 1)), "b", lambda: 5) == 5


def test_whoever_asks_the_same_at_once_waits_for_one_answer() -> None:
    kept, begun, found = Remembered(), Event(), Event()

    def slowly() -> list[int]:
        begun.set()
        assert found.wait(10)
        return [1]

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(kept.answer, Tables(), "a", slowly)
        assert begun.wait(10)
        second = threads.submit(kept.answer, Tables(), "a", lambda: [2])
        found.set()
        assert first.result(10) is second.result(10)


class Unseen(dt.datetime):
    """A moment that nobody may look at."""

    def _looked(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("an answer that is kept whatever the moment looked at the moment")

    isoformat = replace = astimezone = date = __lt__ = __le__ = __gt__ = __ge__ = __sub__ = __str__ = _looked


def test_what_is_kept_whatever_the_moment_does_not_look_at_it() -> None:
    ledger = Ledger()
    one, two = ledger.pipeline("1", "2")
    for days in range(4):
        ledger.move(ledger.deal(one, START), two, START + dt.timedelta(days=days))
    with followed(ledger).as_of(dt.datetime(2099, 1, 1)) as tables:
        for name, metric in catalogue.METRICS.items():
            if metric.kind in answering.TIMELESS:
                for by in ((), ("owner",) if "owner" in metric.dimensions else ()):
                    unseen = question(name, *by, as_of=Unseen(2099, 1, 1))
                    assert answering.answer(tables, unseen) == answering.answer(tables, question(name, *by))
    assert len({asked(question("win_rate", as_of=dt.datetime(2099, 1, day)), timeless=True) for day in (1, 2)}) == 1
    assert len({asked(question("win_rate", as_of=dt.datetime(2099, 1, day))) for day in (1, 2)}) == 2


@pytest.mark.django_db(transaction=True)
def test_what_happens_in_between_is_counted(counted: list[str]) -> None:
    make.deal()
    assert ask.report("deals_added", as_of=DAY).rows[0]["value"] == 1
    ask.report("deals_added", as_of=DAY).rows[0]["value"] = 7
    assert ask.report("deals_added", as_of=DAY + dt.timedelta(days=1)).rows[0]["value"] == 1
    assert counted == ["deals_added"]
    make.deal().win(by=SYSTEM)
    assert ask.report("deals_added", as_of=DAY).rows[0]["value"] == 2
    moment = dt.datetime.combine(DAY, dt.time(), dt.UTC)
    before = ask_health.health(as_of=moment)
    assert ask_health.health(as_of=moment) is before
    make.deal()
    assert ask_health.health(as_of=moment) is not before
    with one_look():
        ask.report("deals_added", as_of=DAY)
        make.deal()
        assert ask.report("win_rate", by=["owner"], as_of=DAY).rows[0]["n"] == 1
        assert ask.report("deals_added", by=["owner"], as_of=DAY).rows[0]["value"] == 3  # one stand for all
    assert ask.report("deals_added", as_of=DAY).rows[0]["value"] == 4


@pytest.mark.django_db(transaction=True)
def test_nobody_is_shown_an_answer_about_what_they_may_not_see(counted: list[str]) -> None:
    teams = [members.add(Team(name=name), by=SYSTEM) for name in ("North", "South")]
    ann, bob = (
        members.add(User(name=name, email=f"{name}@example.com", role=Role.SELLER, team=team), by=SYSTEM)
        for name, team in zip(("ann", "bob"), teams, strict=True)
    )
    for owner, deals in ((ann, 1), (bob, 2)):
        for _ in range(deals):
            make.deal(owner=owner)

    def told(user: Any) -> tuple[int, int]:
        user.refresh_from_db()
        asked: dict[str, Any] = {"user": user, "as_of": DAY}
        focus = ask_health.health(**asked).answers[3]
        return ask.report("deals_added", **asked).rows[0]["n"], focus.evidence[0].n or 0

    assert told(ann) == told(bob) == (3, 3)
    assert counted.count("deals_added") <= 3  # one of all, for both
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    assert (told(ann), told(bob), told(ann)) == ((1, 1), (2, 2), (1, 1))
    members.change(Visibility.objects.get(kind="deal"), see=Level.TEAM, by=SYSTEM)
    assert (told(ann), told(bob)) == ((1, 1), (2, 2))
    members.change(bob, team_id=teams[0].pk, by=SYSTEM)
    assert (told(ann), told(bob)) == ((3, 3), (3, 3))
    members.change(bob, is_active=False, by=SYSTEM)
    assert (told(ann), told(bob)) == ((3, 3), (0, 0))
