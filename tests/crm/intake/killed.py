"""A flood that is killed: `python -m tests.crm.intake.killed DATA ARRIVALS KILLS`.

Processes that keep arrivals, each of them sent by several, and others that make leads of them get SIGKILL again and
again; then one of each comes to the end. Prints as JSON what is found.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.opened import open_leadline


def child(work: Callable[[], object]) -> int:
    """A process that does it; its number."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    finally:
        os._exit(0)


def flood(door: int, arrivals: int, seed: int, journal: int) -> None:
    """Every arrival, in an order of its own; a line in the journal once it has been promised."""
    from leadline.crm.intake import keep

    numbers = list(range(arrivals))
    random.Random(seed).shuffle(numbers)
    for number in numbers:
        firm, one = number // 6, number % 3  # each person comes twice
        given = {"person": f"P {one}", "email": f"p{one}@f{firm}.example", "organization": f"F {firm}"}
        keep(door, f"mark {number}", given, {}, why="trap" if number % 20 == 0 else "")
        os.write(journal, f"{number}\n".encode())


def found(killed: int, promised: set[int]) -> dict[str, Any]:
    """What there is of each."""
    from leadline.crm.intake import counts
    from leadline.crm.models import Arrival, Lead, Note, Person
    from leadline.history.models import Change

    marks = set(Arrival.objects.values_list("mark", flat=True))
    told = counts()
    leads = list(Lead.objects.values_list("origin", flat=True))
    emails = list(Person.objects.values_list("first_email", flat=True))
    acts = Change.objects.filter(entity__in=("lead", "note"), verb="create").values("act")
    return {
        "killed": killed,
        "promised": len(promised),
        "lost": len({f"mark {number}" for number in promised} - marks),
        "came": told.came,
        "adds_up": told.came == sum(told[1:]),
        "waiting": told.waiting + told.failed + told.refused,
        "spam": told.spam,
        "made": told.taken + told.joined,
        "leads_less_taken": len(leads) - told.taken,
        "of_one_arrival_twice": len(leads) - len({origin["arrival"] for origin in leads}),
        "notes_less_joined": Note.objects.count() - told.joined,
        "people_twice": len(emails) - len(set(emails)),
        "acts_less_made": acts.distinct().count() - told.taken - told.joined,
    }  # fmt: skip


def main(data: str, arrivals: str, kills: str) -> None:
    open_leadline(Path(data), "")
    from leadline.crm.intake import make_waiting
    from tests.crm.intake.making import form

    door, count, chance, killed = form().pk, int(arrivals), random.Random(7), 0
    place = Path(data) / "journal"
    journal = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(int(kills)):
        senders = [child(lambda seed=seed: flood(door, count, seed, journal)) for seed in (number, -1 - number)]
        makers = [child(make_waiting) for _n in range(2)]
        time.sleep(0.05 + chance.random() * 0.3)
        for pid in senders + makers:
            os.kill(pid, signal.SIGKILL)
            killed += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    flood(door, count, 0, journal)
    make_waiting()
    print(json.dumps(found(killed, {int(line) for line in place.read_text().split()})))


if __name__ == "__main__":
    main(*sys.argv[1:])
