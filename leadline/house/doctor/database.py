"""Is the database whole, and its schema this version's?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from leadline.house import schema
from leadline.house.doctor.finding import Finding, bad, good

ABOUT = "database"
RESTORE = "Restore a backup; the file as it is now may still give up rows: sqlite3 FILE .recover"


def look() -> Iterator[Finding]:
    """Whether it answers, is undamaged, and how its schema stands."""
    if connection.vendor == "sqlite" and not Path(str(settings.DATABASES["default"]["NAME"])).exists():
        yield bad(ABOUT, "there is none yet", f"{settings.COMMAND} serve makes it.")
        return
    try:
        if connection.vendor == "sqlite":
            yield from _damage()
        yield _schema()
    except DatabaseError as error:
        yield bad(ABOUT, " ".join(str(error).split()), _mend())


def current() -> bool:
    """Whether tables can be looked into: they are this version's."""
    try:
        return schema.state() is schema.State.CURRENT
    except DatabaseError:
        return False


def _damage() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        faults = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        orphans = cursor.fetchmany(5)
    if faults != ["ok"]:
        yield bad(ABOUT, f"the file is damaged: {'; '.join(faults)}", RESTORE)
    elif orphans:
        tables = ", ".join(sorted({row[0] for row in orphans}))
        yield bad(ABOUT, f"rows point to rows that are gone, in {tables}", RESTORE)
    else:
        yield good(ABOUT, "the SQLite file is undamaged")


def _schema() -> Finding:
    found = schema.state()
    text = schema.explain(found)
    if found is schema.State.CURRENT:
        return good(ABOUT, text)
    what, _, mend = text.partition(". ")
    return bad(ABOUT, what, mend or f"{settings.COMMAND} serve")


def _mend() -> str:
    if connection.vendor == "sqlite":
        return RESTORE
    return "Is the server of DATABASE_URL running, and may this user connect?"
