"""Servers that act on rules and are killed, again and again: `python -m tests.rules.killed DATA DEALS KILLS`.

Prints as JSON what is found once one of them was left to come to the end.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

from bench.opened import open_leadline

SERVERS = 2


def serve() -> int:
    """A process that reads the log for rules until nothing is left; its number."""
    from django.db import connections

    from leadline.rules import following

    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        while following.catch_up():
            pass
    finally:
        os._exit(0)


def kill_some(deals: int, kills: int) -> int:
    """How many were killed at work."""
    from leadline.rules.models import RuleRun

    chance, killed = random.Random(7), 0
    for _n in range(kills):
        children = [serve() for _server in range(SERVERS)]
        time.sleep(0.05 + chance.random() * 0.25)
        for child in children:
            os.kill(child, signal.SIGKILL)
        killed += sum(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL for child in children)
        if RuleRun.objects.count() >= deals:
            break
    last = [serve() for _server in range(SERVERS)]
    for child in last:
        os.waitpid(child, 0)
    return killed


def found(killed: int) -> dict[str, Any]:
    """What there is of each: it should be one for each deal."""
    from leadline.activities.models import Activity
    from leadline.crm.models import Deal
    from leadline.history.models import Change
    from leadline.rules.models import RuleRun

    acts = list(RuleRun.objects.values_list("act", flat=True))
    return {
        "killed": killed,
        "deals": Deal.objects.count(),
        "runs": len(acts),
        "done": RuleRun.objects.filter(state="done").count(),
        "activities": Activity.objects.values("deal").distinct().count(),
        "twice": Activity.objects.count() - Activity.objects.values("deal").distinct().count(),
        "labelled": Deal.objects.exclude(label_ids=[]).count(),
        "changes": Change.objects.filter(act__in=acts).count(),
        "strays": Change.objects.filter(via="rule").exclude(act__in=acts).count(),
    }


def main(data: str, deals: str, kills: str) -> None:
    open_leadline(Path(data), "")
    from bench.person import administrator
    from leadline.accounts.actors import SYSTEM
    from leadline.activities.models import ActivityType
    from tests import factories as make
    from tests.rules.making import rule

    call, label, owner = ActivityType(name="Call").add(by=SYSTEM), make.label(), administrator()
    activity = {"do": "activity", "type_id": call.pk, "subject": "Call"}
    rule(acts=[activity, {"do": "label", "label_ids": [label.pk]}])
    for _n in range(int(deals)):
        make.deal(by=SYSTEM, owner=owner)
    print(json.dumps(found(kill_some(int(deals), int(kills)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
