"""Work beside requests goes on after a failure, and at once when it is wanted."""

from __future__ import annotations

import threading

import pytest

from leadline.history import beside


def test_a_failure_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    wanted, done, rounds = threading.Event(), threading.Event(), []

    def work() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            wanted.set()
            raise OSError("the database is away")
        done.set()

    wanted.set()
    beside.again("counting rounds", 3600, work, wanted)
    assert done.wait(20)
    assert "counting rounds" in caplog.text
    assert rounds == [0, 1]
