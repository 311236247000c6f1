"""A rule told somebody something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.crm.models import Notice, Why
from leadline.history.models import Change
from leadline.history.recorded import Done, Recorded, RecordedQuerySet
from leadline.history.registry import model_of
from leadline.rules.whens import KINDS


class TellingQuerySet(RecordedQuerySet):
    """Seen with the record that they are about."""

    def visible_to(self, user: User) -> Self:
        seen = models.Q(pk__in=[])
        for kind in KINDS:
            records = model_of(kind).objects.visible_to(user).order_by().values("pk")
            seen |= models.Q(kind=kind, record_id__in=records)
        return self.filter(seen)


class Telling(Recorded):
    """`text` was told to `user_ids` about a record. Their notices follow from it, and go when it is taken back."""

    ENTITY: ClassVar[str] = "telling"
    TRACKED: ClassVar[tuple[str, ...]] = ("rule_id", "kind", "record_id", "user_ids", "text", "deleted_at")

    owner_id: ClassVar[None] = None

    rule = models.ForeignKey("rules.Rule", models.CASCADE, related_name="tellings")
    kind = models.CharField(_("kind of record"), max_length=12)
    record_id = models.PositiveBigIntegerField(_("record"))
    user_ids: models.JSONField[Any, Any] = models.JSONField(_("people"), default=list)
    text = models.CharField(_("text"), max_length=500)

    objects: ClassVar[Any] = TellingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("notice of a rule")
        verbose_name_plural = _("notices of rules")

    def __str__(self) -> str:
        return self.text

    def guarded_by(self) -> Recorded:
        """The record; itself where an import that brought the record was undone."""
        return model_of(self.kind)._base_manager.filter(pk=self.record_id).first() or self

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """A notice for each, of the change that told it; none of what was taken back."""
        for part in done:
            telling: Telling = part.record
            changes = Change.objects.filter(entity=cls.ENTITY, record_id=telling.pk).order_by("id")
            ids = list(changes.values_list("pk", flat=True))
            Notice.objects.filter(change_id__in=ids, why=Why.TOLD).delete()
            if telling.deleted_at is None:
                Notice.objects.bulk_create(
                    Notice(
                        user_id=user, why=Why.TOLD, change_id=ids[0], kind=telling.kind, record_id=telling.record_id,
                        text=telling.text,
                    )
                    for user in telling.user_ids
                )  # fmt: skip
