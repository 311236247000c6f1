"""Playbooks for tests: one published version in one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Playbook, Stage
from leadline.crm.playbooks import begin, publish


def item(key: str, kind: str = "tick", **more: Any) -> dict[str, Any]:
    return {"key": key, "name": key.capitalize(), "kind": kind, "required": True, **more}


def choice(key: str = "fit", **more: Any) -> dict[str, Any]:
    options = [{"key": "good", "name": "Good", "points": 100}, {"key": "so", "name": "So so", "points": 40}]
    return item(key, "choice", options=options, **more)


def playbook(
    stage: Stage, *items: dict[str, Any], for_standing: bool = False, at: dt.datetime | None = None
) -> Playbook:
    draft = begin(stage, by=SYSTEM)
    draft.edit(by=SYSTEM, items=list(items))
    return publish(draft, by=SYSTEM, for_standing=for_standing, at=at)
