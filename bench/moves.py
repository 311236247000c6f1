"""What a move costs at the verb: `python -m bench.moves --deals 100000 --moves 2000 [--postgresql]`.

`deal.move_to(stage, by=person)` on open deals at random, in turns with the same done by hand: one transaction that
reads the row, updates it, and inserts the row of the log.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import folders
from bench.cluster import cluster
from bench.figures import Figure, options, percentile, show
from bench.opened import open_leadline
from bench.person import administrator

READ = "SELECT * FROM crm_deal WHERE id = {0}"
UPDATE = (
    "UPDATE crm_deal SET stage_id = {0}, stage_entered_at = {0}, last_touch_at = {0}, updated_at = {0} WHERE id = {0}"
)
INSERT = (
    "INSERT INTO history_change (occurred_at, recorded_at, by_id, via, entity, record_id, verb, before, after) "
    "VALUES ({0}, {0}, {0}, 'web', 'deal', {0}, 'change', {0}, {0})"
)


Move = Callable[[int, int], object]


@dataclass
class Times:
    """Seconds of each move on the wall, and of all together on the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def take(self, move: Move, deal: int, stage: int) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        move(deal, stage)
        self.wall.append(time.perf_counter() - wall)
        self.cpu += time.process_time() - cpu


def measure(data: Path, moves: int, database_url: str = "") -> tuple[Times, Times]:
    """Moves by the verb, and by hand."""
    open_leadline(data, database_url)
    deals, stages, verb = _verb()
    chance = random.Random(1)
    ours, bare = Times(), Times()
    connect = _by_psycopg(database_url) if database_url else _by_sqlite(data)
    with closing(connect) as db:
        by_hand = _by_hand(db, "%s" if database_url else "?")
        for _ in range(moves):
            for times, move in ((ours, verb), (bare, by_hand)):
                deal = chance.choice(list(deals))
                deals[deal] = chance.choice([stage for stage in stages if stage != deals[deal]])
                times.take(move, deal, deals[deal])
    return ours, bare


def _verb() -> tuple[dict[int, int], list[int], Move]:
    """Open deals and where they stand, the stages, and the product's way to move."""
    from leadline.crm.models import Deal, Stage

    person = administrator()
    records = {deal.pk: deal for deal in Deal.objects.open().select_related("pipeline", "stage")[:5000]}
    places = {stage.pk: stage for stage in Stage.objects.kept().select_related("pipeline")}
    stands = {pk: deal.stage_id for pk, deal in records.items()}
    return stands, list(places), lambda deal, stage: records[deal].move_to(places[stage], by=person)


def _by_hand(db: Any, mark: str) -> Move:
    """Read, update, insert, commit: what cannot be left out."""
    read, update, insert = (sql.format(mark) for sql in (READ, UPDATE, INSERT))
    row = db.execute("SELECT after FROM history_change WHERE entity = 'deal' ORDER BY id DESC LIMIT 1").fetchone()
    db.commit()
    before = json.dumps({"stage_id": 1})

    def move(deal: int, stage: int) -> None:
        now = time.strftime("%Y-%m-%d %H:%M:%S.000000")
        if mark == "?":
            db.execute("BEGIN IMMEDIATE")
        db.execute(read, (deal,)).fetchone()
        db.execute(update, (stage, now, now, now, deal))
        db.execute(insert, (now, now, 1, deal, before, row[0]))
        db.commit()

    return move


def _by_sqlite(data: Path) -> sqlite3.Connection:
    """The same file, opened as the product opens it."""
    db = sqlite3.connect(data / "leadline.sqlite3", isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA foreign_keys=ON;"
    )
    return db


def _by_psycopg(database_url: str) -> Any:
    import psycopg  # only where there is a PostgreSQL

    return psycopg.connect(database_url)


def figures(ours: Times, bare: Times, where: str, aim: float | None) -> list[Figure]:
    """Milliseconds at the median and at the 95th percentile, and on the processor on average."""
    count = len(ours.wall)
    found = []
    for share, wanted in ((0.5, None), (0.95, aim)):
        one, other = percentile(ours.wall, share) * 1000, percentile(bare.wall, share) * 1000
        found.append(Figure(f"move on {where}, p{share * 100:.0f}", one, "ms", other, wanted, count))
    mean, bare_mean = ours.cpu / count * 1000, bare.cpu / count * 1000
    return [*found, Figure("processor per move, mean", mean, "ms", bare_mean, None, count)]


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--moves", type=int, default=2000)
    parser.add_argument("--work", type=Path, required=True, help="a folder for generated files and imported data")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    asked: argparse.Namespace = parser.parse_args()
    baseline = "the same row read, updated and its log row inserted in one transaction, by the bare driver"
    if asked.postgresql:
        with cluster() as url:
            data = asked.work / "data-postgresql"
            folders.bring_in(data, folders.files(asked.work / f"files-{asked.deals}", asked.deals), DATABASE_URL=url)
            found = figures(*measure(data, asked.moves, url), "PostgreSQL", None)
            from django.db import connections

            connections.close_all()
    else:
        found = figures(*measure(folders.imported(asked.work, asked.deals), asked.moves), "SQLite", 5)
    show(f"{asked.moves:,} moves among {asked.deals:,} deals", baseline, found, asked.json)


if __name__ == "__main__":
    main()
