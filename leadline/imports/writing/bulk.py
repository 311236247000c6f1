"""Many rows by one statement, from the plain values of the log; times stay the text they are."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import orjson
from django.db import connection, models
from django.utils import timezone

from leadline.imports.planning.staging import in_parts

Model = type[models.Model]
Convert = Callable[[Any], Any]
COPY_FROM = 50


def insert(model: Model, rows: Sequence[dict[str, Any]]) -> None:
    """Rows as attribute name -> plain value, ids given; what is missing takes the field's default."""
    columns = shapes(model, connection.vendor)
    stamp = timezone.now()
    fallbacks = [default(field, stamp) for field, _convert in columns]
    places = {field.attname: (place, convert) for place, (field, convert) in enumerate(columns)}
    values = [filled(row, fallbacks, places) for row in rows]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(field.column) for field, _convert in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(values) > COPY_FROM:
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for value in values:
                    copy.write_row(value)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


def filled(row: dict[str, Any], fallbacks: list[Any], places: dict[str, tuple[int, Convert]]) -> list[Any]:
    """A row's columns in order. A record names few of its columns: those are put over the fallbacks of all."""
    values = fallbacks.copy()
    for name, value in row.items():
        if value is not None and name in places:
            place, convert = places[name]
            values[place] = convert(value)
    return values


def update(model: Model, rows: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """(id, attribute name -> plain value) each; rows that change the same columns share a statement."""
    columns = {field.attname: (field, convert) for field, convert in shapes(model, connection.vendor)}
    quote = connection.ops.quote_name
    alike: dict[tuple[str, ...], list[list[Any]]] = {}
    for pk, changes in rows:
        names = tuple(sorted(changes))
        values = [blank(columns[name], changes[name]) for name in names]
        alike.setdefault(names, []).append([*values, pk])
    with connection.cursor() as cursor:
        for names, values in alike.items():
            sets = ", ".join(f"{quote(columns[name][0].column)} = %s" for name in names)
            cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE id = %s", values)


def blank(column: tuple[Any, Convert], value: Any) -> Any:
    """The value for the database; None becomes the empty value of a column that cannot be null."""
    field, convert = column
    return default(field, None) if value is None else convert(value)


def delete(model: Model, ids: Sequence[int]) -> None:
    """Rows gone for good."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for some in in_parts(list(ids), 500):
            cursor.execute(f"DELETE FROM {table} WHERE id IN ({', '.join(['%s'] * len(some))})", some)


@cache
def shapes(model: Model, vendor: str) -> list[tuple[Any, Convert]]:
    """The columns of a table, each with the way its plain values go in."""
    return [(field, converter(field, vendor)) for field in model._meta.concrete_fields]


def converter(field: Any, vendor: str) -> Convert:
    """From a plain value to what the database driver takes."""
    if isinstance(field, models.JSONField):
        return lambda value: orjson.dumps(value).decode()
    if isinstance(field, models.DateTimeField) and vendor == "sqlite":
        return sqlite_time
    return lambda value: value


def sqlite_time(text: Any) -> str:
    """As Django keeps times in SQLite: "2017-03-01 00:00:00", with microseconds only where there are some."""
    plain: str = text if isinstance(text, str) else text.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    short = plain[:10] + " " + plain[11:19]
    return short if plain[20:26] == "000000" else short + plain[19:26]


def default(field: Any, stamp: Any) -> Any:
    """What an unnamed column gets; automatic times get the moment of writing."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return converter(field, connection.vendor)(stamp) if stamp else None
    if field.null:
        return None
    value = field.get_default()
    return converter(field, connection.vendor)(value) if value is not None else None
