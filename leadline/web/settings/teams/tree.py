"""The teams in the order in which a tree reads, with how deep each stands and who is in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from leadline.accounts.models import Team, User
from leadline.web.settings.people.states import State, state_of


@dataclass(frozen=True)
class Branch:
    """One team: `depth` 0 at the top; `below` are the ids of the teams inside it and its own, where it cannot go."""

    team: Team
    depth: int
    below: frozenset[int]
    people: list[User] = field(default_factory=list)


def tree() -> list[Branch]:
    """Every team, each before those inside it, by name on each level. A team whose parent is lost stands at the top."""
    children: dict[int | None, list[Team]] = defaultdict(list)
    teams = {team.pk: team for team in Team.objects.all()}
    for team in teams.values():
        children[team.parent_id if team.parent_id in teams else None].append(team)
    people: dict[int | None, list[User]] = defaultdict(list)
    for person in User.objects.filter(team__isnull=False):
        if state_of(person, ()) != State.GONE:
            people[person.team_id].append(person)
    return _grown(children, people, None, 0)


def _grown(
    children: dict[int | None, list[Team]], people: dict[int | None, list[User]], parent: int | None, depth: int
) -> list[Branch]:
    branches: list[Branch] = []
    for team in children[parent]:
        inside = _grown(children, people, team.pk, depth + 1)
        below = frozenset({team.pk, *(branch.team.pk for branch in inside)})
        branches += [Branch(team, depth, below, people[team.pk]), *inside]
    return branches
