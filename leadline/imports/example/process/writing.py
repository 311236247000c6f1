"""Many records at once, each with its entry in the log: a verb for each would take the example's load seconds more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from leadline.accounts.actors import Actor
from leadline.history.models import Change
from leadline.history.writing import append, entry

Made = tuple[Any, dt.datetime]  # a record, and when something was done to it


def create(made: Sequence[Made], by: Actor) -> None:
    """New records of one model. Must stand in a transaction."""
    if made:
        type(made[0][0]).objects.bulk_create([record for record, _at in made], batch_size=200)
        append([entry(record, Change.CREATE, at) for record, at in made], by)


def change(made: Iterable[Made], by: Actor, alter: Callable[[Any, dt.datetime], dict[str, Any]]) -> None:
    """What `alter` gives, attribute by attribute, of records of one model; each change stands at its moment."""
    entries, records, names = [], [], set[str]()
    for record, at in made:
        new = alter(record, at)
        before = {name: getattr(record, name) for name in new}
        for name, value in new.items():
            setattr(record, name, value)
        entries.append(entry(record, Change.CHANGE, at, before))
        records.append(record)
        names |= new.keys()
    if records:
        type(records[0])._base_manager.bulk_update(records, sorted(names), batch_size=100)
        append(entries, by)


def named(model: Any, name: str, by: Actor, at: dt.datetime) -> Any:
    """The row of this name: the company may have begun with it."""
    return model.objects.kept().filter(name=name).first() or model(name=name).add(by=by, at=at)
