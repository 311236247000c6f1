"""What somebody means to reach, again and again: activities, deals added or moved on, wins, leads worked (R31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import Team, User
from leadline.accounts.permissions import NOTHING
from leadline.activities.models.goal_rules import MEASURES, check_goal, check_setter
from leadline.crm.models import Pipeline, Stage
from leadline.crm.models.personal import led_by
from leadline.history.recorded import Recorded, RecordedQuerySet


class Span(models.TextChoices):
    """How often a goal begins anew."""

    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    YEAR = "year", _("Every year")


class GoalQuerySet(RecordedQuerySet):
    """One's own, those of the people one leads, those of teams and of the company."""

    def visible_to(self, user: User) -> Self:
        if not user.is_active:
            return self.filter(NOTHING)
        led = led_by(user)
        return self.filter(led | models.Q(owner=None)) if led else self.filter()  # nothing or something is something

    def running(self, day: dt.date) -> Self:
        """Kept ones that are worked towards on this day."""
        begun = self.kept().filter(start_on__lte=day)
        return begun.filter(models.Q(end_on=None) | models.Q(end_on__gte=day))


class Goal(Recorded):
    """`amount` of a metric of the catalogue in every `every`, from one day on, up to another or for good.

    Of a person, of a team, or (neither) of the company. `type_ids` narrows activities to these types, `stage` is the
    one that deals move into, `pipeline` narrows deals. `by_season` spreads the pace within a span as past years did.
    """

    ENTITY: ClassVar[str] = "goal"
    PERSONAL: ClassVar[bool] = True
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name", "owner_id", "team_id", "metric", "type_ids", "stage_id", "pipeline_id", "every", "amount", "start_on",
        "end_on", "by_season", "deleted_at",
    )  # fmt: skip
    EDITABLE: ClassVar[frozenset[str]] = frozenset(
        {"name", "type_ids", "stage_id", "pipeline_id", "every", "amount", "start_on", "end_on", "by_season"}
    )

    name = models.CharField(_("name"), max_length=120, blank=True, default="")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    # As of a target: a team that ends leaves it behind under its number.
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, blank=True, related_name="+", db_constraint=False)
    metric = models.CharField(
        _("metric"), max_length=64, validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Name a metric."))]
    )
    type_ids: models.JSONField[Any, Any] = models.JSONField(_("types"), default=list, blank=True)
    stage = models.ForeignKey(Stage, models.CASCADE, null=True, blank=True, related_name="+")
    pipeline = models.ForeignKey(Pipeline, models.CASCADE, null=True, blank=True, related_name="+")
    every = models.CharField(_("how often"), max_length=8, choices=Span.choices, default=Span.WEEK)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2)
    start_on = models.DateField(_("first day"))
    end_on = models.DateField(_("last day"), null=True, blank=True)
    by_season = models.BooleanField(_("pace by season"), default=False)

    objects: ClassVar[Any] = GoalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["owner", "start_on"], name="goal_of")]

    def __str__(self) -> str:
        measure = MEASURES.get(self.metric)
        return self.name or str(measure.word if measure else self.metric)

    def checked(self, before: Mapping[str, Any], when: dt.datetime, doer: Actor) -> None:
        """Raises PermissionDenied for who may not set it, and ValidationError for what makes no sense."""
        super().checked(before, when, doer)
        check_setter(self, doer)
        check_goal(self)
