"""Questions to the full-text indexes, in each database's own words; for several kinds of records at once.

All answer (rank, name): the rank says the kind and the record, and within a kind the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from leadline.crm.searching.models import ranks_of
from leadline.crm.searching.seeing import Seen

FEW = 400  # names up to which sorting them is quicker than walking along the ranks
INDEXED = 3  # letters of a beginning that FTS5 has an index for
MANY = 60  # words that a beginning may become
WINDOWS = (500, 5000)  # documents looked through before an index is asked; the second for whoever sees few of them
LAST = chr(0x10FFFF)
OWN = """ AND array_to_tsvector(string_to_array(d.kind::text || replace(d.name || ' ' || d.body, ' ',
          ' ' || d.kind::text), ' ')) @@ %s::tsquery"""

# Each term is a list of which one must stand there: (word, whether it may go on).
Term = Sequence[tuple[str, bool]]
Found = list[tuple[int, str]]
Question = tuple[str, list[Any]]
Part = tuple[Seen, bool]  # and whether only a record's own words count


def named(kinds: Sequence[Seen], name: str) -> Found:
    """Up to FEW of each kind whose name is this one, or begins with it; by chance where there are more."""
    between, values = _between(name)
    return _union(_of_few(of, between, values) for of in kinds)


def bearing(kinds: Sequence[Seen], name: str) -> Found:
    """Up to FEW of each kind whose name is just this one."""
    return _union(_of_few(of, "d.name = %s", [name]) for of in kinds)


def _of_few(of: Seen, where: str, values: list[Any]) -> Question:
    # Said in the order of the index, or PostgreSQL reads the whole table when it expects to find enough at once.
    order = " ORDER BY d.name USING ~<~" if connection.vendor == "postgresql" else ""
    sql = f"SELECT d.rank, d.name FROM searching_document d WHERE d.kind = %s AND {where}{of.sql}{order} LIMIT {FEW}"
    return sql, [of.place, *values, *of.values]


def beginning(kinds: Sequence[Seen], name: str, terms: Sequence[Term], most: int) -> Found:
    """The first of each kind whose name begins with this one."""
    return _asked([(of, False) for of in kinds], "names", terms, most, _between(name))


def matching(kinds: Sequence[Seen], index: str, terms: Sequence[Term], most: int) -> Found:
    """The first of each kind whose `names`, or any `words`, hold every term.

    The names of the records that one belongs to count for whoever may see those.
    """
    parts = []
    for of in kinds:
        shut = index == "words" and of.parties is not None
        parts += [(of, True), (of.parties, False)] if shut and of.parties else [(of, False)]
    return _asked(parts, index, terms, most, ("", []))


def _asked(parts: list[Part], index: str, terms: Sequence[Term], most: int, also: Question) -> Found:
    if connection.vendor == "postgresql":
        return _on_postgresql(parts, index, terms, most, also)
    match = _fts5(terms)
    return _union(_on_sqlite(part, index, match, most, also) for part in parts)


def _on_sqlite(part: Part, index: str, match: str, most: int, also: Question) -> Question:
    of, own = part
    more = (f" AND {also[0]}" if also[0] else "") + of.sql
    sql = f"""SELECT d.rank, d.name FROM searching_{index} JOIN searching_document d ON d.rank = searching_{index}.rowid
              WHERE searching_{index} MATCH %s AND searching_{index}.rowid >= %s AND searching_{index}.rowid < %s{more}
              ORDER BY searching_{index}.rowid DESC LIMIT %s"""
    asked = f"{{name body}} : ({match})" if own else match
    return sql, [asked, *ranks_of(of.place), *also[1], *of.values, most]


def _on_postgresql(parts: list[Part], index: str, terms: Sequence[Term], most: int, also: Question) -> Found:
    """Of what is common, enough stands among the first by rank; of what is not, there is little to be sorted.

    PostgreSQL's own guess, which of the two it is, is off by a thousand for beginnings of words.
    """
    found: dict[int, Found] = {}
    left = list(range(len(parts)))
    for window in (*WINDOWS, 0):
        asking = [place for place in left if window != WINDOWS[1] or parts[place][0].sql]
        rows = _each(_in_window(parts[place], index, terms, most, also, window) for place in asking)
        found |= dict(zip(asking, rows, strict=True))
        left = [place for place in left if len(found[place]) < most]
        if not left:
            break
    return [row for rows in found.values() for row in rows]


def _in_window(part: Part, index: str, terms: Sequence[Term], most: int, also: Question, window: int) -> Question:
    of, own = part
    asked = _tsquery(of.place, terms)
    where = f"d.{index} @@ %s::tsquery{OWN if own else ''}{f' AND {also[0]}' if also[0] else ''}{of.sql}"
    values = [*([asked] * (2 if own else 1)), *also[1], *of.values, most]
    if not window:
        return (
            f"SELECT d.rank, d.name FROM searching_document d WHERE {where} ORDER BY d.rank + 0 DESC LIMIT %s",
            values,
        )
    sql = f"""SELECT d.rank, d.name FROM (SELECT * FROM searching_document WHERE rank >= %s AND rank < %s
              ORDER BY rank DESC LIMIT {window}) d WHERE {where} ORDER BY d.rank DESC LIMIT %s"""
    return sql, [*ranks_of(of.place), *values]


def _between(name: str) -> Question:
    if connection.vendor == "postgresql":
        return "d.name ~>=~ %s AND d.name ~<~ %s", [name, name + LAST]
    return "d.name >= %s AND d.name < %s", [name, name + LAST]


def _fts5(terms: Sequence[Term]) -> str:
    groups = (" OR ".join(_begun(word) if goes_on else f'"{word}"' for word, goes_on in term) for term in terms)
    return " AND ".join(f"({group})" for group in groups)


def _begun(word: str) -> str:
    """FTS5 walks whole words as it goes, but gathers all rows of a beginning first, unless its index knows that length.

    So a longer beginning is spelt out as the words that it may become, as long as they are not too many.
    """
    if len(word) > INDEXED and not word.isdigit():
        sql = f"SELECT word FROM searching_word WHERE word >= %s AND word < %s LIMIT {MANY}"
        rows = _rows(sql, [word, word + LAST])
        if len(rows) < MANY:
            return " OR ".join(f'"{row[0]}"' for row in rows) or f'"{word}"'
    return f'"{word}" *'


def _tsquery(place: int, terms: Sequence[Term]) -> str:
    groups = (" | ".join(f"'{place}{word}'" + ":*" * goes_on for word, goes_on in term) for term in terms)
    return " & ".join(f"({group})" for group in groups)


def _union(questions: Iterable[Question]) -> Found:
    return [row for rows in _each(questions) for row in rows]


def _each(questions: Iterable[Question]) -> list[Found]:
    """The rows of each question, asked all at once."""
    asked = list(questions)
    if not asked:
        return []
    parts = (f"SELECT {place}, rank, name FROM ({sql}) q{place}" for place, (sql, _values) in enumerate(asked))
    found: list[Found] = [[] for _ in asked]
    for place, rank, name in _rows(" UNION ALL ".join(parts), [value for _sql, values in asked for value in values]):
        found[place].append((rank, name))
    return found


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as db:
        db.execute(sql, values)
        return list(db.fetchall())
