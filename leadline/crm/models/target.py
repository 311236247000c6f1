"""How much of a number somebody should reach in a time (R7, R31): a person, a team, or the whole company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Team, User
from leadline.accounts.permissions import NOTHING
from leadline.crm.models.pipeline import Pipeline
from leadline.history.recorded import Recorded, RecordedQuerySet


class TargetQuerySet(RecordedQuerySet):
    """Targets: those who lead see all; others their own, those of the teams they are in, and the company's."""

    def visible_to(self, user: User) -> Self:
        if not user.is_active:
            return self.filter(NOTHING)
        if user.leads:
            return self.filter()
        mine = models.Q(user=user) | models.Q(user=None, team=None)
        return self.filter(mine | models.Q(team__in=_teams_around(user.team_id)))

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Those of which at least a day lies from one day to the other, both included."""
        return self.filter(start_on__lte=end, end_on__gte=start)


class Target(Recorded):
    """An amount of a metric (a name of the catalogue) from one day to another, both included.

    It is for one person, for one team, or (neither) for the company; of one pipeline, or (none) of all. Two targets of
    the same metric for the same do not overlap: nobody would know which counts.
    """

    ENTITY: ClassVar[str] = "target"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "metric", "user_id", "team_id", "pipeline_id", "start_on", "end_on", "amount", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"start_on", "end_on", "amount"})

    metric = models.CharField(
        gettext_lazy("metric"),
        max_length=64,
        default="booked_revenue",
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", gettext_lazy("Name a metric of the catalogue."))],
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("person"),
    )
    # A team that ends leaves its targets behind under its number, as the log does: it may be put back.
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False)
    pipeline = models.ForeignKey(Pipeline, models.PROTECT, null=True, blank=True, related_name="+")
    start_on = models.DateField(gettext_lazy("first day"))
    end_on = models.DateField(gettext_lazy("last day"))
    amount = models.DecimalField(gettext_lazy("amount"), max_digits=18, decimal_places=2)

    objects: ClassVar[Any] = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["start_on", "pk"]
        indexes = [models.Index(fields=["start_on", "end_on"], name="target_days")]

    def __str__(self) -> str:
        days = {"start": date_format(self.start_on, "j M Y"), "end": date_format(self.end_on, "j M Y")}
        return _("target from %(start)s to %(end)s") % days

    @property
    def who(self) -> tuple[int | None, int | None, int | None]:
        """Whose and of which pipeline: the numbers of person, team and pipeline."""
        return self.user_id, self.team_id, self.pipeline_id

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError for days in the wrong order, no amount, two owners, and one that is there already."""
        super().derive(before, when)
        if self.user_id and self.team_id:
            raise ValidationError({"team": _("A target is for a person or for a team, not for both.")})
        if self.end_on < self.start_on:
            raise ValidationError({"end_on": _("The last day comes before the first. Choose a later one.")})
        if self.amount <= Decimal(0):
            raise ValidationError({"amount": _("Write an amount above 0, or delete the target.")})
        other = None if self.deleted_at else self._rival()
        if other is not None:
            said = _("There is a %(target)s already. Change that one, or choose other days.")
            raise ValidationError({"start_on": said % {"target": other}})

    def _rival(self) -> Target | None:
        same = Target.objects.kept().filter(
            metric=self.metric, user=self.user_id, team=self.team_id, pipeline=self.pipeline_id
        )
        found: Target | None = same.within(self.start_on, self.end_on).exclude(pk=self.pk).first()
        return found


def _teams_around(team_id: int | None) -> set[int]:
    """A team and those that it is part of."""
    parents = dict(Team.objects.values_list("pk", "parent_id"))
    found: set[int] = set()
    while team_id is not None and team_id not in found:
        found.add(team_id)
        team_id = parents.get(team_id)
    return found
