"""Questions to the full-text indexes, in each database's own words. All answer (rank, name) in the order of ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.crm.searching.models import KINDS, ranks_of
from leadline.history.registry import model_of

PARTIES = {"deal": ("organization", "person"), "lead": ("organization", "person"), "person": ("organization",)}
FEW = 400  # names up to which sorting them is quicker than walking along the ranks
GUARDS = {"note": ("deal", "lead", "person", "organization"), "activity": ("deal", "lead", "activity")}
INDEXED = 3  # letters of a beginning that FTS5 has an index for
MANY = 60  # words that a beginning may become
OWN = """ AND array_to_tsvector(
          string_to_array(d.name, ' ') || string_to_array(d.body, ' ')) @@ %s::tsquery"""
LAST = chr(0x10FFFF)

# Each term is a list of which one must stand there: (word, whether it may go on).
Term = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Seen:
    """The part of a query that leaves only what a person may see, of one kind.

    `parties` is the same for records all of whose parties they see too; None where they see all parties there are.
    """

    kind: str
    sql: str = ""
    values: tuple[Any, ...] = ()
    parties: Seen | None = None

    @property
    def place(self) -> int:
        return KINDS.index(self.kind)


def seen(user: User, kind: str) -> Seen:
    """Nothing to add where they see all of the kind; else a look at the row of each document that is met."""
    model = model_of(kind)
    shut = any(not _sees_all(user, guard) for guard in GUARDS.get(kind, (kind,)))
    hidden = [party for party in PARTIES.get(kind, ()) if not _sees_all(user, party)]
    here = _exists(kind, model.objects.visible_to(user)) if shut else Seen(kind)
    if not hidden:
        return here
    rows = model.objects.visible_to(user)
    for party in hidden:
        rows = rows.filter(Q(**{party: None}) | Q(**{f"{party}__in": model_of(party).objects.visible_to(user)}))
    return replace(here, parties=_exists(kind, rows))


def _sees_all(user: User, kind: str) -> bool:
    return user.is_active and not seen_by(user, kind)


def _exists(kind: str, rows: Any) -> Seen:
    try:
        sql, values = rows.filter(pk=RawSQL("d.record_id", ())).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nothing at all, as Django finds without asking
        return Seen(kind, " AND FALSE")
    return Seen(kind, f" AND EXISTS ({sql})", tuple(values))


def named(of: Seen, name: str, terms: Sequence[Term], *, whole: bool, most: int) -> list[tuple[int, str]]:
    """Those whose name is this one (`whole`), or begins with it."""
    between, values = _between(name, whole)
    few = f"SELECT 1 FROM searching_document d WHERE d.kind = %s AND {between} LIMIT {FEW}"
    if len(_rows(few, [of.place, *values])) < FEW:
        sql = f"SELECT d.rank, d.name FROM searching_document d WHERE d.kind = %s AND {between}{of.sql}"
        rows = _rows(sql, [of.place, *values, *of.values])
        return sorted(rows, reverse=True)[:most]
    return matching(of, "names", terms, most=most, also=between, values=values)


def matching(
    of: Seen, index: str, terms: Sequence[Term], *, most: int, also: str = "", values: Sequence[Any] = ()
) -> list[tuple[int, str]]:
    """Those whose `names`, or any `words`, hold every term; names of parties count for those who may see them."""
    if index == "words" and of.parties:
        own = _matching(of, index, terms, most, also, values, own=True)
        return sorted({*own, *_matching(of.parties, index, terms, most, also, values)}, reverse=True)[:most]
    return _matching(of, index, terms, most, also, values)


def _matching(
    of: Seen, index: str, terms: Sequence[Term], most: int, also: str, values: Sequence[Any], own: bool = False
) -> list[tuple[int, str]]:
    more = (f" AND {also}" if also else "") + of.sql
    after = [*ranks_of(of.place), *values, *of.values, most]
    if connection.vendor == "postgresql":
        asked = _tsquery(terms)
        sql = f"""SELECT d.rank, d.name FROM searching_document d
                  WHERE d.{index} @@ %s::tsquery{OWN if own else ""} AND d.rank >= %s AND d.rank < %s{more}
                  ORDER BY d.rank DESC LIMIT %s"""
        return _rows(sql, [asked, *([asked] if own else []), *after])
    sql = f"""SELECT d.rank, d.name FROM searching_{index} JOIN searching_document d ON d.rank = searching_{index}.rowid
              WHERE searching_{index} MATCH %s AND searching_{index}.rowid >= %s AND searching_{index}.rowid < %s{more}
              ORDER BY searching_{index}.rowid DESC LIMIT %s"""
    return _rows(sql, [f"{{name body}} : ({_fts5(terms)})" if own else _fts5(terms), *after])


def _between(name: str, whole: bool) -> tuple[str, list[str]]:
    if whole:
        return "d.name = %s", [name]
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
        rows = _rows(
            f"SELECT word FROM searching_word WHERE word >= %s AND word < %s LIMIT {MANY}", [word, word + LAST]
        )
        if len(rows) < MANY:
            return " OR ".join(f'"{row[0]}"' for row in rows) or f'"{word}"'
    return f'"{word}" *'


def _tsquery(terms: Sequence[Term]) -> str:
    groups = (" | ".join(f"'{word}'" + ":*" * goes_on for word, goes_on in term) for term in terms)
    return " & ".join(f"({group})" for group in groups)


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as db:
        db.execute(sql, values)
        return list(db.fetchall())
