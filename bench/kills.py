"""Killed in the middle: `python -m bench.kills --imports 100 --moves 1000 --work FOLDER`.

A child imports a file, or moves deals, and gets SIGKILL at a random moment; then Leadline is opened as at every start.
Counted: what was promised (an import that ended well, a move whose verb had returned) and is not there; imports of
which a part is there; and what `leadline doctor` finds. All three must be 0.
"""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench import children, folders
from bench.figures import Figure, options, show
from bench.generate import generate

COUNTS = {
    "deals": "SELECT count(*) FROM crm_deal WHERE deleted_at IS NULL",
    "activities": "SELECT count(*) FROM activities_activity WHERE deleted_at IS NULL",
    "changes": "SELECT count(*) FROM history_change WHERE entity IN ('deal', 'activity')",
}

MOVED = """
    SELECT record_id, json_extract(after, '$.stage_id') FROM history_change
    WHERE entity = 'deal' AND id > ? ORDER BY id
"""
STATE = "SELECT state FROM imports_import ORDER BY id DESC LIMIT 1"
WRITING = """
    SELECT 86400 * (julianday(finished_at) - julianday(started_at)) FROM imports_import
    WHERE state = 'done' ORDER BY id DESC LIMIT 1
"""


@dataclass
class Tally:
    """What was killed, what of it had been promised, and what went wrong."""

    kills: int = 0
    ended: int = 0
    promised: int = 0
    lost: int = 0
    halves: int = 0
    damaged: int = 0
    taken_back: int = 0


def moves(data: Path, work: Path, count: int, chance: random.Random) -> Tally:
    """Kill a mover again and again until so many moves have been promised."""
    tally, journal = Tally(), work / "journal"
    journal.unlink(missing_ok=True)
    begin = _last_change(data)
    while tally.promised < count:
        command = [sys.executable, "-m", "bench.killed", str(data), str(journal), str(tally.kills)]
        child = subprocess.Popen(command, env=children.environment(data), stdout=subprocess.PIPE, text=True)
        assert child.stdout
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.25))
        _kill(child)
        tally.kills += 1
        promised = (
            [tuple(map(int, line.split())) for line in journal.read_text().splitlines()] if journal.exists() else []
        )
        tally.promised = len(promised)
        tally.damaged += not sound(data)
        tally.lost = _missing(data, promised, begin)
    return tally


def _last_change(data: Path) -> int:
    with closing(sqlite3.connect(data / "leadline.sqlite3")) as db:
        return int(db.execute("SELECT coalesce(max(id), 0) FROM history_change").fetchone()[0])


def _missing(data: Path, promised: list[tuple[int, ...]], begin: int) -> int:
    """Promised moves that the log does not hold, deal by deal, in their order; it may hold more, never less."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for deal, stage in promised:
        wanted[deal].append(stage)
    found: dict[int, list[int]] = defaultdict(list)
    with closing(sqlite3.connect(data / "leadline.sqlite3")) as db:
        for deal, stage in db.execute(MOVED, (begin,)):
            found[deal].append(stage)
    return sum(left_over(stages, found[deal]) for deal, stages in wanted.items())


def left_over(wanted: list[int], found: list[int]) -> int:
    """How many of the wanted are not met when both are read in order."""
    missing = place = 0
    for stage in wanted:
        if stage in found[place:]:
            place = found.index(stage, place) + 1
        else:
            missing += 1
    return missing


def imports(work: Path, count: int, deals: int, chance: random.Random) -> Tally:
    """Import file after file into one folder until so many were killed, most of them in the middle of writing."""
    tally, data, number = Tally(), work / "data-kills", 0
    usual = folders.bring_in(data, _files(work, deals, 0)).seconds
    while tally.kills < count:
        number += 1
        before = _counted(data)
        command = children.leadline("import", *map(str, _files(work, deals, number)), "--yes", "--json")
        child = subprocess.Popen(
            command, env=children.environment(data), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _let_run(child, data, chance, usual)
        ended = child.poll() == 0
        _kill(child)
        _judge(tally, data, before, deals, ended)
        print(f"import {number}: {tally}", file=sys.stderr)
    with closing(sqlite3.connect(data / "leadline.sqlite3")) as db:
        tally.taken_back = db.execute("SELECT count(*) FROM imports_import WHERE state = 'failed'").fetchone()[0]
    return tally


def _let_run(child: subprocess.Popen[bytes], data: Path, chance: random.Random, usual: float) -> None:
    """For a random part of its usual time; three times in four, until it writes and for a part of its usual writing."""
    rest = chance.uniform(0.1, 1.0) * usual
    with closing(sqlite3.connect(data / "leadline.sqlite3")) as db:
        if chance.random() < 0.75:
            while child.poll() is None and db.execute(STATE).fetchone()[0] != "writing":
                time.sleep(0.002)
            rest = chance.uniform(0.0, 1.0) * (db.execute(WRITING).fetchone()[0] or 1.0)
    try:
        child.wait(rest)
    except subprocess.TimeoutExpired:
        pass


def _judge(tally: Tally, data: Path, before: dict[str, int], deals: int, ended: bool) -> None:
    """All of the import, or nothing of it; all of it when it had ended well."""
    tally.kills += not ended
    tally.ended += ended
    tally.damaged += not sound(data)
    after = _counted(data)
    whole = after["deals"] - before["deals"] == deals and after["activities"] - before["activities"] == 3 * deals
    nothing = after["deals"] == before["deals"] and after["activities"] == before["activities"]
    tally.promised += ended
    tally.lost += ended and not whole
    tally.halves += not (whole or nothing)


def _files(work: Path, deals: int, number: int) -> list[Path]:
    return generate(work / f"kills-{number}", deals, seed=number, first=number * deals)


def _counted(data: Path) -> dict[str, int]:
    with closing(sqlite3.connect(data / "leadline.sqlite3")) as db:
        return {name: db.execute(sql).fetchone()[0] for name, sql in COUNTS.items()}


def sound(data: Path) -> bool:
    """Opened as at every start, which takes back what a dead import left; then the doctor: whether all is well."""
    command, env = [sys.executable, "-m", "bench.judged", str(data)], children.environment(data)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    bad = json.loads(done.stdout) if done.returncode == 0 else [done.stderr]
    for finding in bad:
        print(f"doctor: {finding}", file=sys.stderr)
    return not bad


def _kill(child: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGKILL)
    child.wait()


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--imports", type=int, default=100)
    parser.add_argument("--moves", type=int, default=1000)
    parser.add_argument("--deals", type=int, default=300, help="deals in each imported file")
    parser.add_argument("--work", type=Path, required=True, help="a folder for files and data")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    by_import = imports(asked.work, asked.imports, asked.deals, chance)
    by_move = moves(asked.work / "data-kills", asked.work, asked.moves, chance)
    show(
        "SIGKILL in the middle",
        "none: what is promised is kept, so every aim is 0",
        figures(by_import, by_move),
        asked.json,
    )


def figures(by_import: Tally, by_move: Tally) -> list[Figure]:
    """What must be 0, and how often it was tried."""
    tried = [
        Figure("imports killed", by_import.kills, ""),
        Figure("of them in the middle of writing, taken back at the next start", by_import.taken_back, ""),
        Figure("imports that ended before their kill", by_import.ended, ""),
        Figure("moves promised", by_move.promised, ""),
        Figure("movers killed", by_move.kills, ""),
    ]
    must = {
        "ended imports lost": by_import.lost,
        "half imports": by_import.halves,
        "promised moves lost": by_move.lost,
        "starts at which doctor found damage": by_import.damaged + by_move.damaged,
    }
    return tried + [Figure(name, value, "", aim=0) for name, value in must.items()]


if __name__ == "__main__":
    main()
