"""1st & 10 (R33): ten people a day to write to, without selling; and the words to begin with."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.activities.models.activity import Activity
from leadline.crm.models import Lead, Person
from leadline.crm.models.personal import Personal
from leadline.crm.models.sharing import Shared


class Opening(Shared):
    """Words to begin a note with; {first_name}, {name}, {organization}, {me} stand for those of the one written to."""

    ENTITY: ClassVar[str] = "opening"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "owner_id", "shared", "text", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "shared", "text"})

    text = models.TextField(_("text"), max_length=4000)


class Answer(models.TextChoices):
    """What came back on a note."""

    NONE = "none", _("No answer")
    REPLY = "reply", _("Replied")
    CONVERSATION = "conversation", _("A conversation")
    WRONG = "wrong", _("Could not be reached")


class TenEntry(Personal):
    """One person (or lead) on somebody's list of one day, found by `rule`; written to or skipped, and answered or not.

    `activity` is the note as it was logged.
    """

    ENTITY: ClassVar[str] = "ten_entry"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "owner_id", "on_date", "position", "person_id", "lead_id", "rule", "why", "opening_id", "activity_id",
        "written_at", "skipped_at", "answer", "answered_at", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"position", "opening_id"})

    on_date = models.DateField()
    position = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=24)
    why = models.CharField(max_length=255, blank=True, default="")
    opening = models.ForeignKey(Opening, models.SET_NULL, null=True, blank=True, related_name="+")
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(Personal.Meta):
        ordering: ClassVar = ["on_date", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "on_date", "person"],
                name="ten_person_once",
                condition=models.Q(deleted_at=None, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["owner", "on_date", "lead"],
                name="ten_lead_once",
                condition=models.Q(deleted_at=None, lead__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "on_date"], name="ten_of")]

    def __str__(self) -> str:
        return str(self.person or self.lead or "")
