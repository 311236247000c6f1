"""Who does it, and by which way. Every verb takes one as `by=`; there is no ambient current user."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from leadline.accounts.models import User

WAYS = ("web", "api", "import", "mail", "job", "cli", "mcp", "rule")


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
        """Whether a person's hand is behind it: what touches a deal (R3). Imports and jobs are not."""
        return self.user is not None and self.via in ("web", "api", "cli", "mail", "mcp")

    def together(self) -> Actor:
        """The same actor with a fresh act, unless one is under way."""
        return self if self.act else replace(self, act=uuid.uuid4())


By = User | Actor

SYSTEM = Actor(user=None, via="job")


def actor(by: By) -> Actor:
    """The actor behind `by`: a bare user acts by the web."""
    return by if isinstance(by, Actor) else Actor(user=by)
