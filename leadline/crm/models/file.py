"""A file on a deal, a lead, a person or an organization. Its content lies in the uploads folder (`crm.filing`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models.hanging import Hanging
from leadline.crm.models.qualifying import requalify
from leadline.history.recorded import Done

# Programs have no business on a deal; `crm.filing` also looks at how a content begins.
PROGRAMS = frozenset({
    ".app", ".apk", ".bat", ".cmd", ".com", ".cpl", ".dll", ".dmg", ".exe", ".hta", ".jar", ".js", ".jse", ".lnk",
    ".msi", ".msp", ".pif", ".ps1", ".reg", ".scr", ".sh", ".vbe", ".vbs", ".wsf",
})  # fmt: skip


def clean_name(name: str) -> str:
    """The last part of a path, without control characters. Raises ValidationError for none, or a program's."""
    name = "".join(c for c in PurePosixPath(name.replace("\\", "/")).name if c.isprintable()).strip(" .")[-255:]
    if not name:
        raise ValidationError({"name": _("A file needs a name.")})
    if PurePosixPath(name).suffix.lower() in PROGRAMS:
        raise ValidationError({"name": _("%(name)s is a program; programs are not kept here.") % {"name": name}})
    return name


class File(Hanging):
    """A file by its name; `digest` (SHA-256, hex) names the content, so that equal contents are kept once."""

    ENTITY: ClassVar[str] = "file"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name",
        "digest",
        "size",
        "media_type",
        *Hanging.PLACES,
        "author_id",
        "created_at",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", *Hanging.PLACES})

    name = models.CharField(gettext_lazy("name"), max_length=255)
    digest = models.CharField(max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")], editable=False)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"), editable=False)
    media_type = models.CharField(max_length=127, editable=False)

    class Meta(Hanging.Meta):
        indexes = [
            models.Index(fields=["digest"], name="file_digest"),
            models.Index(fields=["deleted_at"], name="file_trash", condition=models.Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.name = clean_name(self.name)

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """A playbook may ask for a file."""
        requalify(pk for part in done for pk in (part.old.get("deal_id"), part.record.deal_id))
