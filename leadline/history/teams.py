"""A team ends: whoever and whatever was in it goes where it is told to, and the way back stays open."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.models import Team, User
from leadline.accounts.models.team import family
from leadline.accounts.permissions import require
from leadline.history import members
from leadline.history.models import Change
from leadline.history.moments import moment
from leadline.history.values import python
from leadline.history.writing import append, entry, locked, writing


def remove_team(team: Team, *, into: Team | None, by: By) -> None:
    """Its people and the teams inside it go into another team, or (None) into none; then it is no more. One act.

    Raises ValidationError for a destination inside it, PermissionDenied.
    """
    doer = actor(by).together()
    require(doer, "delete", team)
    if into is not None and into.pk in family(team.pk):
        raise ValidationError({"into": _("Choose a team that is not part of the one that goes.")})
    target = into.pk if into else None
    with writing():
        locked(Team.objects.filter(pk=team.pk)).get()
        for person in User.objects.filter(team=team):
            members.change(person, by=doer, team_id=target)
        for child in Team.objects.filter(parent=team):
            members.change(child, by=doer, parent_id=target)
        gone = entry(team, Change.DELETE, moment(team, None))
        team.delete()
        append([gone], doer)


def put_back_team(change: Change, by: Actor) -> Team:
    """The team that this change deleted, under its number: what pointed at it can be put back then."""
    team = Team(pk=change.record_id)
    require(by, "add", team)
    for field in Team._meta.concrete_fields:
        if field.attname in Team.TRACKED:
            setattr(team, field.attname, python(field, change.new.get(field.attname)))
    if team.parent_id is not None and not Team.objects.filter(pk=team.parent_id).exists():
        team.parent_id = None
    team.full_clean(validate_constraints=False, exclude=["id"])
    team.validate_unique(exclude=["id"])
    team.save(force_insert=True)
    append([entry(team, Change.CREATE, moment(team, None), undoes=change.id)], by)
    return team
