"""The cast: people who try every verb, and every view as views come.

Head office (leader: Lena)
├── North (owner: Olga, teammate: Theo, reader: Rita, inactive: Ivan)
└── South (outsider: Umar)
Ada, the administrator, is in no team.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, Team, User
from leadline.history import members


@dataclass(frozen=True)
class Cast:
    """Everybody by the part they play."""

    administrator: User
    leader: User
    owner: User
    teammate: User
    outsider: User
    reader: User
    inactive: User

    PARTS = ("administrator", "leader", "owner", "teammate", "outsider", "reader", "inactive")


def assemble() -> Cast:
    """Put the cast into the database, with their teams."""
    head = members.add(Team(name="Head office"), by=SYSTEM)
    north = members.add(Team(name="North", parent=head), by=SYSTEM)
    south = members.add(Team(name="South", parent=head), by=SYSTEM)
    return Cast(
        administrator=person("Ada", role=Role.ADMINISTRATOR),
        leader=person("Lena", role=Role.LEADER, team=head),
        owner=person("Olga", team=north),
        teammate=person("Theo", team=north),
        outsider=person("Umar", team=south),
        reader=person("Rita", role=Role.READER, team=north),
        inactive=person("Ivan", team=north, is_active=False),
    )


def person(name: str, *, role: str = Role.SELLER, team: Team | None = None, is_active: bool = True) -> User:
    """Somebody who can sign in with the password "correct horse battery"."""
    user = User(name=name, email=f"{name}@example.com", role=role, team=team, is_active=is_active)
    user.set_password("correct horse battery")
    return members.add(user, by=SYSTEM)
