"""How a deal stands against a stage's playbook: item by item, what it has, who said so and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leadline.accounts.models import User
from leadline.crm.models import Deal, ItemKind, Playbook, Stage
from leadline.crm.models.clocks import changes_of
from leadline.crm.models.qualifying import Item
from leadline.crm.playbooks import values
from leadline.crm.playbooks.holding import Held, held
from leadline.crm.playbooks.versions import version_for
from leadline.history.models import Change
from leadline.history.standing import standing as standing_changes


@dataclass(frozen=True)
class Standing:
    """One item on one deal. `waived` is the reason for which a leader asks for it no more.

    `value` is what is kept: true, text, a choice's key, a number as text, a day as ISO; for people the participant's
    id, for files the file's, for activities None. `said` is how it reads. `by` and `at` are of the answer, or else of
    the waiver; None where nobody knows.
    """

    item: Item
    answered: bool = False
    value: Any = None
    said: str = ""
    waived: str = ""
    by: User | None = None
    at: dt.datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether a deal may move on as far as this item goes."""
        return self.answered or bool(self.waived) or not self.item["required"]


def standing(deal: Deal, stage: Stage) -> list[Standing]:
    """The items of the playbook that the deal has in this stage, in their order; none without a playbook."""
    return standings(deal, {stage.pk: version_for(deal, stage)})[stage.pk]


def standings(deal: Deal, books: Mapping[int, Playbook | None]) -> dict[int, list[Standing]]:
    """The same for several stages by their ids, each with the version that the deal has there; read together."""
    items = [item for book in books.values() if book for item in book.items]
    if not items:
        return {pk: [] for pk in books}
    has = held([deal], items)[deal.pk]
    named = iter(_with_names([answered(item, has) for item in items], has))
    return {pk: [next(named) for _item in book.items] if book else [] for pk, book in books.items()}


def answered(item: Item, has: Held) -> Standing:
    """Whether what a deal has answers one item, and how; without who said so."""
    given = has.answers.get(item["key"])
    waived = given.waived if given else ""
    if item["kind"] == ItemKind.PERSON:
        if one := has.with_role(item.get("role", "")):
            return Standing(item, True, one.pk, str(one.person), waived)
        return Standing(item, bool(has.person_id and not item.get("role")), waived=waived)
    if item["kind"] == ItemKind.FILE:
        file = has.file_for(item["key"])
        if file is None:
            return Standing(item, waived=waived)
        return Standing(item, True, file.pk, file.name, waived, file.author, file.created_at)
    if item["kind"] == ItemKind.ACTIVITY:
        done = has.done_of(item.get("type_id"))
        return Standing(item, done is not None, waived=waived, at=done[0] if done else None)
    if given and values.answers(item, given.value):
        return Standing(item, True, given.value, values.said(item, given.value), waived)
    return Standing(item, waived=waived)


def _with_names(found: Iterable[Standing], has: Held) -> list[Standing]:
    """Who gave each answer and when, from the log; activities and files know it themselves."""
    rows = list(found)
    log = changes_of("answer", [answer.pk for answer in has.answers.values()])
    people = [row.value for row in rows if row.item["kind"] == ItemKind.PERSON and row.answered and row.value]
    log_of_people = changes_of("participant", people)
    last: dict[str, Change] = {}
    owners: dict[str, int | None] = {}
    for row in rows:
        key, given = row.item["key"], has.answers.get(row.item["key"])
        if row.item["kind"] == ItemKind.PERSON and row.value:
            last |= _last(key, log_of_people[row.value], "role")
        elif row.item["kind"] == ItemKind.ACTIVITY and (done := has.done_of(row.item.get("type_id"))):
            owners[key] = done[1]
        if given and key not in last and not row.at and (row.answered or row.waived):
            last |= _last(key, log[given.pk], "value" if row.answered else "waived")
    ids = {change.by_id for change in last.values()} | set(owners.values())
    users = User.objects.in_bulk([pk for pk in ids if pk])
    return [_named(row, last.get(row.item["key"]), owners.get(row.item["key"]), users) for row in rows]


def _last(key: str, changes: list[Change], name: str) -> dict[str, Change]:
    """By the key: the last change that made the field what it is."""
    made = [c for c in standing_changes(changes) if name in c.old or c.verb == Change.CREATE]
    return {key: made[-1]} if made else {}


def _named(row: Standing, change: Change | None, owner_id: int | None, users: dict[int, User]) -> Standing:
    pk = change.by_id if change else owner_id
    by = users.get(pk) if pk else row.by
    at = change.occurred_at if change else row.at
    return Standing(row.item, row.answered, row.value, row.said, row.waived, by, at)
