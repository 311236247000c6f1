"""What a stage asks for before a deal moves on (R2): a playbook in versions, and what was answered on each deal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.models.deal import Deal
from leadline.crm.models.deal_facts import Status
from leadline.crm.models.note import sanitised
from leadline.crm.models.pipeline import Stage
from leadline.crm.models.playbook_items import checked_items, checked_links
from leadline.crm.models.qualifying import requalify
from leadline.history.recorded import Done, Recorded, RecordedQuerySet

LONGEST = 20_000  # characters of guidance
AT_ONCE = 500  # deals whose scores are wound in the request that publishes


class Playbook(Recorded):
    """One version of what a stage asks for; a draft until `published_at`, and never changed afterwards.

    A deal has the latest version that was published before it entered the stage, or that was published `for_standing`
    ones too (`crm.playbooks.version_for`): old deals keep what they had. `items` is a list of objects, see
    `playbook_items`; an item keeps its key from version to version, and with it what was answered.
    """

    ENTITY: ClassVar[str] = "playbook"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "stage_id", "version", "guidance", "links", "items", "published_at", "for_standing", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"guidance", "links", "items"})

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="playbooks")
    version = models.PositiveIntegerField(default=1)
    guidance = models.TextField(gettext_lazy("guidance"), blank=True, default="")  # HTML made safe, as a note's
    links: models.JSONField[Any, Any] = models.JSONField(gettext_lazy("links"), default=list, blank=True)
    items: models.JSONField[Any, Any] = models.JSONField(gettext_lazy("checklist"), default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    for_standing = models.BooleanField(gettext_lazy("also for deals that stand there"), default=False)
    unwound_at = models.DateTimeField(null=True, blank=True, editable=False)  # since when scores wait for it

    class Meta:
        ordering: ClassVar = ["stage", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stage", "version"], name="playbook_version", condition=models.Q(deleted_at=None)
            ),
        ]

    def __str__(self) -> str:
        return _("%(stage)s, version %(version)s") % {"stage": self.stage, "version": self.version}

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError for an item or a link that is none, and for a change of what is published."""
        super().derive(before, when)
        if before.get("published_at") and any(before[name] != getattr(self, name) for name in self.EDITABLE):
            raise ValidationError({"items": _("This version is published. Begin the next one.")})
        self.items, self.links = checked_items(self.items), checked_links(self.links)
        self.guidance = sanitised(self.guidance).strip()
        if len(self.guidance) > LONGEST:
            raise ValidationError({"guidance": _("At most %(count)d characters.") % {"count": LONGEST}})

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """What open deals are asked changes with what is published, and so do their scores: of many beside requests."""
        for part in done:
            if not part.old.keys() & {"published_at", "for_standing", "deleted_at"}:
                continue
            book = part.record
            ids = list(book.concerned().order_by().values_list("pk", flat=True)[: AT_ONCE + 1])
            if len(ids) <= AT_ONCE:
                requalify(ids)
            else:
                cls._base_manager.filter(pk=book.pk).update(unwound_at=timezone.now())

    def concerned(self) -> models.QuerySet[Deal]:
        """The deals that are open or parked whose scores may count what it asks for: those of its pipeline.

        Those before its stage, too: it may have stood elsewhere when they were last looked at.
        """
        standing = (Status.OPEN, Status.NURTURE)
        rows: models.QuerySet[Deal] = Deal.objects.kept().filter(pipeline=self.stage.pipeline_id, status__in=standing)
        return rows


class AnswerQuerySet(RecordedQuerySet):
    """Answers are seen with their deal."""

    def visible_to(self, user: User) -> Self:
        return self.filter(deal__in=Deal.objects.visible_to(user))


class Answer(Recorded):
    """What a deal has for an item of a playbook: a value, or the reason for which a leader waived it.

    `key` is the item's; `value` is true for what is ticked, text, a choice's key, a number (as text) or a day (ISO).
    People with a role, files and activities are not answered here: that they are there is the answer.
    """

    ENTITY: ClassVar[str] = "answer"
    TRACKED: ClassVar[tuple[str, ...]] = ("deal_id", "key", "value", "waived", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"value", "waived"})

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=32)
    value: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True, default=None)
    waived = models.CharField(gettext_lazy("waived because"), max_length=500, blank=True, default="")

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "key"], name="answer_once", condition=models.Q(deleted_at=None)),
        ]

    def __str__(self) -> str:
        return self.key

    def guarded_by(self) -> Recorded:
        return self.deal

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Raises PermissionDenied where somebody waives, or asks for again, who leads nobody."""
        super().checked(before, when, doer)
        if self.waived != before.get("waived", "") and doer.user is not None and not doer.user.leads:
            raise PermissionDenied(_("Waiving what a stage asks for is for those who lead."))

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Carried over to a deal that has an answer of its own, in a merger, it goes into the trash."""
        super().derive(before, when)
        if before and before["deal_id"] != self.deal_id and self.deleted_at is None:
            others = Answer.objects.kept().filter(deal=self.deal_id, key=self.key).exclude(pk=self.pk)
            self.deleted_at = when if others.exists() else None

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        requalify(pk for part in done for pk in (part.old.get("deal_id"), part.record.deal_id))
