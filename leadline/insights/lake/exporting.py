"""The warehouse's tables as Parquet, in parts of neighbouring records; only parts that changed are written again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leadline.insights import moments
from leadline.insights.lake.contents import SPAN, VERSION, contents
from leadline.insights.lake.manifest import NAME, Manifest, NoLake, Part, read
from leadline.insights.log.entities import ENTITIES
from leadline.insights.store.reader import Reader
from leadline.insights.store.tables import VERSION as SHAPE
from leadline.insights.store.warehouse import Warehouse

LAKE = VERSION * 1000 + SHAPE  # the shape of the lake and that of the warehouse's tables


@dataclass(frozen=True)
class Exported:
    """What an export did: rows and parts in the lake, parts written now."""

    rows: int
    parts: int
    written: int


def export(warehouse: Warehouse, folder: Path) -> Exported:
    """Bring the lake in `folder` up to the warehouse; what is there stays where it is the same.

    A crash leaves the lake as it was. Files that the lake of before needs are kept until the next export, for those who
    are reading it. Raises NoLake for a folder in which something else lies, OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _before(folder)
    lake = Manifest(LAKE, before.generation + 1)
    written = 0
    with warehouse.as_of(moments.LAST) as tables:
        progress = tables.arrow("SELECT txn, id FROM progress").to_pylist()[0]
        lake.cursor = (progress["txn"], progress["id"])
        lake.last = _last_change(tables)
        for table in contents():
            columns = lake.columns[table] = _columns(tables, table)
            same = before.columns.get(table) == columns
            parts = lake.parts.setdefault(table, {})
            for bucket, rows, digest in _buckets(tables, table, next(iter(columns))):
                old = before.parts.get(table, {}).get(bucket) if same else None
                if old and (old.rows, old.digest) == (rows, digest):
                    parts[bucket] = old
                    continue
                parts[bucket] = Part(f"{table}/bucket={bucket}/{lake.generation}.parquet", rows, digest)
                _write(tables, table, next(iter(columns)), bucket, folder / parts[bucket].path)
                written += 1
    lake.write(folder)
    _sweep(folder, lake.files() | before.files())
    every = [part for parts in lake.parts.values() for part in parts.values()]
    return Exported(sum(part.rows for part in every), len(every), written)


def _before(folder: Path) -> Manifest:
    if (folder / NAME).exists():
        return read(folder, LAKE)
    if any(folder.iterdir()):
        raise NoLake(f"{folder} is not empty and holds no lake. Choose an empty folder.")
    return Manifest(LAKE)


def _last_change(tables: Reader) -> str:
    every = " UNION ALL ".join(f"SELECT max(valid_from) AS t FROM {entity.versions}" for entity in ENTITIES.values())
    last = tables.arrow(f"SELECT max(t) AS last FROM ({every})").column("last")[0].as_py()
    return last.isoformat() if last else ""


def _columns(tables: Reader, table: str) -> dict[str, str]:
    found = tables.arrow(f"DESCRIBE SELECT * FROM {table}").to_pylist()
    return {row["column_name"]: row["column_type"] for row in found}


def _buckets(tables: Reader, table: str, key: str) -> list[tuple[str, int, str]]:
    found = tables.arrow(
        f'SELECT CAST(coalesce("{key}", -1) // {SPAN} AS VARCHAR) AS bucket, count(*) AS rows, '
        f"CAST(bit_xor(hash(t)) AS VARCHAR) AS digest FROM {table} AS t GROUP BY bucket ORDER BY bucket"
    )
    return [(row["bucket"], row["rows"], row["digest"]) for row in found.to_pylist()]


def _write(tables: Reader, table: str, key: str, bucket: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    target = str(path).replace("'", "''")
    tables.arrow(
        f'COPY (SELECT * FROM {table} WHERE coalesce("{key}", -1) // {SPAN} = {bucket} ORDER BY ALL) '
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )


def _sweep(folder: Path, kept: set[str]) -> None:
    """Away with the files of exports before the last, and of one that was cut short."""
    for path in folder.glob("*/bucket=*/*.parquet"):
        if str(path.relative_to(folder)) not in kept:
            path.unlink(missing_ok=True)
