"""Whose goals are looked at: one's own, those of people one leads, of teams, of the company."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leadline.accounts.models import Level, Role, Team, User
from leadline.accounts.models.team import family
from leadline.accounts.permissions import reaches
from leadline.activities.models import Goal
from leadline.crm.models.personal import people_led
from leadline.history.numbers import number_of
from leadline.insights.sight import COMPANY, Whose, sight_of


@dataclass(frozen=True)
class Of:
    """One of whom there are goals: as addresses say it ("", "12", "team-3", "company"), by name."""

    key: str
    who: Whose
    name: str
    own: bool = False

    @property
    def query(self) -> str:
        return f"?of={self.key}" if self.key else ""


def asked(request: HttpRequest, viewer: User) -> Of:
    """Raises Http404 for somebody whom the viewer does not lead, and for a team that there is not."""
    return named(request.POST.get("of", request.GET.get("of", "")), viewer)


def named(key: str, viewer: User) -> Of:
    """Raises Http404 as `asked`."""
    if not key or key == str(viewer.pk):
        return Of("", (viewer.pk, None), str(viewer), own=True)
    if key == "company":
        return Of(key, COMPANY, _("The company"))
    if key.startswith("team-"):
        team = Team.objects.filter(pk=number_of(key.removeprefix("team-")) or 0).first()
        if team is None:
            raise Http404
        return Of(key, (None, team.pk), team.name)
    person = User.objects.filter(pk=number_of(key) or 0).first()
    if person is None or not reaches(viewer, Level.OWNER, person):
        raise Http404
    return Of(key, (person.pk, None), str(person))


def of_goal(goal: Goal, viewer: User) -> Of:
    return named(key_of((goal.owner_id, goal.team_id)), viewer)


def key_of(who: Whose) -> str:
    person, team = who
    return str(person) if person is not None else f"team-{team}" if team is not None else "company"


def choices(viewer: User) -> list[Of]:
    """Oneself, the people whom one leads, and the teams and the company as far as all of their deals are seen."""
    sight = sight_of(viewer)
    people = [Of(str(one.pk), (one.pk, None), str(one)) for one in led(viewer)]
    whole = (team for team in Team.objects.all() if sight.whole(None, team.pk))
    teams = [Of(f"team-{team.pk}", (None, team.pk), team.name) for team in whole]
    company = [Of("company", COMPANY, _("The company"))] if sight.whole() else []
    return [named("", viewer), *people, *teams, *company]


def settable(viewer: User) -> list[Of]:
    """Those of `choices` for whom the viewer sets goals."""
    if viewer.role == Role.READER:
        return []
    below = family(viewer.team_id) if viewer.team_id is not None else None
    return [
        one for one in choices(viewer)
        if one.who[0] is not None
        or (viewer.leads and (one.who[1] is None or viewer.is_administrator or below is None or one.who[1] in below))
    ]  # fmt: skip


def led(viewer: User) -> list[User]:
    """The people whom somebody leads and who may have goals, without themselves."""
    return list(people_led(viewer))
