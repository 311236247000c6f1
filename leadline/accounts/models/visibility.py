"""Who sees and who changes which kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How far a record is open: to everyone, to its owner's team, to its owner (and whoever leads them)."""

    EVERYONE = "everyone", _("Everyone")
    TEAM = "team", _("The owner's team")
    OWNER = "owner", _("The owner")


class Guarded(models.TextChoices):
    """The kinds of record that have an owner; what hangs on them is seen and changed with them."""

    DEAL = "deal", _("Deals")
    LEAD = "lead", _("Leads")
    PERSON = "person", _("People")
    ORGANIZATION = "organization", _("Organizations")
    ACTIVITY = "activity", _("Activities")


class Visibility(models.Model):
    """The setting of one kind of record (`deal`, `lead`, `person` ...). A kind without a row has the defaults."""

    kind = models.CharField(max_length=32, unique=True, choices=Guarded.choices)
    see = models.CharField(max_length=16, choices=Level.choices, default=Level.EVERYONE)
    change = models.CharField(max_length=16, choices=Level.choices, default=Level.TEAM)

    ENTITY: ClassVar[str] = "visibility"
    TRACKED: ClassVar[tuple[str, ...]] = ("kind", "see", "change")

    class Meta:
        verbose_name_plural = "visibility"

    def __str__(self) -> str:
        return f"{self.kind}: see {self.see}, change {self.change}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if (known := _known.get()) is not None:
            known.clear()  # what was remembered of this table is old

    def snapshot(self) -> dict[str, Any]:
        """The fields that the log keeps."""
        return {name: getattr(self, name) for name in self.TRACKED}


_known: ContextVar[dict[str, tuple[str, str]] | None] = ContextVar("levels", default=None)


@contextmanager
def levels_remembered() -> Iterator[None]:
    """Inside, the table is read once: a page asks for the same levels in dozens of queries."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def levels(kind: str) -> tuple[str, str]:
    """(who sees, who changes) records of this kind."""
    known = _known.get()
    if known is None:
        return _read().get(kind, DEFAULT)
    if not known:
        known |= {"": DEFAULT, **_read()}
    return known.get(kind, DEFAULT)


DEFAULT: tuple[str, str] = (Level.EVERYONE, Level.TEAM)


def _read() -> dict[str, tuple[str, str]]:
    return {kind: (see, change) for kind, see, change in Visibility.objects.values_list("kind", "see", "change")}
