"""What each kind of record is found by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from leadline.crm.searching.folding import tails, text_of, words
from leadline.crm.searching.models import KINDS, LONGEST_NAME, Document, rank_of
from leadline.crm.searching.own_words import OwnWords
from leadline.history.registry import model_of

LONGEST = 20_000  # characters of a record's text; what stands behind them is not found


@dataclass(frozen=True)
class Shape:
    """The columns of a kind: its name's, those of other words, the times of which the latest counts."""

    name: tuple[str, ...]
    body: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    times: tuple[str, ...] = ("updated_at",)
    status: str = ""
    own: bool = True


PARTIES = ("organization__name", "person__name")
SHAPES = {
    "deal": Shape(("title",), (), PARTIES, ("last_touch_at", "stage_entered_at", "created_at"), "status"),
    "lead": Shape(("title",), (), PARTIES, status="status"),
    "person": Shape(("name",), ("first_name", "last_name", "job_title"), PARTIES[:1]),
    "organization": Shape(("name",), ("domain", "website", "industry", "address")),
    "product": Shape(("name",), ("code",), times=()),
    "note": Shape((), ("text",), times=("created_at",), own=False),
    "activity": Shape(("subject",), ("note", "outcome"), times=("done_at", "due_at", "created_at"), own=False),
}


def documents(kind: str, pks: Collection[int]) -> list[Document]:
    """The documents of those of these records that are kept, read from their rows."""
    shape = SHAPES[kind]
    more = ("emails", "phones") if kind == "person" else ()
    columns = ("pk", *shape.name, *shape.body, *shape.parties, *shape.times, *filter(None, (shape.status,)), *more)
    rows = model_of(kind).objects.kept().filter(pk__in=pks).values(*columns, *(("custom",) if shape.own else ()))
    found = list(rows)
    own = OwnWords(kind, [row["custom"] for row in found]) if shape.own else None
    return [_document(kind, shape, row, own) for row in found]


def _document(kind: str, shape: Shape, row: dict[str, Any], own: OwnWords | None) -> Document:
    name = _joined(row[column] for column in shape.name)
    parts = [str(row[column] or "") for column in shape.body]
    if kind == "note":
        parts = [text_of(part) for part in parts]
    if own:
        parts += own.of(row["custom"])
    parts += [item["value"] for item in row.get("emails") or ()]
    phones = [tail for item in row.get("phones") or () for tail in tails(item["value"])]
    minute = max((_minute(row[column]) for column in shape.times), default=0)
    place = KINDS.index(kind)
    live = not shape.status or row[shape.status] == "open"
    body = dict.fromkeys([*_cut(parts), *phones])
    rank = rank_of(place, live, minute, row["pk"])
    return Document(
        rank=rank,
        kind=place,
        record_id=row["pk"],
        name=name[:LONGEST_NAME].rstrip(),
        body=" ".join(body),
        parties=_joined(row[column] for column in shape.parties),
    )


def _joined(texts: Iterable[str | None]) -> str:
    return " ".join(word for text in texts for word in words(text or ""))


def _cut(parts: Iterable[str]) -> Iterator[str]:
    room = LONGEST
    for part in parts:
        yield from words(part[:room])
        room -= min(room, len(part))


def _minute(moment: dt.datetime | None) -> int:
    return int(moment.timestamp() // 60) if moment else 0
