"""Causes in the log: something was added, moved, given a value, won, lost, done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q

from leadline.crm.fields import Field, FieldKind, field_of
from leadline.history.models import Change
from leadline.rules.causes import Cause
from leadline.rules.models import Rule, When


class Happened:
    """A change with both its sides, read once for all rules."""

    __slots__ = ("change", "made", "new", "old")

    def __init__(self, change: Change) -> None:
        self.change, self.old, self.new = change, change.old, change.new
        self.made = change.verb == Change.CREATE

    def became(self, name: str, value: Any) -> bool:
        """Whether the field has got this value by it."""
        return (self.made or name in self.old) and self.new.get(name) == value


def entity_of(rule: Rule) -> str:
    """Of which kind of record the changes are that set it off."""
    return "activity" if rule.when == When.DONE else rule.kind


def causes(rule: Rule, changes: Iterable[Happened]) -> Iterator[Cause]:
    """Those among these changes, in their order; taken back or not."""
    find, entity = FIND.get(rule.when), entity_of(rule)
    if find is None:
        return
    for happened in changes:
        change = happened.change
        if change.entity == entity and change.undoes is None and not happened.new.get("deleted_at"):
            found = find(rule, happened)
            if found is not None:
                key, record_id = found
                yield Cause(key, rule.kind, record_id, _moment(rule, happened), change.pk)


def _moment(rule: Rule, happened: Happened) -> dt.datetime:
    """When it happened: what is told today of last week happened last week."""
    at, said = happened.change.occurred_at, happened.new.get(MOMENTS.get(rule.when, ""))
    return min(at, dt.datetime.fromisoformat(said)) if said else at


def narrowed(rule: Rule) -> Q:
    """What can be said in SQL of changes that may set it off: to find the few among many of the past."""
    made = Q(verb=Change.CREATE)
    match rule.when:
        case When.ADDED:
            return made
        case When.ENTERED:
            return made | Q(before__contains='"stage')
        case When.WON | When.LOST:
            return Q(after__contains=f'"status":"{rule.when}"') & (made | Q(before__contains='"status"'))
        case When.DONE:
            return Q(after__contains='"done_at"') & (made | Q(before__contains='"done_at"'))
        case When.CHANGED:
            return made | Q(before__contains=f'"{_attname(rule)}"')
    return Q(pk__in=[])


MOMENTS: Mapping[str, str] = {When.WON: "closed_at", When.LOST: "closed_at", When.DONE: "done_at"}
Found = tuple[str, int] | None  # the key of the cause, the record


def _itself(happened: Happened, so: bool) -> Found:
    return (f"change {happened.change.pk}", happened.change.record_id) if so else None


def _added(rule: Rule, happened: Happened) -> Found:
    return _itself(happened, happened.made)


def _entered(rule: Rule, happened: Happened) -> Found:
    if rule.kind == "lead":
        return _itself(happened, happened.became("stage", rule.details.get("stage")))
    there = happened.became("stage_id", rule.details.get("stage_id"))
    return _itself(happened, there and happened.new.get("status") == "open")


def _status(rule: Rule, happened: Happened) -> Found:
    return _itself(happened, happened.became("status", rule.when))


def _done(rule: Rule, happened: Happened) -> Found:
    """The same activity, reopened and done once more, is the same cause."""
    new, details = happened.new, rule.details
    now_done = new.get("done_at") and (happened.made or ("done_at" in happened.old and not happened.old["done_at"]))
    of_type = details.get("type_id") in (None, new.get("type_id"))
    so = not details.get("outcome") or details["outcome"].casefold() == str(new.get("outcome", "")).casefold()
    record_id = new.get(f"{rule.kind}_id")
    if now_done and of_type and so and record_id:
        return f"activity {happened.change.record_id} done", record_id
    return None


def _changed(rule: Rule, happened: Happened) -> Found:
    try:
        field = field_of(rule.kind, rule.details["field"])
    except LookupError:
        return None
    old, new = _held(field, happened.old), _held(field, happened.new)
    moved = happened.made or (field.attname in happened.old and old != new)
    return _itself(happened, moved and _gets(field, old, new, rule.details.get("value", "")))


def _attname(rule: Rule) -> str:
    try:
        return field_of(rule.kind, rule.details["field"]).attname
    except LookupError:
        return "-"


def _held(field: Field, values: Mapping[str, Any]) -> Any:
    if field.custom is not None:
        return (values.get("custom") or {}).get(field.custom.key)
    return values.get(field.attname)


def _gets(field: Field, old: Any, new: Any, wanted: Any) -> bool:
    if field.kind in (FieldKind.LABELS, FieldKind.CHOICES):
        fresh = set(new or []) - set(old or [])
        return wanted in fresh if wanted != "" else bool(fresh)
    if wanted == "":
        return new not in (None, "", [], {})
    if field.kind in (FieldKind.MONEY, FieldKind.NUMBER):
        return _number(new) is not None and _number(new) == _number(wanted)
    return str(new if new is not None else "").casefold() == str(wanted).casefold()


def _number(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


FIND: Mapping[str, Callable[[Rule, Happened], Found]] = {
    When.ADDED: _added,
    When.ENTERED: _entered,
    When.CHANGED: _changed,
    When.WON: _status,
    When.LOST: _status,
    When.DONE: _done,
}
