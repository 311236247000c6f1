"""Moves deals until killed, and writes each move down after its commit: `python -m bench.killed DATA JOURNAL SEED`.

A line of the journal is "deal stage"; it is written when the verb has returned, so what it says has been promised.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from bench.opened import open_leadline
from bench.person import administrator


def move_on(data: Path, journal: Path, seed: int) -> None:
    """Never returns. Says "ready" before the first move."""
    open_leadline(data)
    from leadline.crm.models import Deal, Stage

    person = administrator()
    deals = list(Deal.objects.open()[:500])
    stages = list(Stage.objects.kept().select_related("pipeline"))
    chance = random.Random(seed)
    file = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    print("ready", flush=True)
    while True:
        deal = chance.choice(deals)
        stage = chance.choice([stage for stage in stages if stage.pk != deal.stage_id])
        deal.move_to(stage, by=person)
        os.write(file, f"{deal.pk} {stage.pk}\n".encode())


if __name__ == "__main__":
    move_on(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
