"""What is somebody's own: seen and changed by them, by who leads them and by administrators; not handed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import Level, Role, User
from leadline.accounts.models.team import family
from leadline.accounts.permissions import NOTHING, reaches, refusal
from leadline.crm.models.deal import Deal
from leadline.crm.models.lead import Lead, LeadStatus
from leadline.history.recorded import Recorded, RecordedQuerySet

WAITING = (LeadStatus.OPEN, LeadStatus.NURTURE)


def led_by(user: User) -> models.Q:
    """Whose `owner` is this person, or somebody whom they lead."""
    if user.is_administrator:
        return models.Q()
    mine = models.Q(owner=user)
    if user.role == Role.LEADER:
        led = {"team__in": family(user.team_id)} if user.team_id is not None else {"team": None}
        mine |= models.Q(owner__in=User.objects.filter(**led))
    return mine


def people_led(user: User) -> models.QuerySet[User]:
    """Whom this person may look at, without themselves: the one list for every page that asks "whose".

    Those of the led teams (an administrator: everybody) who have not left and who are active or own something open:
    people known by name only, from a file, are led as well. Readers have no work to look at.
    """
    if not user.is_active or not user.leads:
        return User.objects.none()
    deals = Deal._base_manager.filter(owner=models.OuterRef("pk"), status="open", deleted_at=None)
    leads = Lead._base_manager.filter(owner=models.OuterRef("pk"), status__in=WAITING, deleted_at=None)
    working = models.Q(is_active=True) | models.Exists(deals) | models.Exists(leads)
    found = User.objects.filter(working).exclude(pk=user.pk).exclude(role=Role.READER)
    found = found.exclude(left_on__lte=timezone.localdate())
    if user.is_administrator:
        return found
    return found.filter(team__in=family(user.team_id)) if user.team_id is not None else found.filter(team=None)


class PersonalQuerySet(RecordedQuerySet):
    """One's own; who leads sees those of the people they lead, administrators all."""

    def visible_to(self, user: User) -> Self:
        return self.filter(led_by(user)) if user.is_active else self.filter(NOTHING)


class Personal(Recorded):
    """A record that stays with its owner, who leaves it behind when their work is handed on."""

    PERSONAL: ClassVar[bool] = True

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = PersonalQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """Of the person who adds it where no other owner is named."""
        doer = actor(by)
        if self.owner_id is None and doer.user is not None:
            self.owner = doer.user
        return super().add(by=by, at=at)

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Raises PermissionDenied for somebody else's, unless they are led by the doer."""
        super().checked(before, when, doer)
        if doer.user is not None and doer.user.pk != self.owner_id and not reaches(doer.user, Level.OWNER, self.owner):
            raise PermissionDenied(refusal("change", self.ENTITY))
