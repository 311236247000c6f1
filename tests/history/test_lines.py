"""The log in bulk says the same as the log row by row."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.history import lines, reading
from leadline.history.writing import Entry, append, writing
from leadline.insights.log.arrival import SCHEMA, arrow, arrow_of_lines

pytestmark = pytest.mark.django_db


def _write(count: int) -> None:
    odd = {"title": "tab\t, line\n, quote \" ' \\ and \x01 é 漢", "value": "1.00"}
    entries = [
        Entry("deal", n, "change", timezone.now(), odd, {"title": None}, undoes=n % 2 or None) for n in range(count)
    ]
    with writing():
        append([*entries, Entry("person", 1, "create", timezone.now(), odd)], SYSTEM)


def test_every_row_of_the_kinds_asked_for_up_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "PART", 4)
    monkeypatch.setattr(lines, "GROUP", 2)
    _write(7)
    rows = [row for row in reading.changes_after(reading.START, 10_000) if row[6] == "deal"]
    end = reading.Cursor(rows[-1][1], rows[-1][0])
    _write(2)
    parts = [arrow_of_lines(part) for part in lines.lines_upto(end, SCHEMA.names, ["deal", "lead"])]
    assert sorted(row["id"] for part in parts for row in part.to_pylist()) == [row[0] for row in rows]
    assert (
        sorted((row for part in parts for row in part.to_pylist()), key=lambda row: row["id"])
        == arrow(rows).to_pylist()
    )


def test_an_empty_log_has_no_lines() -> None:
    assert list(lines.lines_upto(reading.START, SCHEMA.names, ["deal"])) == []
