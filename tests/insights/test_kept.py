"""Kept answers: shown at once, made anew in the background, void when rights change, and quiet about failures."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import Role, User, Visibility
from leadline.insights.kept import asking
from leadline.insights.kept.asking import Kind, latest
from leadline.insights.kept.plain import made, plain
from leadline.insights.kept.running import Runs
from leadline.insights.kept.subject import Subject
from leadline.insights.question import BadQuestion
from tests import factories


@dataclass(frozen=True)
class Part:
    day: dt.date
    share: float | None = None


@dataclass(frozen=True)
class Whole:
    name: str
    parts: tuple[Part, ...]
    by: dict[str, tuple[int, float]]


def test_answers_come_back_from_json_as_they_were() -> None:
    whole = Whole("a", (Part(dt.date(2026, 2, 28), 0.5), Part(dt.date(2024, 2, 29))), {"x": (3, 1.5)})
    assert made(Whole, json.loads(json.dumps(plain(whole)))) == whole
    assert plain(float("nan")) is None


class Asked:
    """A kind of answer that counts how often it is worked out."""

    def __init__(self) -> None:
        self.times, self.fails = 0, None
        self.by: list[User | None] = []
        self.kind = Kind("counted", 1, self.find, lambda n: n, int)

    def find(self, subject: Subject, user: User | None) -> int:
        self.times += 1
        self.by.append(user)
        if self.fails:
            raise self.fails
        return self.times


def _person(name: str, role: Role) -> User:
    found: User = User.objects.create_user(f"{name}@example.com", "three green bottles", role=role)
    return found


def _pass(seconds: float) -> None:
    """As if so much time had passed since what is kept was made."""
    for path in (settings.LEADLINE_DATA / "kept").glob("*.json"):
        kept = json.loads(path.read_text())
        for name in ("begun", "tried"):
            if kept[name]:
                kept[name] = (dt.datetime.fromisoformat(kept[name]) - dt.timedelta(seconds=seconds)).isoformat()
        path.write_text(json.dumps(kept))


@pytest.mark.django_db
def test_an_answer_is_made_once_until_what_it_stands_on_moves() -> None:
    asked, user = Asked(), _person("chief", Role.ADMINISTRATOR)
    assert [latest(asked.kind, Subject(), user).value for _ in range(3)] == [1, 1, 1]
    factories.deal()
    found = latest(asked.kind, Subject(), user)  # too soon after the last one for another
    assert (found.value, found.moved) == (1, True)
    assert found.due
    assert found.due > timezone.now()
    _pass(asking.REST)
    assert latest(asked.kind, Subject(), user).value == 2
    _pass(asking.REST)
    assert latest(asked.kind, Subject(), user).value == 2  # nothing has moved
    path = next((settings.LEADLINE_DATA / "kept").glob("*.json"))
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("{")  # torn: it is made again
    assert latest(asked.kind, Subject(), user).value == 3
    path.write_text(path.read_text().replace('"value": 3', '"value": {"of": "another shape"}'))
    assert latest(asked.kind, Subject(), user).value == 4


@pytest.mark.django_db
def test_other_rights_see_other_answers() -> None:
    asked = Asked()
    chief, other = _person("chief", Role.ADMINISTRATOR), _person("other", Role.ADMINISTRATOR)
    assert [latest(asked.kind, Subject(), one).value for one in (chief, other)] == [1, 1]  # they see all: they share
    assert asked.by == [None]
    Visibility.objects.update_or_create(kind="deal", defaults={"see": "owner", "change": "owner"})
    seller, second = (_person(str(n), Role.SELLER) for n in (1, 2))
    assert [latest(asked.kind, Subject(), one).value for one in (seller, second, seller)] == [2, 3, 2]
    assert asked.by[1:] == [seller, second]
    User.objects.filter(pk=chief.pk).update(role=Role.SELLER)
    chief.refresh_from_db()
    assert latest(asked.kind, Subject(), chief).value == 4  # what was kept for all is not theirs any more


@pytest.mark.django_db
def test_a_failure_is_a_sentence_and_is_not_tried_at_every_click() -> None:
    asked, user = Asked(), _person("chief", Role.ADMINISTRATOR)
    latest(asked.kind, Subject(), user)
    asked.fails = RuntimeError("secret")
    factories.deal()
    _pass(asking.REST)
    found = latest(asked.kind, Subject(), user)
    assert found.value == 1
    assert "something failed" in found.failed
    assert "secret" not in found.failed
    assert [latest(asked.kind, Subject(), user).value, asked.times] == [1, 2]
    asked.fails = BadQuestion("There is no such team.")
    _pass(asking.RETRY)
    assert latest(asked.kind, Subject(), user).failed == "There is no such team."
    asked.fails = None
    _pass(asking.RETRY)
    found = latest(asked.kind, Subject(), user)
    assert (found.value, found.failed) == (4, "")


def test_one_job_after_another_one_of_each_and_none_stands_in_the_way_of_others() -> None:
    runs, done, go, over = Runs(limit=0.05), [], threading.Event(), threading.Event()

    def stuck() -> None:
        go.wait(10)
        done.append("stuck")

    runs.add("stuck", stuck, lambda: done.append("late"))
    runs.add("stuck", lambda: done.append("twice"), lambda: None)
    runs.add("fails", lambda: 1 / 0, lambda: None)  # type: ignore[arg-type, return-value]
    runs.add("next", over.set, lambda: None)
    assert over.wait(10)
    assert done == ["late"]
    assert runs.begun("stuck")
    go.set()


def test_two_threads_that_ask_for_the_same_get_one_job() -> None:
    runs, begun, held, count = Runs(), threading.Event(), threading.Event(), []

    def work() -> None:
        count.append(1)
        begun.set()
        held.wait(10)

    asking_now = [threading.Thread(target=runs.add, args=("key", work, lambda: None)) for _ in range(8)]
    for thread in asking_now:
        thread.start()
    for thread in asking_now:
        thread.join()
    assert begun.wait(10)
    runs.add("key", work, lambda: None)
    assert len(count) == 1
    held.set()
