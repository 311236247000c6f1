"""Putting documents into the index and taking them out, words with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection

from leadline.crm.searching.documents import documents
from leadline.crm.searching.models import KINDS, Document, Stale, Word

SOME = 400  # rows in one statement


def write(kind: str, pks: Collection[int]) -> None:
    """These records as they stand now. Must stand in a transaction."""
    place = KINDS.index(kind)
    old = list(Document.objects.filter(kind=place, record_id__in=pks))
    new = documents(kind, pks)
    before = {document.record_id: document for document in old}
    kept = {document.record_id for document in new if _same(before.get(document.record_id), document)}
    gone = [document for document in old if document.record_id not in kept]
    come = [document for document in new if document.record_id not in kept]
    Document.objects.filter(rank__in=[document.rank for document in gone]).delete()
    Document.objects.bulk_create(come, batch_size=SOME)
    _add_words(come)
    _drop_words(_vocabulary(gone) - _vocabulary(come))


def read_anew(kind: str, pks: Iterable[int]) -> None:
    """Has these records read again, later and in parts: there may be many."""
    place = KINDS.index(kind)
    rows = [Stale(kind=place, record_id=pk) for pk in pks]
    Stale.objects.bulk_create(rows, batch_size=SOME, ignore_conflicts=True)


def _same(old: Document | None, new: Document) -> bool:
    return old is not None and (old.rank, _texts(old)) == (new.rank, _texts(new))


def _texts(document: Document) -> tuple[str, ...]:
    return document.name, document.body, document.parties


def _vocabulary(found: Iterable[Document]) -> set[str]:
    texts = (text for document in found for text in _texts(document))
    return {word for text in texts for word in text.split(" ") if len(word) > 2 and not word.isdigit()}


def _add_words(come: list[Document]) -> None:
    words = _vocabulary(come)
    known: set[str] = set()
    for part in _parts(sorted(words)):
        known |= set(Word.objects.filter(word__in=part).values_list("word", flat=True))
    rows = [Word(word=word) for word in sorted(words - known)]
    Word.objects.bulk_create(rows, batch_size=SOME, ignore_conflicts=True)


def _drop_words(words: set[str]) -> None:
    """Those that no document holds any more: what was erased must not be guessed from the spelling of others."""
    unused = [word for word in words if not _stands(word)]
    for part in _parts(unused):
        Word.objects.filter(word__in=part).delete()


def _stands(word: str) -> bool:
    with connection.cursor() as db:
        if connection.vendor == "postgresql":
            anywhere = " | ".join(f"'{place}{word}'" for place in range(len(KINDS)))
            db.execute("SELECT 1 FROM searching_document WHERE words @@ %s::tsquery LIMIT 1", [anywhere])
        else:
            db.execute("SELECT 1 FROM searching_words WHERE searching_words MATCH %s LIMIT 1", [f'"{word}"'])
        return db.fetchone() is not None


def _parts(words: list[str]) -> Iterable[list[str]]:
    return (words[start : start + SOME] for start in range(0, len(words), SOME))
