"""Two records that are one: the survivor keeps what it has, and takes what it lacks and what hung on the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By, actor
from leadline.accounts.permissions import require
from leadline.crm.linking import carry_over
from leadline.crm.models import Deal, Organization, Person
from leadline.history.values import EMPTY
from leadline.history.writing import writing

Mergeable = TypeVar("Mergeable", Deal, Person, Organization)


def merge(survivor: Mergeable, loser: Mergeable, *, by: By) -> Mergeable:
    """Merge `loser` into `survivor`: one act, undone as a whole by `history.undoing.undo_act`.

    Notes, files, activities, deals, leads, people, lines and whatever else points at the loser points at the survivor
    afterwards; labels, e-mails and phones are united; the loser goes into the trash and says where it went.
    Raises ValidationError for one and the same record or one in the trash, PermissionDenied.
    """
    doer = actor(by).together()
    with writing():
        survivor.refresh_from_db()
        loser.refresh_from_db()
        _check(survivor, loser)
        require(doer, "change", survivor)
        require(doer, "delete", loser)
        carry_over(loser, survivor, doer)
        with survivor.changing(doer):
            _take_over(survivor, loser)
        with loser.changing(doer, verb="delete") as when:
            _leave(loser, survivor, when)
    return survivor


def _check(survivor: Any, loser: Any) -> None:
    if type(survivor) is not type(loser) or survivor.pk == loser.pk:
        raise ValidationError(_("Choose two different records of the same kind."))
    for record in (survivor, loser):
        if record.deleted_at:
            raise ValidationError(_("%(record)s is in the trash. Restore it first.") % {"record": record})


def _leave(loser: Any, survivor: Any, when: dt.datetime) -> None:
    loser.deleted_at, loser.merged_into = when, survivor


def _take_over(survivor: Any, loser: Any) -> None:
    """Plain fields where the survivor has none; lists and own fields united, the survivor's first."""
    if isinstance(survivor, Deal) and survivor.value is None:
        survivor.value, survivor.currency = loser.value, loser.currency
    for name in (*survivor.OWN, "owner_id", "created_at", "external_id"):
        if getattr(survivor, name) in EMPTY:
            setattr(survivor, name, getattr(loser, name))
    survivor.label_ids = sorted({*survivor.label_ids, *loser.label_ids})
    survivor.custom = loser.custom | survivor.custom
    if isinstance(survivor, Person):
        survivor.emails = _united(survivor.emails, loser.emails, str.lower)
        survivor.phones = _united(survivor.phones, loser.phones, _digits)


def _united(mine: list[dict[str, Any]], others: Iterable[dict[str, Any]], same: Any) -> list[dict[str, Any]]:
    known = {same(item["value"]) for item in mine}
    return mine + [item | {"primary": False} for item in others if same(item["value"]) not in known]


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit() or c == "+")
