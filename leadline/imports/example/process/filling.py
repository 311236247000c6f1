"""All of it, one after the other, in the act of the import: who takes that back takes this back."""

from __future__ import annotations

import datetime as dt
import random

from leadline.accounts.actors import Actor
from leadline.history.writing import writing
from leadline.imports.example.process import answers, endings, hand_offs, people, playbooks, settings
from leadline.imports.models import Import


def fill(now: dt.datetime, seed: int) -> None:
    """`now` is the midnight with which the example's last day begins; the same for the same seed."""
    by = Actor(None, "import", Import.objects.latest("pk").act)
    chance = random.Random(seed + 7)
    with writing():
        people.appoint(by, now)
        playbooks.publish(by, now)
        answers.give(by, now, chance)
        hand_offs.hand(by, now, chance)
        endings.explain(by, now, chance)
        settings.set_up(by)
