"""An administrator to measure with: `python -m bench.person DATA EMAIL PASSWORD` makes one who can sign in."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from bench.opened import open_leadline

EMAIL, PASSWORD = "bench@bench.example", "a long word for the bench"


def administrator(email: str = EMAIL, password: str | None = None) -> Any:
    """The User, made where there is none yet. Leadline must be open."""
    from leadline.accounts.actors import SYSTEM
    from leadline.accounts.models import Role, User
    from leadline.history import members

    known = User.objects.filter(email=email).first()
    user = known or members.add(User(email=email, name="Bench", role=Role.ADMINISTRATOR), by=SYSTEM)
    if password:
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


if __name__ == "__main__":
    open_leadline(Path(sys.argv[1]), os.environ.get("DATABASE_URL", ""))
    administrator(*sys.argv[2:])
