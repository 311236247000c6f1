"""The warehouse as of past moments: each an own schema in memory, made when first asked for."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from itertools import count

import duckdb

from leadline.insights.derived.deriving import derive
from leadline.insights.log.entities import ACTIVITY, DEAL, ENTITIES, NOTE
from leadline.insights.store import tables
from leadline.insights.store.reader import Reader, Stand
from leadline.insights.store.relations import relations
from leadline.insights.store.sources import of_edition
from leadline.insights.store.states import literal

KEPT_EDITIONS = 6
AN_INSTANT = dt.timedelta(minutes=5)  # a question may have waited for its turn
EARLIEST = dt.datetime(1, 1, 1)  # noqa: DTZ001  naive UTC, as the tables are

_numbers = count()  # no two warehouses of a process are taken for each other


class Editions:
    """Schemas whose relations metrics read: one as things stand, some as of the moments asked for last."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db
        found = db.execute("SELECT current_database()").fetchone()
        assert found is not None
        self._home = f'"{found[0]}".main'
        self._past: OrderedDict[dt.datetime, str] = OrderedDict()
        self._made = 0
        self._stand: Stand = (next(_numbers), 0)
        self._last: dt.datetime | None = None  # when anything last happened, once that was asked
        db.execute("ATTACH IF NOT EXISTS ':memory:' AS past")

    def forget(self) -> None:
        """The log has moved: what was made of it before may be wrong now."""
        self._last = None
        self._stand = (self._stand[0], self._stand[1] + 1)
        while self._past:
            self._drop()

    def home(self) -> None:
        """Back to the relations as things stand, where the log is followed."""
        self._search(self._home)

    def reader(self, as_of: dt.datetime, *, present: bool = False) -> Reader:
        """One to whom the names of relations mean those as of this moment (naive UTC).

        `present`: it was the present when somebody asked. What others have done in the instant since then may be seen:
        cutting it off would cost an edition for every question while people work.
        """
        moment = self._last_change(as_of + AN_INSTANT if present else as_of)
        if moment is None:
            return Reader(self._db, self._home, self._stand, None)
        if moment not in self._past:
            self._past[moment] = self._make(moment)
            self.home()
        self._past.move_to_end(moment)
        while len(self._past) > KEPT_EDITIONS:
            self._drop()
        return Reader(self._db, f"past.{self._past[moment]},{self._home}", self._stand, moment)

    def _search(self, path: str) -> None:
        self._db.execute(f"SET search_path = '{path}'")

    def _drop(self) -> None:
        _moment, name = self._past.popitem(last=False)
        self._db.execute(f"DROP SCHEMA past.{name} CASCADE")

    def _last_change(self, as_of: dt.datetime) -> dt.datetime | None:
        """The moment of the last change by then, which all up to the next share. None: no change is later.

        An activity is done when it was done, also where it was written down earlier.
        """
        if self._last is None:
            self._last = self._latest("true") or EARLIEST
        if self._last <= as_of:
            return None
        return self._latest(f"happened <= {literal(as_of)}") or EARLIEST

    def _latest(self, condition: str) -> dt.datetime | None:
        times = [f"SELECT valid_from AS happened FROM {self._home}.{entity.versions}" for entity in ENTITIES.values()]
        times.append(f"SELECT done_at FROM {self._home}.{ACTIVITY.versions} WHERE done_at < current_timestamp")
        found = self._db.execute(
            f"SELECT max(happened) FROM ({' UNION ALL '.join(times)}) WHERE {condition}"
        ).fetchone()
        return found[0] if found else None

    def _make(self, moment: dt.datetime) -> str:
        self._made += 1
        name = f"edition_{self._made}"
        self._db.execute(f"CREATE SCHEMA past.{name}")
        self.home()
        for relation, select in relations(moment).items():
            self._db.execute(f"CREATE TABLE past.{name}.{relation} AS {select}")
        self._search(f"past.{name},{self._home}")
        self._derived(name, moment)
        return name

    def _derived(self, name: str, moment: dt.datetime) -> None:
        """Kept ones of deals that have not changed since; those of the others from their versions cut off then."""
        then = literal(moment)
        late = _late(then)
        if self._order_differs(name):
            late = "SELECT DISTINCT deal FROM deal_versions"
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE late AS {late}")
        versions = (
            f"SELECT * REPLACE (CASE WHEN valid_to <= {then} THEN valid_to END AS valid_to) FROM deal_versions "
            f"WHERE valid_from <= {then} AND deal IN (SELECT deal FROM late)"
        )
        derive(self._db, of_edition(versions, "deal IN (SELECT deal FROM late)"))
        for kept in tables.KEPT:
            self._db.execute(
                f"CREATE TABLE past.{name}.{kept} AS SELECT * FROM {self._home}.{kept} "
                "WHERE deal NOT IN (SELECT deal FROM late)"
            )
            self._db.execute(f"INSERT INTO past.{name}.{kept} BY NAME SELECT * FROM {kept}_in")

    def _order_differs(self, name: str) -> bool:
        orders = [
            self._db.execute(f"SELECT pipeline, stage, rank, gone FROM {schema}.stage_order ORDER BY ALL").fetchall()
            for schema in (self._home, f"past.{name}")
        ]
        return orders[0] != orders[1]


def _late(then: str) -> str:
    """SELECT the deals to which something has happened since: to them, or to what hangs or hung on them."""
    later = f"valid_from > {then}"
    hung = "".join(
        f" UNION SELECT deal FROM {entity.versions} WHERE deal IS NOT NULL AND {entity.name} IN "
        f"(SELECT {entity.name} FROM {entity.versions} WHERE {condition})"
        for entity, condition in ((ACTIVITY, f"{later} OR done_at > {then}"), (NOTE, later))
    )
    return f"SELECT deal FROM {DEAL.versions} WHERE {later}{hung}"
