"""Do the rows say what the change log says?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import cast

from django.db import DatabaseError

from leadline.history.recorded import Recorded
from leadline.history.registry import MEMBERS, recorded_models
from leadline.history.replay import disagreements
from leadline.house.doctor.finding import Finding, bad, good
from leadline.insights import warehouse

ABOUT = "log and rows"
SHOWN = 3
MEND = (
    "Row and log disagree. If somebody wrote to the database past Leadline, restore a backup or set the row back; "
    "if nobody did, it is a fault of Leadline's: keep a copy of the data folder and report it."
)


def look() -> Iterator[Finding]:
    """Every recorded kind replayed from the log and compared with its rows, field by field."""
    try:
        yield from _compare()
    except DatabaseError as error:
        yield bad(ABOUT, f"cannot be read: {' '.join(str(error).split())}", MEND)


def _compare() -> Iterator[Finding]:
    agreed = 0
    for model in (*MEMBERS, *recorded_models().values()):
        # People's rows are below the log and no Recorded, but have all that is asked for here.
        found = list(islice(disagreements(cast(type[Recorded], model)), SHOWN + 1))
        for record, field, row, logged in found[:SHOWN]:
            yield bad(ABOUT, _in_words(model.ENTITY, record, field, row, logged), MEND)
        if len(found) > SHOWN:
            yield bad(ABOUT, f"{model.ENTITY}: and more", MEND)
        agreed += not found
    yield good(ABOUT, f"{agreed} kinds of records are what the change log says")


def look_at_warehouse() -> Iterator[Finding]:
    """The warehouse as it is followed, against one built anew from the log."""
    if warehouse.agrees():
        yield good("warehouse", "it is what the change log says")
    else:
        yield bad("warehouse", "it is not what the change log says", "Stop Leadline and delete warehouse*.duckdb*.")


def _in_words(entity: str, record: int, field: str, row: object, logged: object) -> str:
    if not field:
        return f"{entity} {record} is in the {'table' if row else 'log'} but not in the {'log' if row else 'table'}"
    return f"{entity} {record}: {field} is {row!r} in its row and {logged!r} in the log"
