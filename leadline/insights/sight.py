"""Of whom somebody sees all deals. A target is held only against deals of which all are seen: this is the one rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from leadline.accounts.models import Role, User
from leadline.accounts.permissions import owners_seen_by
from leadline.crm.models import Deal, Target

Whose = tuple[int | None, int | None]  # a person, a team, or (neither) the company
COMPANY: Whose = (None, None)


@dataclass(frozen=True)
class Sight:
    """`owners` are those of whom all deals are seen (None: of everybody), `teams` which sellers each team has."""

    owners: frozenset[int | None] | None
    teams: Mapping[int | None, frozenset[int]]
    widest: Whose = COMPANY

    def whole(self, person: int | None = None, team: int | None = None) -> bool:
        """Whether all deals of that person, of that team or (neither) of the company are seen."""
        if self.owners is None:
            return True
        if person is not None:
            return person in self.owners
        if team is not None:
            return self.teams.get(team, frozenset()) <= self.owners
        return None in self.owners and frozenset[int]().union(*self.teams.values()) <= self.owners


def sight_of(user: User | None) -> Sight:
    """What this person sees (None: all). `widest` is the company, else their team, else they themselves."""
    owners = None if user is None else owners_seen_by(user, Deal.ENTITY)
    if user is None or owners is None:
        return Sight(None, {})
    members: dict[int | None, set[int]] = defaultdict(set)
    for pk, team in _sellers().values_list("pk", "team_id"):
        members[team].add(pk)
    found = Sight(owners, {team: frozenset(some) for team, some in members.items()})
    if found.whole():
        return found
    together = user.team_id is not None and found.whole(team=user.team_id)
    return Sight(owners, found.teams, (None, user.team_id) if together else (user.pk, None))


def sees_nobody_else(user: User | None) -> bool:
    """Whether others have deals and this person sees none of them: then nothing can be said of others, or of all."""
    sight = sight_of(user)
    return user is not None and not sight.whole() and (sight.owners or frozenset()) <= {user.pk, None}


def _sellers() -> QuerySet[User]:
    """Who has deals, or is there to have some: an administrator without any hides nothing from anybody."""
    selling = Q(is_active=True, role__in=(Role.SELLER, Role.LEADER))
    return User.objects.filter(selling | Q(Exists(Deal._base_manager.filter(owner=OuterRef("pk")))))


def held_against(user: User | None) -> tuple[int, ...] | None:
    """The targets that this person may see and that what they see can be held against; None for all there are."""
    if user is None:
        return None
    sight = sight_of(user)
    if sight.owners is None and user.leads:
        return None
    rows = Target.objects.visible_to(user).values_list("pk", "user_id", "team_id")
    return tuple(pk for pk, person, team in rows if sight.whole(person, team))
