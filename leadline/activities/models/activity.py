"""Something done, or to be done, on a deal, a lead, a person or an organization."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
from leadline.activities import participants
from leadline.activities.models.activity_type import ActivityType
from leadline.activities.models.outcome import CountsAs, Outcome
from leadline.activities.models.repeating import Repeating
from leadline.activities.models.series import go_on, settle
from leadline.activities.models.timing import check_minutes, settle_due
from leadline.crm.models import Deal, Lead, Organization, Person
from leadline.crm.models.clocks import LAST_TOUCHES
from leadline.crm.models.lead_clocks import LEAD_TOUCHES, LeadTouch
from leadline.crm.models.qualifying import requalify
from leadline.history.recorded import Done, Recorded, RecordedQuerySet


class Priority(models.IntegerChoices):
    """How much an activity matters."""

    NONE = 0, _("None")
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")


class ActivityQuerySet(RecordedQuerySet):
    """Seen with their deal or lead; alone, as any record with an owner; and always by who takes part."""

    def visible_to(self, user: User) -> Self:
        if not any(seen_by(user, kind) for kind in ("deal", "lead", "activity")):
            return self.all()  # whoever sees all of them sees what hangs on them
        alone = models.Q(deal=None, lead=None)
        with_lead = models.Q(deal=None, lead__in=Lead.objects.visible_to(user))
        seen = models.Q(deal__in=Deal.objects.visible_to(user)) | with_lead | (alone & seen_by(user, "activity"))
        return self.filter(seen | _taking_part(user) if user.is_active else seen)

    def of(self, user: User) -> Self:
        """Those somebody owns or takes part in."""
        return self.filter(_taking_part(user))

    def planned(self) -> Self:
        """Not done yet, the next one first."""
        return self.kept().filter(done_at=None).order_by("due_at", "pk")

    def done(self) -> Self:
        return self.kept().filter(done_at__isnull=False)


def _taking_part(user: User) -> models.Q:
    mine = _attendances().objects.filter(user=user)
    return models.Q(owner=user) | models.Q(pk__in=mine.values("activity"))


def _attendances() -> Any:
    """The model that follows from `colleague_ids`, which stands on this one."""
    return Activity._meta.get_field("attendances").related_model


class Activity(Repeating):
    """An activity; done when `done_at` is set. A done one touches its deal (R3), a planned one does not.

    `due_on` is a day without a time; `due_at` is then the end of that day for its owner, so that it is overdue when the
    day is over. `minutes` is how long it takes, `remind_before` how many minutes before `due_at` it calls. `outcome` is
    in the words of the company's list, `counts_as` what that meant when it was said. `participant_ids` are contacts,
    `colleague_ids` people who work here. `repeats` is a recurrence rule (RFC 5545) of `series`, in which this is the
    occurrence of that number; the next one is there once this one is done. `slot` is the place in the series that it
    was made for (recurring.coming), wherever it has been moved since, and `here_alone` the series' own values of what
    was edited for this occurrence only.
    """

    ENTITY: ClassVar[str] = "activity"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "type_id",
        "subject",
        "owner_id",
        "deal_id",
        "lead_id",
        "person_id",
        "organization_id",
        "due_at",
        "due_on",
        "done_at",
        "minutes",
        "outcome",
        "counts_as",
        "note",
        "priority",
        "place",
        "participant_ids",
        "colleague_ids",
        "remind_before",
        "repeats",
        "series",
        "occurrence",
        "slot",
        "here_alone",
        "created_at",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset(TRACKED) - {
        "done_at", "counts_as", "series", "occurrence", "slot", "here_alone", "external_id", "deleted_at",
    }  # fmt: skip

    type = models.ForeignKey(ActivityType, models.PROTECT, related_name="activities")
    subject = models.CharField(_("subject"), max_length=255, blank=True, default="")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, blank=True, related_name="activities")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="activities")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="activities")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="activities")
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=255, blank=True, default="")
    counts_as = models.CharField(max_length=12, choices=CountsAs.choices, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    priority = models.SmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NONE)
    place = models.CharField(_("place"), max_length=255, blank=True, default="")
    participant_ids: models.JSONField[Any, Any] = models.JSONField(_("participants"), default=list, blank=True)
    colleague_ids: models.JSONField[Any, Any] = models.JSONField(_("colleagues"), default=list, blank=True)
    remind_before = models.PositiveIntegerField(_("reminder"), null=True, blank=True)
    series = models.CharField(max_length=32, blank=True, default="")
    occurrence = models.PositiveIntegerField(default=0)
    slot = models.CharField(max_length=19, blank=True, default="")
    here_alone: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), null=True, blank=True)
    external_id = models.CharField(max_length=255, blank=True, default="")

    after_own = False  # a new one, planned where the doer's own activity hangs

    objects: ClassVar[Any] = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["deal", "done_at"], name="activity_deal"),
            models.Index(fields=["owner", "due_at"], name="activity_owner"),
            models.Index(fields=["external_id"], name="activity_external"),
            models.Index(fields=["deleted_at"], name="activity_trash", condition=models.Q(deleted_at__isnull=False)),
            models.Index(fields=["due_at"], name="activity_by_due"),
            models.Index(fields=["done_at"], name="activity_by_done"),
            models.Index(fields=["owner", "done_at"], name="activity_done_by"),
            models.Index(
                fields=["due_at", "owner"], name="activity_to_do", condition=models.Q(done_at=None, deleted_at=None)
            ),
            # What one person has to do, of hundreds of thousands that are done.
            models.Index(
                fields=["owner", "due_at"], name="activity_mine", condition=models.Q(done_at=None, deleted_at=None)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "occurrence"],
                name="activity_once",
                condition=~models.Q(series="") & models.Q(deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.type)

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_overdue(self, now: dt.datetime | None = None) -> bool:
        """Planned, and its time has passed."""
        return not self.is_done and self.due_at is not None and self.due_at < (now or timezone.now())

    def guarded_by(self) -> Recorded:
        """Its deal, else its lead; alone it is guarded as any record with an owner.

        What is next after one's own activity is planned as that was allowed: on the same record, seen or not.
        """
        if self.pk is None and self.after_own:
            return self
        return self.deal or self.lead or self

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """A new activity, of the person who adds it where no other owner is named."""
        doer = actor(by)
        if self.owner_id is None and doer.human:
            self.owner_id = doer.id
        self.created_at = self.created_at or at or timezone.now()
        return super().add(by=by, at=at)

    def complete(self, *, by: By, at: dt.datetime | None = None, outcome: str = "") -> Self:
        """Done, at `at` (now by default); touches the deal. Done twice is once.

        `outcome` is a word of the company's list, or any other. In a series the next one is made, in the same act.
        """
        with self.changing(actor(by).together(), at=at) as when:
            self.done_at = self.done_at or when
            self.outcome = outcome or self.outcome
        return self

    def reopen(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """To be done again; the deal's last touch is what it was without it. The next of its series is taken back."""
        with self.changing(actor(by).together(), at=at):
            self.done_at, self.outcome = None, ""
        return self

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        super().checked(before, when, doer)
        if doer.via != "import" and self.minutes != before.get("minutes"):
            check_minutes(self.minutes)
        participants.check(self, before, doer)

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """A day alone is due at its end, an outcome counts as the list says, a rule has its series."""
        super().derive(before, when)
        settle_due(self, before)
        if self.outcome != before.get("outcome", "") and self.counts_as == before.get("counts_as", ""):
            self.counts_as = Outcome.meaning(self.outcome)
        settle(self, before)

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """R3: a completed activity touches its deal and lead; un-done, thrown away, moved or taken back it does not.

        Series go on, and attendances follow the lists of colleagues.
        """
        Deal.wind_clocks(deal for part in done if part.old for deal in _unsettled(part))
        Lead.wind_clocks(lead for part in done if part.old for lead in _unsettled_leads(part))
        for part in done:
            activity = part.record
            if activity.done_at and activity.deleted_at is None:
                if activity.deal_id:
                    Deal.touch(activity.deal_id, activity.done_at)
                if activity.lead_id:
                    Lead.touch(activity.lead_id, activity.done_at, activity.owner_id)
        requalify(deal for part in done for deal in _qualified(part))
        participants.attend(_attendances(), done)
        go_on(done)


def _unsettled(part: Done) -> Sequence[int | None]:
    """The deals whose last touch may have been this activity, which is that no more."""
    was_done = part.old.get("done_at", part.record.done_at)
    if was_done and part.old.keys() & {"done_at", "deal_id", "deleted_at"}:
        return (part.old.get("deal_id"), part.record.deal_id)
    return ()


def _unsettled_leads(part: Done) -> Sequence[int | None]:
    """The same of leads, which it may have answered as well: for that its owner counts."""
    was_done = part.old.get("done_at", part.record.done_at)
    if was_done and part.old.keys() & {"done_at", "lead_id", "deleted_at", "owner_id"}:
        return (part.old.get("lead_id"), part.record.lead_id)
    return ()


def _qualified(part: Done) -> Sequence[int | None]:
    """The deals whose playbooks may ask for just such an activity (R2)."""
    done_now = part.record.done_at and part.record.deleted_at is None
    changed = not part.old or part.old.keys() & {"done_at", "deal_id", "deleted_at", "type_id"}
    return (part.old.get("deal_id"), part.record.deal_id) if changed and (part.old or done_now) else ()


def _last_done(deal_ids: Collection[int]) -> dict[int, dt.datetime]:
    """When the last activity on each deal was done."""
    done = Activity.objects.kept().filter(deal__in=deal_ids, done_at__isnull=False).order_by()
    return dict(done.values_list("deal_id").annotate(last=models.Max("done_at")))


def _done_on_leads(lead_ids: Collection[int]) -> Iterator[LeadTouch]:
    """What was done on each lead, by whose activity it was."""
    done = Activity.objects.kept().filter(lead__in=lead_ids, done_at__isnull=False).order_by()
    return itertools.starmap(LeadTouch, done.values_list("lead_id", "done_at", "owner_id").iterator())


LAST_TOUCHES.append(_last_done)
LEAD_TOUCHES.append(_done_on_leads)
