"""A form to send to: `python -m bench.door_opened DATA` adds one whose leads somebody gets, and prints its token."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.opened import open_leadline
from bench.person import administrator

FIELDS = [
    {"name": "person", "word": "Name", "kind": "text", "required": True},
    {"name": "email", "word": "E-mail", "kind": "email", "required": True},
    {"name": "organization", "word": "Firm", "kind": "text"},
    {"name": "message", "word": "Question", "kind": "long"},
]


def opened() -> str:
    """Leadline must be open."""
    from leadline.accounts.actors import SYSTEM
    from leadline.crm.doors import add_form
    from leadline.crm.models import AssignmentRule

    if not AssignmentRule.objects.kept().exists():
        AssignmentRule(name="All", user_ids=[administrator().pk], by="turn").add(by=SYSTEM)
    door = add_form("Bench", by=SYSTEM, fields=FIELDS)
    return door.token


if __name__ == "__main__":
    open_leadline(Path(sys.argv[1]), os.environ.get("DATABASE_URL", ""))
    print(opened())
