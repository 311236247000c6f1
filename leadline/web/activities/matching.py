"""Whom a line means: records that the reader may see, by the name as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.accounts.models import User
from leadline.crm.models.hanging import HOOKS
from leadline.crm.searching.finding import How, search
from leadline.history.numbers import number_of
from leadline.history.registry import model_of
from leadline.web.search.drawing import Row, drawn

KINDS = ("deal", "lead", "person", "organization")
OFFERED = 6  # choices where several fit
LONGEST = 80  # signs of a name that are looked for


@dataclass(frozen=True)
class Meant:
    """What a name was taken for: one record, or several to choose from; `rest` is what of the words was no name."""

    one: Row | None = None
    several: Sequence[Row] = ()
    rest: str = ""


def meant(user: User, words: str) -> Meant:
    """The record of these words; of the first of them where all together name none ("Ann Lee to talk prices")."""
    parts = words[:LONGEST].split()
    for count in range(len(parts), 0, -1):
        rows = named(user, " ".join(parts[:count]))
        if rows:
            return _chosen(user, rows, " ".join(parts[:count]), " ".join(parts[count:]))
    return Meant(rest=words)


def guessed(user: User, words: str) -> Meant:
    """Who is meant by words that follow the type: the one record whose name is so, or begins so.

    Where several begin so and a name alone stands there ("called Reedgate"), they are offered.
    """
    parts = words[:LONGEST].split()
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count])
        hits = (
            [hit for hit in search(user, name, KINDS, most=OFFERED) if hit.how <= How.BEGINNING]
            if len(name) > 1
            else []
        )
        if hits:
            rows = drawn(user, [(hit.kind, hit.record_id) for hit in hits])
            found = _chosen(user, rows, name, "")
            if found.one is None and (near := _nearest(rows, name)):
                return Meant(near)
            return found if found.one or (len(parts) == 1 and name[:1].isupper()) else Meant()
    return Meant()


def _nearest(rows: Sequence[Row], name: str) -> Row | None:
    """Of records of exactly this name the contact, else the organization: a lead is often called as its contact is."""
    same = [row for row in rows if row.name.casefold() == name.casefold()]
    for kind in ("person", "organization"):
        if found := [row for row in same if row.kind == kind]:
            return found[0] if len(found) == 1 else None
    return None


def named(user: User, words: str, kinds: Sequence[str] = KINDS) -> list[Row]:
    """Records with these words in their names, the best first."""
    if len(words) < 2:
        return []
    hits = [hit for hit in search(user, words, kinds, most=OFFERED) if hit.how <= How.WORDS]
    return drawn(user, [(hit.kind, hit.record_id) for hit in hits])[: 2 * OFFERED]


def people_meant(user: User, words: str) -> tuple[list[int], str]:
    """Ids of contacts named one after the other, "Ann Lee and Bo", and those words that mean no one person."""
    found, left = [], []
    for name in re.split(r"\s*(?:,|&|\band\b)\s*", words):
        one = _chosen(user, named(user, name, ("person",)), name, "").one if name else None
        if one is not None:
            found.append(one.pk)
        elif name:
            left.append(name)
    return found, " and ".join(left)


def record_at(user: User, place: str) -> Any:
    """The record that "deal-12" names, where the person may see it; else None."""
    kind, _dash, number = place.partition("-")
    pk = number_of(number)
    if kind not in HOOKS or pk is None:
        return None
    rows: Any = HOOKS[kind].objects
    return rows.visible_to(user).kept().filter(pk=pk).first()


def _chosen(user: User, rows: Sequence[Row], name: str, rest: str) -> Meant:
    """The only one, or the only one of exactly this name; with words left over, exactly this name alone.

    Several are offered with the asker's own open deals first, those that are closed last.
    """
    same = [row for row in rows if row.name.casefold() == name.casefold()]
    one = rows[0] if len(rows) == 1 and not rest else same[0] if len(same) == 1 else None
    return Meant(one, () if one else _in_order(user, rows)[:OFFERED], rest)


def _in_order(user: User, rows: Sequence[Row]) -> list[Row]:
    def place(row: Row) -> int:
        if row.kind not in ("deal", "lead"):
            return 2 if row.kind == "organization" else 3
        state = states.get((row.kind, row.pk))
        if state is None or state[0] != "open":
            return 4
        return 0 if row.kind == "deal" and state[1] == user.pk else 1

    states: dict[tuple[str, int], tuple[str, int | None]] = {}
    for kind in ("deal", "lead"):
        pks = [row.pk for row in rows if row.kind == kind]
        for pk, status, owner in model_of(kind).objects.filter(pk__in=pks).values_list("pk", "status", "owner_id"):
            states[kind, pk] = (status, owner)
    return sorted(rows, key=place)
