"""Who does it, and by which way. Every verb takes one as `by=`; there is no ambient current user."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from leadline.accounts.models import User

WAYS = ("web", "api", "import", "mail", "job", "cli", "mcp", "rule")
# Ways in which a person's hand is at work: what they do touches a deal (R3). Imports, jobs and rules are not.
HUMAN_WAYS = ("web", "api", "cli", "mail", "mcp")


@dataclass(frozen=True)
class Actor:
    """A person (or, without one, Leadline itself) acting by a way; `act` groups changes that belong together."""

    user: User | None
    via: str = "web"
    act: uuid.UUID | None = None

    def __post_init__(self) -> None:
        if self.via not in WAYS:
            raise ValueError(f"via is {self.via!r}; it must be one of {', '.join(WAYS)}.")

    @property
    def id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def human(self) -> bool:
        """Whether a person's hand is behind it."""
        return self.user is not None and self.via in HUMAN_WAYS

    def together(self) -> Actor:
        """The same actor with a fresh act, unless one is under way."""
        return self if self.act else replace(self, act=uuid.uuid4())

    def by_rule(self) -> Actor:
        """The same person where Leadline acts as a consequence of what they did: nobody looked at the single record."""
        return replace(self, via="rule")


By: TypeAlias = "User | Actor"

SYSTEM = Actor(user=None, via="job")


def actor(by: By) -> Actor:
    """The actor behind `by`: a bare user acts by the web."""
    return by if isinstance(by, Actor) else Actor(user=by)
