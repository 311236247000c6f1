"""What the index keeps. It can be deleted and made anew from the records; nothing else depends on it."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models

KINDS: Final = ("deal", "lead", "person", "organization", "product", "note", "activity")
LIVE_BIT, KIND_BITS, MINUTE_BITS, RECORD_BITS = 59, 60, 32, 32
RECORD_MASK: Final = (1 << RECORD_BITS) - 1
LONGEST_NAME = 255


class Document(models.Model):
    """One record as it is found: its name's words, its other words, and the names of records that it belongs to.

    `rank` says the kind, whether it is open, how recent it is (minutes) and which record it is, from the highest bits
    to the lowest: within a kind, a descending rank is the order in which results stand, and a search may stop as soon
    as it has enough. Full-text indexes hang on this table by triggers (SQLite) and generated columns (PostgreSQL).
    """

    rank = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()  # the place in KINDS
    record_id = models.BigIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    body = models.TextField()
    parties = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="one_document")]

    def __str__(self) -> str:
        return f"{KINDS[self.kind]} {self.record_id}: {self.name}"


class Word(models.Model):
    """A word of three letters or more that some document holds: what a beginning may become, and a slip have meant."""

    word = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.word


class Stale(models.Model):
    """A record to be read anew because of another one: the deals of an organization that has a new name."""

    kind = models.PositiveSmallIntegerField()
    record_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="stale_once")]

    def __str__(self) -> str:
        return f"{KINDS[self.kind]} {self.record_id}"


class Progress(models.Model):
    """How far the index has come: one row. While `kind` is a number it is being built, and has read that to `upto`.

    `txn` and `last` are the cursor in the log. `edition` is that of the code that built it: another one builds anew.
    """

    ONE: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    edition = models.PositiveIntegerField(default=0)
    txn = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    kind = models.PositiveSmallIntegerField(null=True)
    upto = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"edition {self.edition}, at {self.txn}/{self.last}"

    objects: ClassVar[Any] = models.Manager()


def rank_of(kind: int, live: bool, minute: int, record_id: int) -> int:
    """The rank of a record; `minute` since 1970."""
    minute = max(0, min(minute, (1 << 27) - 1))
    return kind << KIND_BITS | int(live) << LIVE_BIT | minute << MINUTE_BITS | record_id & RECORD_MASK


def ranks_of(kind: int) -> tuple[int, int]:
    """The ranks of a kind: from the first, up to and without the second."""
    return kind << KIND_BITS, min((kind + 1) << KIND_BITS, (1 << 63) - 1)
