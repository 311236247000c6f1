"""A file on a deal, a lead, a person or an organization. Its content lies in the uploads folder (`crm.filing`)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.crm.models.hanging import Hanging


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

    name = models.CharField(_("name"), max_length=255)
    digest = models.CharField(max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")], editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(max_length=127, editable=False)

    class Meta(Hanging.Meta):
        indexes = [models.Index(fields=["digest"], name="file_digest")]

    def __str__(self) -> str:
        return self.name
