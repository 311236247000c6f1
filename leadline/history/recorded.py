"""What every kept record can do: change inside `changing`, which asks permission and writes row and log together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.accounts.permissions import require, seen_by
from leadline.history.models import Change
from leadline.history.writing import append, entry, writing


class RecordedQuerySet(models.QuerySet[Any]):
    """Reading records: `visible_to` is the one way to see them."""

    def visible_to(self, user: User) -> Self:
        """The records that this person may see."""
        return self.filter(seen_by(user, self.model.ENTITY))

    def kept(self) -> Self:
        """Without what is in the trash."""
        return self.filter(deleted_at=None)


class Recorded(models.Model):
    """A row whose every change is written to the log by the verb that makes it.

    A subclass names its ENTITY and TRACKED fields (attribute names: `owner_id`, not `owner`), and offers verbs that
    change attributes inside `with self.changing(by):`.
    """

    ENTITY: ClassVar[str]
    TRACKED: ClassVar[tuple[str, ...]]

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def snapshot(self) -> dict[str, Any]:
        """The tracked fields by name."""
        return {name: getattr(self, name) for name in self.TRACKED}

    def guarded_by(self) -> Recorded:
        """The record whose owner decides who may change this one: itself, or what it hangs on."""
        return self

    def touched(self, when: dt.datetime, by_human: bool) -> None:
        """Called before a change is saved; records with clocks set them here."""

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Write a new row and its log entry. `at` (UTC) is when it happened, now by default.

        Raises PermissionDenied, ValidationError.
        """
        doer = actor(by)
        require(doer, "add", self)
        with writing():
            when = at or timezone.now()
            self._checked(None, when)
            self.touched(when, doer.human)
            self.save(force_insert=True)
            append([entry(self, Change.CREATE, when)], doer)
        return self

    def edit(self, *, by: By, at: dt.datetime | None = None, **values: Any) -> Self:
        """Set plain fields. Raises ValidationError for a field that is not tracked, PermissionDenied."""
        with self.changing(by, at=at):
            for name, value in values.items():
                if name not in self.EDITABLE:
                    raise ValidationError({name: _("This field cannot be edited.")})
                setattr(self, name, value)
        return self

    EDITABLE: ClassVar[frozenset[str]] = frozenset()

    def trash(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Into the trash. Twice is once."""
        with self.changing(by, at=at, verb=Change.DELETE) as when:
            self.deleted_at = self.deleted_at or when
        return self

    def restore(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Out of the trash."""
        with self.changing(by, at=at, act="delete"):
            self.deleted_at = None
        return self

    @contextmanager
    def changing(
        self, by: By, *, at: dt.datetime | None = None, verb: str = Change.CHANGE, act: str = "change"
    ) -> Iterator[dt.datetime]:
        """Inside: attributes may be set. After: what changed is saved and logged, in one transaction, or nothing is.

        The row is read afresh under a lock first, so that two people's changes to different fields both stay and
        `before` is what was there. Yields the moment of the change (UTC). No difference: nothing is written.
        """
        doer = actor(by)
        require(doer, "delete" if verb == Change.DELETE else act, self)
        with writing():
            self.refresh_from_db(from_queryset=self._locked())
            before = self.snapshot()
            when = at or timezone.now()
            yield when
            self._save_difference(before, when, verb, doer)

    def _locked(self) -> models.QuerySet[Any]:
        rows = type(self)._base_manager.all()
        return rows.select_for_update() if connection.features.has_select_for_update else rows

    def _save_difference(self, before: dict[str, Any], when: dt.datetime, verb: str, doer: Any) -> None:
        self._checked(before, when)
        old = {name: before[name] for name, value in self.snapshot().items() if value != before[name]}
        if not old:
            return
        self.touched(when, doer.human)
        self.save()
        append([entry(self, verb, when, old)], doer)

    def _checked(self, before: dict[str, Any] | None, when: dt.datetime) -> None:
        """Fields clean themselves before the difference is taken; `before` is None for a new row."""
        names = {name.removesuffix("_id") for name in self.TRACKED}
        untracked = [f.name for f in self._meta.fields if f.name not in names]
        relations = [f.name for f in self._meta.fields if f.remote_field]  # the database checks these
        self.clean_fields(exclude={*untracked, *relations})
        self._round()
        self.clean()

    def _round(self) -> None:
        """Decimals to the places that the database keeps, so that row and log read the same."""
        for field in self._meta.fields:
            value = getattr(self, field.attname)
            if isinstance(field, models.DecimalField) and value is not None:
                setattr(self, field.attname, value.quantize(Decimal(1).scaleb(-field.decimal_places)))
