"""What deals, leads, people and organizations have in common: an owner, labels, own fields, a place they came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor, By
from leadline.crm.models import custom_values
from leadline.crm.models.custom_field import CustomField
from leadline.crm.models.finding import CustomQuerySet, ListHolds
from leadline.crm.models.naming import Label
from leadline.history.expecting import Conflict
from leadline.history.numbers import numbers_of
from leadline.history.recorded import Recorded

COMMON = ("owner_id", "created_at", "label_ids", "custom", "external_id", "deleted_at")


class RecordQuerySet(CustomQuerySet):
    """Records by what they have in common."""

    def labelled(self, label: Label | int) -> Self:
        """Those that bear the label."""
        pk = label.pk if isinstance(label, Label) else label
        return self.filter(ListHolds("label_ids", pk))


class Bearing(Recorded):
    """A record with own fields: `custom` holds their values by key (`crm.models.custom_values` says how)."""

    custom: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    objects: ClassVar[Any] = CustomQuerySet.as_manager()

    class Meta:
        abstract = True

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        if self.custom != before.get("custom"):
            custom_values.require_seen(self.ENTITY, self.custom, before.get("custom", {}), doer)
        super().checked(before, when, doer)

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError with a message per own field whose new value is none of its kind."""
        super().derive(before, when)
        if not isinstance(self.custom, dict):
            raise ValidationError({"custom": _("Own fields are given by their keys.")})
        if self.custom != before.get("custom"):
            self.custom = custom_values.checked(self.ENTITY, self.custom, before.get("custom", {}))

    def own_value(self, field: CustomField) -> Any:
        """The value of an own field as Python sees it: Decimal, date, text, an option's id, a record's id."""
        return custom_values.typed_value(field, self.custom.get(field.key))

    def set_own(
        self, values: Mapping[CustomField, Any], *, by: By, expect: Mapping[CustomField, Any] | None = None
    ) -> Self:
        """Set own fields, leaving the others as they are. None or "" empties one. Raises as `edit`.

        `expect` names kept values that the person saw.
        """
        with self.changing(by):
            _expect_own(self.custom, expect or {})
            self.custom = self.custom | {field.key: value for field, value in values.items()}
        return self

    def search_text(self) -> str:
        """The words by which people look for it: its name, and its own fields as they read."""
        fields = CustomField.objects.kept().filter(entity=self.ENTITY, key__in=self.custom)
        return " ".join([str(self), *(custom_values.words(field, self.custom[field.key]) for field in fields)])


class Record(Bearing):
    """A record that somebody owns.

    `created_at` is when it began as the business knows it; null where a file did not say, never invented.
    `label_ids` holds the labels' ids in ascending order.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("owner"),
    )
    created_at = models.DateTimeField(gettext_lazy("created"), null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    label_ids: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    EDITABLE: ClassVar[frozenset[str]] = frozenset({"owner_id", "created_at", "label_ids", "custom"})

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        super().derive(before, when)
        if self.label_ids != before.get("label_ids", []):
            self.label_ids = _labels(self.label_ids, before.get("label_ids", []))

    def restore(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Out of the trash; what was merged into another stands on its own again."""
        with self.changing(by, at=at, act="delete"):
            self.deleted_at = self.merged_into = None
        return self

    def label(self, *labels: Label, by: By) -> Self:
        """Put labels on. One that is on it already stays on it."""
        with self.changing(by):
            self.label_ids = sorted({*self.label_ids, *(label.pk for label in labels)})
        return self

    def unlabel(self, *labels: Label, by: By) -> Self:
        """Take labels off. One that is not on it is no matter."""
        with self.changing(by):
            self.label_ids = sorted({*self.label_ids} - {label.pk for label in labels})
        return self


def _expect_own(custom: Mapping[str, Any], expected: Mapping[CustomField, Any]) -> None:
    """Raises Conflict for own fields that hold something else by now."""
    now = {field: custom.get(field.key) for field in expected}
    other = {field: value for field, value in now.items() if (value or None) != (expected[field] or None)}
    if other:
        raise Conflict({field.name: _said(field, value) for field, value in other.items()})


def _said(field: CustomField, value: Any) -> str:
    """What stands there now. A record is not named: the reader may not be allowed to see it."""
    if field.kind in custom_values.RECORDS and value is not None:
        return _("another one")
    return custom_values.words(field, value)


def _labels(ids: Iterable[Any], before: Iterable[int]) -> list[int]:
    """The ids in order; new ones must be labels that are there."""
    given = list(ids)
    wanted = set(numbers_of(given))
    if len(numbers_of(given)) != len(given):
        raise ValidationError({"label_ids": _("Labels are given by their numbers.")})
    new = wanted - set(before)
    known = set(Label.objects.kept().filter(pk__in=new).values_list("pk", flat=True)) if new else set()
    if new != known:
        missing = ", ".join(str(pk) for pk in sorted(new - known))
        raise ValidationError({"label_ids": _("There is no label %(ids)s.") % {"ids": missing}})
    return sorted(wanted)
