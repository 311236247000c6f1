"""What a goal may say, and who may set it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor
from leadline.accounts.models import Level, Team, User
from leadline.accounts.models.team import family
from leadline.accounts.permissions import reaches
from leadline.activities.models.activity_type import ActivityType
from leadline.history.writing import locked

if TYPE_CHECKING:
    from leadline.activities.models.goal import Goal


@dataclass(frozen=True)
class Measure:
    """A metric of the catalogue that goals can be set on: its word, and what narrows it."""

    word: str | Promise
    types: bool = False
    stage: bool = False
    pipeline: bool = False
    money: bool = False


# In the order in which they are offered (R31).
MEASURES = {
    "activities_done": Measure(gettext_lazy("Activities done"), types=True),
    "activities_added": Measure(gettext_lazy("Activities added"), types=True),
    "conversations": Measure(gettext_lazy("Meaningful conversations"), types=True),
    "leads_worked": Measure(gettext_lazy("Leads worked")),
    "deals_added": Measure(gettext_lazy("Deals added"), pipeline=True),
    "stage_entries": Measure(gettext_lazy("Deals moved into a stage"), stage=True),
    "deals_won": Measure(gettext_lazy("Deals won"), pipeline=True),
    "booked_revenue": Measure(gettext_lazy("Won value"), pipeline=True, money=True),
}


def check_setter(goal: Goal, doer: Actor) -> None:
    """Raises PermissionDenied: one's own, those of people one leads; teams and the company are for those who lead."""
    user = doer.user
    if user is None or user.is_administrator:
        return
    if goal.owner is not None:
        if user.pk != goal.owner_id and not reaches(user, Level.OWNER, goal.owner):
            raise PermissionDenied(_("Set goals for yourself and for those you lead."))
    elif not user.leads:
        raise PermissionDenied(_("Only those who lead set goals of a team or of the company."))
    elif goal.team_id is not None and user.team_id is not None and goal.team_id not in family(user.team_id):
        raise PermissionDenied(_("Set goals of the teams that you lead."))


def check_goal(goal: Goal) -> None:
    """Raises ValidationError that names the field and the mend."""
    measure = MEASURES.get(goal.metric)
    if measure is None:
        raise ValidationError({"metric": _("Choose what to count from the list.")})
    if goal.owner_id and goal.team_id:
        raise ValidationError({"team": _("A goal is of a person or of a team, not of both.")})
    _check_filters(goal, measure)
    if goal.amount <= 0:
        raise ValidationError({"amount": _("Write an amount above 0.")})
    if not measure.money and goal.amount != goal.amount.to_integral_value():
        raise ValidationError({"amount": _("Write a whole number: this is counted in whole ones.")})
    if goal.end_on is not None and goal.end_on < goal.start_on:
        raise ValidationError({"end_on": _("The last day comes before the first. Choose a later one, or none.")})
    if goal.deleted_at is None and _rival(goal):
        raise ValidationError({"amount": _("There is such a goal already. Change its amount, or end it first.")})


def _check_filters(goal: Goal, measure: Measure) -> None:
    if measure.stage and goal.stage_id is None:
        raise ValidationError({"stage": _("Choose the stage that deals are to be moved into.")})
    if not measure.stage and goal.stage_id is not None:
        raise ValidationError({"stage": _("Only deals moved into a stage have one. Leave the stage out.")})
    if not measure.pipeline and goal.pipeline_id is not None:
        raise ValidationError({"pipeline": _("This is not counted by pipeline. Leave the pipeline out.")})
    if goal.type_ids and not measure.types:
        raise ValidationError({"type_ids": _("Only activities have types. Leave the types out.")})
    if not isinstance(goal.type_ids, list) or not all(type(pk) is int for pk in goal.type_ids):
        raise ValidationError({"type_ids": _("Choose types from the list.")})
    goal.type_ids = sorted(set(goal.type_ids))
    if ActivityType.objects.filter(pk__in=goal.type_ids).count() != len(goal.type_ids):
        raise ValidationError({"type_ids": _("One of these types is not there. Choose from the list.")})


def _rival(goal: Goal) -> bool:
    """Whether another goal of the same asks for the same in the same days: nobody would know which counts.

    Two that are set at once wait here for each other, on the row of whose they are.
    """
    if connection.in_atomic_block:
        whose = User.objects.filter(pk=goal.owner_id) if goal.owner_id else User.objects.order_by("pk")[:1]
        team = Team.objects.filter(pk=goal.team_id or 0)
        list(locked(team if goal.team_id else whose))
    same = type(goal).objects.kept().filter(
        owner=goal.owner_id, team=goal.team_id, metric=goal.metric, every=goal.every, stage=goal.stage_id,
        pipeline=goal.pipeline_id,
    )  # fmt: skip
    others = same.exclude(pk=goal.pk)
    return any(
        sorted(other.type_ids) == goal.type_ids
        and (other.end_on is None or other.end_on >= goal.start_on)
        and (goal.end_on is None or goal.end_on >= other.start_on)
        for other in others
    )


def missing(goal: Goal) -> str:
    """What a goal counts that is in the trash, so that nothing can be added any more; "" where all is there."""
    if goal.stage is not None and goal.stage.deleted_at is not None:
        return _("Its stage is deleted. End the goal, or choose another stage.")
    if goal.pipeline is not None and goal.pipeline.deleted_at is not None:
        return _("Its pipeline is deleted. End the goal, or choose another pipeline.")
    return ""
