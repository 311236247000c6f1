"""Whose calendars can be chosen: everybody who works here, by team."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.accounts.models import Team, User
from leadline.web.calendar.asked import Asked


@dataclass(frozen=True)
class Choice:
    """Somebody, or a team, to look at."""

    pk: int
    name: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    """`title` says who is shown; `names` are those of all people by number."""

    title: str
    teams: list[Choice]
    people: list[Choice]
    names: dict[int, str]


def choices(ask: Asked) -> Choices:
    """Oneself first. Two queries."""
    names = {user.pk: str(user) for user in User.objects.who_may_own() | User.objects.filter(pk__in=ask.who)}
    teams = [Choice(team.pk, team.name, team.pk == ask.team) for team in Team.objects.all()]
    order = sorted(names, key=lambda pk: pk != ask.user.pk)
    people = [Choice(pk, names[pk], not ask.team and pk in ask.who) for pk in order]
    return Choices(_title(ask, names, teams), teams, people, names)


def _title(ask: Asked, names: dict[int, str], teams: list[Choice]) -> str:
    team = next((one.name for one in teams if one.chosen), "")
    if team:
        return team
    if ask.alone:
        return _("My calendar")
    if len(ask.who) == 1:
        return names[ask.who[0]]
    return ngettext("%(count)d person", "%(count)d people", len(ask.who)) % {"count": len(ask.who)}
