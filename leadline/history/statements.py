"""Statements that are written out once and asked again and again with other values.

Django takes several times as long to write a small question as a database on the same machine to answer it. What every
click asks is written once; it stays a queryset in the code.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

Row = tuple[Any, ...]


class Statement(threading.local):
    """A queryset with samples in the place of its values: `Statement(lambda: Deal.objects.filter(pk=0))`.

    Asked with as many numbers or texts, in the order in which they stand in its SQL. One for each thread, as the
    ways back from the database to Python belong to a connection.
    """

    def __init__(self, sample: Callable[[], models.QuerySet[Any, Any]]) -> None:
        self._sample = sample
        self._compiler: Any = None
        self._model: Any = None

    def rows(self, *values: Any) -> list[Row]:
        """The columns of each row, as Python sees them."""
        if self._compiler is None:
            self._write()
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            found = cursor.fetchall()
        if not self._converters or not found:
            return list(found)
        return [tuple(row) for row in self._compiler.apply_converters(found, self._converters)]

    def records(self, *values: Any) -> list[Any]:
        """The rows as records."""
        rows = self.rows(*values)
        return [self._model.from_db(DEFAULT_DB_ALIAS, self._names, row) for row in rows]

    def record(self, *values: Any) -> Any | None:
        """The first of them; None where there is none."""
        return next(iter(self.records(*values)), None)

    def _write(self) -> None:
        query = self._sample().query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, _samples = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        self._converters = compiler.get_converters(columns)
        self._model, self._names = (
            query.model,
            [column.target.attname for column in columns if hasattr(column, "target")],
        )
        self._compiler = compiler
