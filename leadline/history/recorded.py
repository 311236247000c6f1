"""What every kept record can do: change inside `changing`, which asks permission and writes row and log together."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import User
from leadline.accounts.permissions import require, require_place, seen_by
from leadline.history.cleaning import clean_links, clean_plainly, clean_times, round_decimals
from leadline.history.expecting import expect_unchanged
from leadline.history.models import Change
from leadline.history.moments import moment
from leadline.history.rows import refresh, save_rows, stored
from leadline.history.values import copied
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
    EDITABLE: ClassVar[frozenset[str]] = frozenset()
    PERSONAL: ClassVar[bool] = False  # stays with its owner when their work is handed on

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    # --- questions ---

    def snapshot(self) -> dict[str, Any]:
        """The tracked fields by name; a copy, also of lists and objects inside."""
        return {name: copied(getattr(self, name)) for name in self.TRACKED}

    def guarded_by(self) -> Recorded:
        """The record whose owner decides who may change this one: itself, or what it hangs on."""
        return self

    # --- hooks for subclasses ---

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Called once every field is clean: check fields against each other and set those that follow from others.

        `before` holds the tracked fields as they were; it is empty for a new row.
        """

    def touched(self, old: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Called before a change is saved, with the old values of what changed; records with clocks set them here."""

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """Called in the same transaction when rows and log are written, once for all the records of one deed."""

    # --- verbs ---

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Write a new row and its log entry. `at` (UTC) is when it happened, now by default.

        Raises PermissionDenied, ValidationError.
        """
        doer = actor(by)
        require(doer, "add", self)
        with writing():
            when = moment(None, at)
            self.checked({}, when, doer)
            require_place(doer, self, {})
            self.touched({}, when, doer)
            self.save(force_insert=True)
            append([entry(self, Change.CREATE, when)], doer)
            self.followed([Done(self, {}, when, doer.human, act=doer.act, by_id=doer.id)])
        return self

    def edit(
        self, *, by: By, at: dt.datetime | None = None, expect: Mapping[str, Any] | None = None, **values: Any
    ) -> Self:
        """Set plain fields, a related record by object (`owner=`) or by id (`owner_id=`).

        `expect` names values that the fields should still have, as the person saw them: history.expecting.Conflict is
        raised where somebody has changed one of them since. Raises ValidationError for a field that cannot be edited,
        PermissionDenied.
        """
        for name in values:
            if not self.EDITABLE & {name, f"{name}_id"}:
                raise ValidationError({name: _("This field cannot be edited.")})
        with self.changing(by, at=at, expect=expect):
            for name, value in values.items():
                setattr(self, name, value)
        return self

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
        self,
        by: By,
        *,
        at: dt.datetime | None = None,
        verb: str = Change.CHANGE,
        act: str = "change",
        expect: Mapping[str, Any] | None = None,
    ) -> Iterator[dt.datetime]:
        """Inside: attributes may be set. After: what changed is saved and logged, in one transaction, or nothing is.

        The row is read afresh under a lock first, so that two people's changes to different fields both stay,
        `before` is what was there, and permission is asked about what is there. `expect` is that of `edit`. Yields the
        moment of the change (UTC).
        No difference: nothing is written. When something is raised the attributes are as they were.
        """
        doer = actor(by)
        with writing():
            refresh(self)
            require(doer, "delete" if verb == Change.DELETE else act, self)
            expect_unchanged(self, expect or {})
            before, columns = self.snapshot(), stored(self)
            when = moment(self, at)
            try:
                yield at or when
                self._save_difference(before, columns, when, verb, doer)
            except BaseException:
                self._forget(before)
                raise

    # --- how ---

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Fields clean themselves before the difference is taken; `before` is empty for a new row.

        What is kept as JSON is checked by the subclass: `clean` or `derive`.
        """
        tracked = set(self.TRACKED)
        clean_times(self)
        self.clean_fields(exclude={f.name for f in self._meta.fields if f.attname not in tracked or not _simple(f)})
        clean_plainly(self, before, doer)
        round_decimals(self)
        clean_links(self, before, doer)
        self.clean()
        self.derive(before, when)

    def difference(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The old values of the tracked fields that differ now."""
        return {name: before[name] for name, value in self.snapshot().items() if value != before[name]}

    def _save_difference(
        self, before: dict[str, Any], columns: dict[str, Any], when: dt.datetime, verb: str, doer: Actor
    ) -> None:
        self.checked(before, when, doer)
        require_place(doer, self, before)
        old = self.difference(before)
        if not old:
            return
        self.touched(old, when, doer)
        save_rows([self], [columns])
        append([entry(self, verb, when, old)], doer)
        self.followed([Done(self, old, when, doer.human, act=doer.act, by_id=doer.id)])

    def _forget(self, before: Mapping[str, Any]) -> None:
        for name, value in before.items():
            setattr(self, name, value)


def _simple(field: models.Field[Any, Any]) -> bool:
    return not field.remote_field and not isinstance(field, models.JSONField)


class Done:
    """One record's part in a deed: the old values of what changed ({} for a new row), and whether it takes back.

    `act` is that of the deed, for what follows from it; `by_id` who did it to this one record, where somebody did.
    """

    __slots__ = ("act", "by_human", "by_id", "old", "record", "undoing", "when")

    def __init__(
        self,
        record: Any,
        old: Mapping[str, Any],
        when: dt.datetime,
        by_human: bool,
        undoing: bool = False,
        act: uuid.UUID | None = None,
        by_id: int | None = None,
    ) -> None:
        self.record, self.old, self.when = record, old, when
        self.by_human, self.undoing, self.act, self.by_id = by_human, undoing, act, by_id
