"""Fields that a company adds of its own to deals, leads, people, organizations and products."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.history.recorded import Recorded


class Kind(models.TextChoices):
    """What a field of one's own holds."""

    TEXT = "text", gettext_lazy("Text")
    NUMBER = "number", gettext_lazy("Number")
    MONEY = "money", gettext_lazy("Money")
    DATE = "date", gettext_lazy("Date")
    CHOICE = "choice", gettext_lazy("One choice")
    CHOICES = "choices", gettext_lazy("Several choices")
    PERSON = "person", gettext_lazy("Person")
    ORGANIZATION = "organization", gettext_lazy("Organization")
    USER = "user", gettext_lazy("Colleague")


class Bearer(models.TextChoices):
    """The kinds of record that can bear own fields."""

    DEAL = "deal", gettext_lazy("Deals")
    LEAD = "lead", gettext_lazy("Leads")
    PERSON = "person", gettext_lazy("People")
    ORGANIZATION = "organization", gettext_lazy("Organizations")
    PRODUCT = "product", gettext_lazy("Products")


def new_key() -> str:
    """40 hexadecimal characters: names a field for ever, whatever it is called."""
    return secrets.token_hex(20)


class CustomField(Recorded):
    """A field of one's own. Records keep its value in `custom` under `key`; `crm.custom_values` reads and checks it.

    `options` are the choices, [{"id": 1, "label": "Gold"}]; an id is never given twice, so that a renamed choice stays
    the same choice. `kind`, `entity` and `key` stay what they are: values have been written by them.
    """

    ENTITY: ClassVar[str] = "custom_field"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "entity",
        "key",
        "name",
        "kind",
        "options",
        "position",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "options", "position"})

    entity = models.CharField(gettext_lazy("belongs to"), max_length=16, choices=Bearer.choices)
    key = models.CharField(
        max_length=40, default=new_key, validators=[RegexValidator(r"^[0-9a-f]{40}$")], editable=False
    )
    name = models.CharField(gettext_lazy("name"), max_length=255)
    kind = models.CharField(gettext_lazy("kind"), max_length=16, choices=Kind.choices)
    options: models.JSONField[Any, Any] = models.JSONField(gettext_lazy("choices"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering = ["entity", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["entity", "key"], name="one_custom_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def labels(self) -> dict[int, str]:
        """The choices' labels by id, in order."""
        return {option["id"]: option["label"] for option in self.options}

    def clean(self) -> None:
        """Raises ValidationError for choices without a label, twice the same one, or none where some are needed."""
        self.validate_constraints()
        self.options = _options(self.options)
        if self.kind in (Kind.CHOICE, Kind.CHOICES):
            labels = [option["label"].casefold() for option in self.options]
            if not labels or len(set(labels)) != len(labels):
                raise ValidationError({"options": _("Name at least one choice, and none twice.")})
        elif self.options:
            raise ValidationError({"options": _("Only a field of choices has choices.")})


def _options(given: Any) -> list[dict[str, Any]]:
    """Choices with ids: a label alone, or one without an id, gets the next free one."""
    if not isinstance(given, list) or not all(isinstance(item, (str, dict)) for item in given):
        raise ValidationError({"options": _("Give a list of labels, or of objects with id and label.")})
    options: list[dict[str, Any]] = [{"label": item} if isinstance(item, str) else dict(item) for item in given]
    free = max((option["id"] for option in options if option.get("id")), default=0)
    kept = []
    for option in options:
        label = str(option.get("label", "")).strip()
        if not label:
            raise ValidationError({"options": _("A choice needs a label.")})
        if not option.get("id"):
            free += 1
        kept.append({"id": int(option.get("id") or free), "label": label})
    if len({option["id"] for option in kept}) != len(kept):
        raise ValidationError({"options": _("Two choices have the same id.")})
    return kept
