"""What deals, leads, people and organizations have in common: an owner, labels, own fields, a place they came from."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Recorded

COMMON = ("owner_id", "created_at", "label_ids", "custom", "external_id", "deleted_at")


class Record(Recorded):
    """A record that somebody owns.

    `created_at` is when it began as the business knows it; null where a file did not say, never invented.
    `custom` holds own fields by their key, `label_ids` the labels' ids in ascending order.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    created_at = models.DateTimeField(_("created"), null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    label_ids: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    custom: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="")

    EDITABLE: ClassVar[frozenset[str]] = frozenset({"owner_id", "created_at", "label_ids", "custom"})

    class Meta:
        abstract = True

    def clean(self) -> None:
        self.label_ids = sorted(set(self.label_ids))
        self.custom = {key: value for key, value in self.custom.items() if value is not None}
