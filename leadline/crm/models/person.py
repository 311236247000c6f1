"""A human being on the buyer's side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models.fit import refit
from leadline.crm.models.organization import Organization
from leadline.crm.models.qualifying import requalify
from leadline.crm.models.record import COMMON, Record
from leadline.history.recorded import Done


class SeveralAddresses(models.Func):
    """Whether a list of addresses holds more than one: few people have several, and an index names them."""

    function = "JSON_ARRAY_LENGTH"
    template = "(%(function)s(%(expressions)s) > 1)"
    output_field = models.BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH", **more)


class Person(Record):
    """A person with any number of e-mail addresses and phones.

    `emails` and `phones` are lists of {"value", "label", "primary"}; exactly one of each list is primary.
    `first_email` repeats the primary address in small letters, for finding and against copies.
    """

    ENTITY: ClassVar[str] = "person"
    OWN: ClassVar[tuple[str, ...]] = (
        "name",
        "first_name",
        "last_name",
        "job_title",
        "emails",
        "phones",
        "organization_id",
    )
    TRACKED: ClassVar[tuple[str, ...]] = (*OWN, "merged_into_id", *COMMON)
    EDITABLE: ClassVar[frozenset[str]] = Record.EDITABLE | frozenset(OWN)

    name = models.CharField(gettext_lazy("name"), max_length=255)
    first_name = models.CharField(gettext_lazy("first name"), max_length=150, blank=True, default="")
    last_name = models.CharField(gettext_lazy("last name"), max_length=150, blank=True, default="")
    job_title = models.CharField(gettext_lazy("job title"), max_length=255, blank=True, default="")
    emails: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    phones: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    first_email = models.CharField(max_length=320, blank=True, default="", editable=False)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="people")

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["first_email"], name="person_email"),
            models.Index(fields=["id"], name="person_more_emails", condition=models.Q(SeveralAddresses("emails"))),
            models.Index(fields=["name"], name="person_name"),
            models.Index(Lower("name"), name="person_by_name"),
            models.Index(fields=["external_id"], name="person_external"),
            models.Index(fields=["deleted_at"], name="person_trash", condition=models.Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """With who takes part in a deal an item of its playbook is answered, or is not any more."""
        refit(done)
        moved = [part.record.pk for part in done if "deleted_at" in part.old]
        if moved:
            rows = cls.objects.filter(pk__in=moved, takes_part__deal__isnull=False).order_by()
            requalify(rows.values_list("takes_part__deal", flat=True))

    def clean(self) -> None:
        """Raises ValidationError for an address that is none; makes the first one primary where none is."""
        super().clean()
        self.emails = _one_primary("emails", self.emails)
        self.phones = _one_primary("phones", self.phones)
        for mail in self.emails:
            mail["value"] = mail["value"].lower()
            try:
                validate_email(mail["value"])
            except ValidationError:
                raise ValidationError(
                    {"emails": _("%(value)s is not an e-mail address.") % {"value": mail["value"]}}
                ) from None
        self.first_email = next((mail["value"] for mail in self.emails if mail["primary"]), "")


def _one_primary(field: str, items: Any) -> list[dict[str, Any]]:
    """Without empty ones, exactly one of them primary. Raises ValidationError for what is no such list."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValidationError({field: _("Give a list of objects with value, label and primary.")})
    kept = [
        {
            "value": str(item.get("value") or "").strip(),
            "label": str(item.get("label") or ""),
            "primary": bool(item.get("primary")),
        }
        for item in items
        if str(item.get("value") or "").strip()
    ]
    chosen = next((n for n, item in enumerate(kept) if item["primary"]), 0)
    return [{**item, "primary": n == chosen} for n, item in enumerate(kept)]
