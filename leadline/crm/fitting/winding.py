"""The fit that is kept with each lead and deal is what the criteria give for it now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Case, Q, SmallIntegerField, Value, When
from django.db.models.functions import Cast

from leadline.crm.fitting.criteria import Criterion, criteria, weighed, weights
from leadline.crm.fitting.meeting import AT_ONCE, about, standings
from leadline.crm.models import FitSweep
from leadline.crm.models.fit import BEGUN
from leadline.history.registry import model_of
from leadline.history.writing import locked

MOST = 2000  # leads or deals of one client that follow it at once; of more, all are looked at beside requests


def follow(kind: str, ids: Collection[int]) -> None:
    """Something that criteria may ask of was changed: leads and deals themselves, or whom they are about."""
    asked = criteria()
    if not asked:
        return
    if kind in BEGUN:
        wind_fits(kind, ids)
        return
    if not any(_rests(one, kind) for one in asked):
        return
    for behind in sorted(BEGUN):
        rows = model_of(behind)._base_manager.filter(_of(kind, ids)).order_by()
        found = list(rows.values_list("pk", flat=True)[: MOST + 1])
        if len(found) > MOST:
            FitSweep.objects.update(fingerprint="")
            return
        wind_fits(behind, found)


def _rests(one: Criterion, kind: str) -> bool:
    """A person's change may change their organization; an organization's address is a deal's territory."""
    if kind == "person":
        return one.of in ("person", "organization")
    return one.of == "organization" or "territory" in one.row.query


def _of(kind: str, ids: Collection[int]) -> Q:
    if kind == "person":
        return Q(person__in=ids)
    return Q(organization__in=ids) | Q(organization=None, person__organization__in=ids)


def wind_fits(kind: str, ids: Iterable[int]) -> int:
    """Set the fits of these leads or deals; returns how many are others now."""
    asked, wanted, changed = criteria(kind), sorted(set(ids)), 0
    for start in range(0, len(wanted), AT_ONCE):
        changed += wind(asked, kind, wanted[start : start + AT_ONCE])
    return changed


def wind(asked: list[Criterion], kind: str, ids: Collection[int]) -> int:
    """Of at most AT_ONCE records, by criteria that are read already."""
    manager: Any = model_of(kind)._base_manager
    rows = manager.filter(pk__in=ids)
    if not asked:
        return int(rows.exclude(fit=None).update(fit=None))
    was = dict(locked(rows.order_by("pk")).values_list("pk", "fit"))
    records = about(rows)
    weighing = weights(asked)
    now = {record.pk: weighed(weighing, met) for record, met in zip(records, standings(asked, records), strict=True)}
    changed = {pk: fit for pk, fit in now.items() if fit != was.get(pk)}
    if changed:
        _write(manager, changed)
    return len(changed)


def _write(manager: Any, fits: dict[int, int | None]) -> None:
    """One statement, by the fits that there are: at most a hundred and two of them."""
    alike: dict[int | None, list[int]] = {}
    for pk, fit in fits.items():
        alike.setdefault(fit, []).append(pk)
    cases = [When(pk__in=ids, then=Value(fit)) for fit, ids in alike.items()]
    told = Case(*cases, output_field=SmallIntegerField())
    manager.filter(pk__in=fits).update(fit=Cast(told, SmallIntegerField()))  # PostgreSQL takes a Case of nulls for text
