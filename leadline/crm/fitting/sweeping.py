"""When the criteria are others, all leads and deals are gone through beside requests, a few hundred at a time.

A row says by which criteria and how far: what was interrupted goes on there, and of several servers each takes the
next portion. Days are looked at anew each day where a criterion speaks of them.
"""

from __future__ import annotations

import hashlib
import threading
import time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from leadline.crm.conditions import asker
from leadline.crm.fitting.criteria import Criterion, criteria
from leadline.crm.fitting.winding import wind
from leadline.crm.models import FitSweep
from leadline.history import beside
from leadline.history.registry import model_of
from leadline.history.writing import locked, writing

PAUSE = 20  # seconds between two looks
AT_ONCE = 200  # records of a portion: nobody else writes meanwhile on SQLite
BREATH = 0.05  # seconds between two portions, for who else wants to write
FORMULA = 1  # another one is another fingerprint
STEPS = (
    ("lead", True),
    ("deal", True),
    ("deal", False),
    ("lead", False),
)  # (kind, open): what is worked on comes first
ONE = 1  # the row
_wanted = threading.Event()


def again() -> None:
    """The criteria were changed, or records came in without following: look as soon as that is kept."""
    FitSweep.objects.filter(pk=ONE).update(fingerprint="")
    transaction.on_commit(_wanted.set)


def in_background() -> None:
    """As long as the server runs."""
    beside.again("working out fits", PAUSE, lambda: catch_up(BREATH), _wanted)


def catch_up(breath: float = 0.0) -> int:
    """Goes through all that is left; returns how many fits are others now. Nothing is done where all is done."""
    changed = 0
    while (found := portion()) is not None:
        changed += found
        time.sleep(breath)
    return changed


def portion() -> int | None:
    """The next few hundred: how many fits changed; None where all is done by the criteria that there are."""
    asked = criteria()
    mark = fingerprint(asked)
    if FitSweep.objects.filter(pk=ONE, fingerprint=mark, step__gte=len(STEPS)).exists():
        return None
    with writing():
        FitSweep.objects.get_or_create(pk=ONE)
        sweep = locked(FitSweep.objects.filter(pk=ONE)).get()
        if sweep.fingerprint != mark:
            sweep.fingerprint, sweep.step, sweep.after = mark, 0, 0
        changed = _advance(sweep, asked) if sweep.step < len(STEPS) else None
        sweep.save()
    return changed


def _advance(sweep: FitSweep, asked: list[Criterion]) -> int:
    kind, is_open = STEPS[sweep.step]
    if not asked:  # all at once: the index knows who has a fit
        sweep.step += 1
        return int(_rows(kind, is_open).exclude(fit=None).update(fit=None))
    ids = list(_rows(kind, is_open).filter(pk__gt=sweep.after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    changed = wind([one for one in asked if one.of in (kind, "organization", "person")], kind, ids) if ids else 0
    if len(ids) < AT_ONCE:
        sweep.step, sweep.after = sweep.step + 1, 0
    else:
        sweep.after = ids[-1]
    return changed


def _rows(kind: str, is_open: bool) -> QuerySet[Any]:
    rows: QuerySet[Any] = model_of(kind)._base_manager.all()
    return rows.filter(status="open") if is_open else rows.exclude(status="open")


def progress() -> float | None:
    """How much of it is done, 0 to 1; None where all fits are by the criteria that there are."""
    sweep, mark = FitSweep.objects.filter(pk=ONE).first(), fingerprint(criteria())
    if sweep is None or sweep.fingerprint != mark:
        return 0.0 if sweep or criteria() else None
    if sweep.step >= len(STEPS):
        return None
    counts = [_rows(*step).count() for step in STEPS]
    done = sum(counts[: sweep.step]) + _rows(*STEPS[sweep.step]).filter(pk__lte=sweep.after).count()
    return done / max(sum(counts), 1)


def fingerprint(asked: list[Criterion]) -> str:
    """Tells criteria apart by what they come to; the day is part of it where one of them speaks of days."""
    told = [(one.row.pk, one.of, one.row.query, one.weight) for one in asked]
    day = asker().today if any(one.speaks_of_days for one in asked) else None
    return hashlib.sha256(repr((FORMULA, day, told)).encode()).hexdigest()
