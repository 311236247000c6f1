"""Where answers are kept: what cannot be written, what somebody has altered, and what a process left behind."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from leadline.accounts.models import Role, User
from leadline.insights.kept import shelf
from leadline.insights.kept.asking import Kept, Kind, latest
from leadline.insights.kept.subject import Subject
from leadline.web.insights.ageing import age_of

made: list[int] = []
KIND = Kind("counted", 1, lambda _subject, _user: made.append(1) or len(made), lambda n: n, int)


@pytest.fixture
def folder() -> Path:
    made.clear()
    shelf.forget()
    return settings.LEADLINE_DATA / "kept"


@pytest.fixture
def user(db: None) -> User:
    found: User = User.objects.create_user("chief@example.com", "three green bottles", role=Role.ADMINISTRATOR)
    return found


def _look(user: User) -> Kept[int]:
    return latest(KIND, Subject(), user)


def test_what_cannot_be_kept_is_said_and_not_made_again_at_once(folder: Path, user: User) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("in the way")
    found = [_look(user) for _ in range(3)]
    assert [one.value for one in found] == [1, 1, 1]
    assert age_of(found[-1]).failed.startswith("It could not be kept: the data folder cannot be written to.")
    folder.unlink()
    shelf.forget()
    assert (_look(user).value, _look(user).failed) == (2, "")


@pytest.mark.parametrize(
    "altered",
    [
        lambda _whole: "[" * 100_000,
        lambda whole: json.dumps({**whole, "begun": whole["begun"][:19]}),
        lambda whole: json.dumps({**whole, "took": "long"}),
        lambda whole: json.dumps({**whole, "stand": ["a", "b"]}),
    ],
)
def test_an_altered_file_is_made_anew(folder: Path, user: User, altered) -> None:  # type: ignore[no-untyped-def]
    _look(user)
    [path] = folder.glob("*.json")
    path.write_text(altered(json.loads(path.read_text())))
    assert (_look(user).value, _look(user).failed) == (2, "")


def test_drafts_left_behind_are_tidied(folder: Path, user: User) -> None:
    folder.mkdir(exist_ok=True)
    old, new = folder / "counted-a.1-2", folder / "counted-b.1-2"
    for path in (old, new):
        path.write_text("{")
    os.utime(old, (1, 1))
    _look(user)
    assert (old.exists(), new.exists()) == (False, True)
