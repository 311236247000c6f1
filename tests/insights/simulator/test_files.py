"""A simulated company as files: all of it in the shapes that the import reads, the same bytes for the same seed."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from leadline.insights.simulator.cast import cast_of
from leadline.insights.simulator.files import write
from leadline.insights.simulator.naming import firm_names, person_names
from leadline.insights.simulator.population import simulate
from tests.insights.simulator import small

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    folder = tmp_path_factory.mktemp("small")
    write(small.simulation(), folder, renewals=True)
    return {path.stem: list(csv.DictReader(path.open(encoding="utf-8"))) for path in sorted(folder.glob("*.csv"))}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    until = dt.date(2026, 11, 22)
    found = []
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        paths = write(simulate("leaky_stage", seed=seed, sellers=4, deals=200, until=until), tmp_path / name)
        found.append({path.name: path.read_bytes() for path in paths})
    assert found[0] == found[1]
    assert all(found[0][name] != found[2][name] for name in ("leads.csv", "deals.csv", "activities.csv"))


def test_a_deal_stands_in_its_row_as_it_is_now(tables: dict[str, Rows]) -> None:
    won, lost, open_, parked = tables["deals"]
    assert [row["Status"] for row in (won, lost, open_, parked)] == ["won", "lost", "open", "nurture"]
    assert (won["Stage"], won["Value"], won["Currency"], won["Closed"]) == ("Close", "10000", "USD", moment(40))
    assert (won["Owner"], won["Converted lead ID"], won["SDR email"]) == ("tom.harker@brightwater.example", "L0", "")
    assert (lost["Value"], lost["Currency"], lost["Lost reason"]) == ("2000", "EUR", "No budget")
    assert (open_["Pipeline"], open_["Stage"], open_["Value"], open_["Closed"]) == ("Renewals", "Scope agreed", "", "")
    assert (parked["Contact ID"], parked["Company ID"], parked["Closed"]) == ("", "C2", "")


def test_its_past_stands_in_the_changes_in_order(tables: dict[str, Rows]) -> None:
    rows = [tuple(row.values()) for row in tables["stage_changes"]]
    assert [row[:3] + row[4:] for row in rows if row[0] == "D0"] == [
        ("D0", "Target", moment(5), "8000", "2024-05-07"),
        ("D0", "Contacted", moment(10), "", ""),
        ("D0", "Contacted", moment(15), "10000", ""),
        ("D0", "Meeting agreed", moment(20), "", ""),
        ("D0", "Meeting agreed", moment(25), "", "2024-05-17"),
        ("D0", "Close", moment(30), "", ""),
    ]
    assert [row[:3] for row in rows if row[0] == "D3"] == [
        ("D3", "Contacted", moment(50)),
        ("D3", "Nurture", moment(70)),
    ]


def test_work_names_what_it_was_done_on(tables: dict[str, Rows]) -> None:
    reviews = [row for row in tables["activities"] if row["Type"] == "Pipeline review"]
    call, mail, meeting, task = tables["activities"][len(reviews) :]
    assert {row["Owner"] for row in reviews} == {"ruth.calder@brightwater.example"}
    assert (call["Lead ID"], call["Deal ID"], call["Done at"]) == ("L0", "", moment(1, 11))
    assert (mail["Deal ID"], mail["Contact ID"], mail["Type"]) == ("D1", "P4", "E-mail")
    assert (meeting["Minutes"], task["Done at"], task["Outcome"]) == ("45", "", "")
    known = {row["Contact ID"] for row in tables["people"]}
    assert {row["Contact ID"] for row in tables["activities"]} - {""} <= known


def test_targets_and_truth_lie_beside(tmp_path: Path) -> None:
    paths = write(small.simulation(), tmp_path)
    assert not {"targets.csv", "truth.json"} & {path.name for path in paths}
    assert json.loads((tmp_path / "truth.json").read_text())["scenario"] == "healthy"
    (target,) = csv.DictReader((tmp_path / "targets.csv").open())
    assert (target["Person"], target["Bookings"]) == ("tom.harker@brightwater.example", "50000")


def test_no_two_firms_and_no_two_colleagues_are_called_the_same() -> None:
    names, _trade = firm_names(np.arange(200_000), seed=5)
    assert len(set(names.to_pylist())) == 200_000
    people = person_names(np.arange(3_000), seed=5).to_pylist()
    assert all(len(set(people[n : n + 3])) == 3 for n in range(0, 3_000, 3))
    crowd = cast_of(simulate("healthy", seed=1, sellers=200, deals=1000, until=dt.date(2026, 11, 22)).company)
    assert len(set(crowd.people)) == len(crowd.people) > 200


def moment(day: int, hour: int = 9) -> str:
    return dt.datetime.fromtimestamp(small.day(day, hour), dt.UTC).strftime("%Y-%m-%d %H:%M:%S")
