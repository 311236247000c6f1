"""Taking back a whole import: as if it had never been, in every report of every date.

What it made is deleted for good; what it changed gets its old values back. Each entry that takes something back stands
at the instant of what it takes back. What somebody has changed or built upon since stays, and is listed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

import orjson
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import Team, User
from leadline.activities.models import Activity, ActivityType
from leadline.crm.fitting import again as look_at_fits
from leadline.crm.models import (
    Absence,
    Answer,
    AssignmentRule,
    Campaign,
    Currency,
    CustomField,
    Deal,
    DealProduct,
    DiscardReason,
    Door,
    FitCriterion,
    HandOff,
    Label,
    Lack,
    Lead,
    LostReason,
    Organization,
    Person,
    Pipeline,
    Playbook,
    Pod,
    Product,
    Source,
    Stage,
    Target,
)
from leadline.crm.models.qualifying import requalify
from leadline.history.models import Change
from leadline.history.registry import recorded_models
from leadline.history.replay import fold
from leadline.history.values import filled, plain, python
from leadline.history.writing import Entry, append, writing
from leadline.imports.locking import holding
from leadline.imports.models import Import, State
from leadline.imports.planning.staging import in_parts
from leadline.imports.writing import bulk
from leadline.rules.models import Rule

# Children before what they hang on.
ORDER: tuple[Any, ...] = (
    Target, Activity, DealProduct, HandOff, Answer, Lead, Deal, Person, Organization, Product, Playbook, Stage,
    Pipeline, Rule, AssignmentRule, FitCriterion, Absence, Pod, Door, Campaign, Source, LostReason, DiscardReason, Lack,
    Label, ActivityType, CustomField, Currency, User, Team,
)  # fmt: skip
CHUNK = 1000
Touched = dict[Any, set[int]]  # by model: records with clocks, which are read anew in the end


def take_back(arrival: Import) -> list[str]:
    """Undo an import that is done; returns what had to be left, in words. Interrupted, the next start ends it."""
    with holding(arrival):
        arrival.state = State.UNDOING
        arrival.save(update_fields=["state"])
        return remove(arrival, State.UNDONE)


def remove(arrival: Import, state: State) -> list[str]:
    """Take everything back and leave the import in `state`. Can be begun again where it was interrupted."""
    by = Actor(arrival.by, "import", arrival.act)
    kept: list[str] = []
    touched: Touched = {Deal: set(), Lead: set()}
    held = remembered(arrival)
    for model in ORDER:
        kept += put_back_changed(model, arrival, by, touched)
    for model in ORDER:
        kept += delete_made(model, arrival, by, touched, held[model])
    for model, ids in touched.items():
        for some in in_parts(sorted(ids), CHUNK):
            model.wind_clocks(some)
            if model is Deal:
                requalify(some)
    arrival.state, arrival.kept, arrival.finished_at = state, kept[:1000], timezone.now()
    arrival.save(update_fields=["state", "kept", "finished_at"])
    look_at_fits()
    return kept


def changes(arrival: Import, model: Any, **more: Any) -> Any:
    """The import's own entries for a model, without those that take something back."""
    return Change.objects.filter(act=arrival.act, entity=model.ENTITY, undoes=None, **more)


# --- what it changed


def put_back_changed(model: Any, arrival: Import, by: Actor, touched: Touched) -> list[str]:
    """Records that were there before get their old values back."""
    made = set(changes(arrival, model, verb=Change.CREATE).values_list("record_id", flat=True))
    rows = changes(arrival, model, verb=Change.CHANGE).order_by("record_id", "-id").values_list("record_id", flat=True)
    wanted = [pk for pk in dict.fromkeys(rows) if pk not in made]
    kept: list[str] = []
    for some in in_parts(wanted, CHUNK):
        with writing():
            kept += put_back(model, some, arrival, by)
    if model in touched:
        touched[model].update(wanted)
    return kept


def put_back(model: Any, ids: list[int], arrival: Import, by: Actor) -> list[str]:
    """Some records of one model, in one transaction."""
    records = {row.pk: row for row in model._base_manager.filter(pk__in=ids)}
    others = changed_since(model, arrival, ids)
    undone = set(
        Change.objects.filter(act=arrival.act, entity=model.ENTITY, record_id__in=ids)
        .exclude(undoes=None)
        .values_list("undoes", flat=True)
    )
    entries: list[Entry] = []
    kept = []
    for change in changes(arrival, model, verb=Change.CHANGE, record_id__in=ids).order_by("-id"):
        record = records.get(change.record_id)
        if record is None or change.pk in undone:
            continue
        if change.record_id in others:
            kept.append(_("%(what)s has been changed since and was left.") % {"what": record})
            continue
        entries.append(reversal(model, record, change))
    append(entries, by)
    for pk, state in logged_states(model, {entry.record_id for entry in entries}):
        record = records[pk]
        for name in record.snapshot():
            setattr(record, name, python(field_of(model, name), state.get(name)))
        record.save()
    return list(dict.fromkeys(kept))


def logged_states(model: Any, ids: set[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the log says of these records: what was taken back may lie behind what came later."""
    logs = Change.objects.filter(entity=model.ENTITY, record_id__in=ids).order_by("record_id", "occurred_at", "id")
    for pk, changes_of_one in groupby(logs, key=lambda change: change.record_id):
        yield pk, fold(changes_of_one)


def reversal(model: Any, record: Any, change: Change) -> Entry:
    """The record with the change's old values, and the entry that says so at the instant of the change."""
    old = change.old
    before = {name: plain(getattr(record, name)) for name in old}
    for name, value in old.items():
        setattr(record, name, python(field_of(model, name), value))
    after = filled({name: plain(value) for name, value in record.snapshot().items()})
    return Entry(model.ENTITY, record.pk, Change.CHANGE, change.occurred_at, after, before, change.pk)


def field_of(model: Any, name: str) -> Any:
    """The column of a tracked field."""
    return next(field for field in model._meta.concrete_fields if field.attname == name)


# --- what it made


def delete_made(model: Any, arrival: Import, by: Actor, touched: Touched, held: set[int]) -> list[str]:
    """Records that the import made are deleted for good, unless somebody has changed or used them since."""
    kept: list[str] = []
    for some in chunks(changes(arrival, model, verb=Change.CREATE)):
        with writing():
            kept += delete(model, some, arrival, by, touched, held)
    return kept


def chunks(rows: Any) -> Iterator[list[Change]]:
    """Creations by id, a chunk at a time; each chunk is asked for afresh."""
    last = 0
    while some := list(rows.filter(id__gt=last).order_by("id")[:CHUNK]):
        yield some
        last = some[-1].pk


def delete(model: Any, made: list[Change], arrival: Import, by: Actor, touched: Touched, held: set[int]) -> list[str]:
    """Some records of one model, in one transaction."""
    ids = [change.record_id for change in made]
    there = set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
    stay = changed_since(model, arrival, ids) | used(model, ids, there) | (held & set(ids))
    gone = [change for change in made if change.record_id in there and change.record_id not in stay]
    pks = [change.record_id for change in gone]
    if model is Activity:
        for place, some in touched.items():
            column = f"{place.ENTITY}_id"
            some.update(filter(None, Activity.objects.filter(pk__in=pks).values_list(column, flat=True)))
    append((farewell(model, change) for change in gone), by)
    bulk.delete(model, pks)
    if not stay:
        return []
    rows = model._base_manager.filter(pk__in=[pk for pk in stay if pk in there])
    return [_("%(what)s is in use or has been changed since and was left.") % {"what": row} for row in rows]


def farewell(model: Any, change: Change) -> Entry:
    """The entry that deletes a record at the instant of its creation."""
    at = plain(change.occurred_at)
    after = {**change.new, "deleted_at": at}
    return Entry(
        model.ENTITY, change.record_id, Change.DELETE, change.occurred_at, after, {"deleted_at": None}, change.pk
    )


def changed_since(model: Any, arrival: Import, ids: Iterable[int]) -> set[int]:
    """Records that have entries by anybody else, later than the import's, that were not taken back themselves."""
    found: set[int] = set()
    for some in in_parts(list(ids), 500):
        rows = Change.objects.filter(entity=model.ENTITY, record_id__in=some, undoes=None)
        rows = rows.filter(Q(recorded_at__gte=arrival.started_at or arrival.created_at))
        others = rows.exclude(act=arrival.act)
        taken_back = set(
            Change.objects.filter(entity=model.ENTITY, record_id__in=some)
            .exclude(undoes=None)
            .values_list("undoes", flat=True)
        )
        found |= {record for pk, record in others.values_list("pk", "record_id") if pk not in taken_back}
    return found


def remembered(arrival: Import) -> dict[Any, set[int]]:
    """Records, by model, to which later changes that still stand would go back: their undo needs them."""
    found: dict[Any, set[int]] = defaultdict(set)
    later = Change.objects.filter(verb=Change.CHANGE, undoes=None, recorded_at__gte=arrival.created_at)
    later = later.exclude(act=arrival.act).exclude(pk__in=Change.objects.exclude(undoes=None).values("undoes"))
    for entity, before in later.values_list("entity", "before").iterator():
        for name, value in orjson.loads(before).items():
            target = targets(entity).get(name) if value else None
            if target is not None:
                found[target].add(value)
    return found


@cache
def targets(entity: str) -> dict[str, Any]:
    """The columns of a kind of record that point to another, with what they point to."""
    model = recorded_models().get(entity)
    fields = model._meta.concrete_fields if model else ()
    return {field.attname: field.related_model for field in fields if field.remote_field}


def used(model: Any, ids: list[int], there: set[int]) -> set[int]:
    """Records that other rows, which are not about to go, still point to."""
    found: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        child = relation.related_model
        if not issubclass(child, models.Model) or child._meta.app_label not in OURS:
            continue
        column = relation.field.attname
        for some in in_parts([pk for pk in ids if pk in there], 500):
            rows = child._base_manager.filter(**{f"{column}__in": some})
            found.update(rows.values_list(column, flat=True))
    return found | in_lists(model, there)


OURS = ("crm", "activities", "accounts")


def in_lists(model: Any, there: set[int]) -> set[int]:
    """Labels and custom fields are not pointed to by columns but stand in lists."""
    if model is Label:
        holders = (Deal, Lead, Person, Organization)
        used_ids = {
            pk
            for holder in holders
            for ids in holder.objects.exclude(label_ids=[]).values_list("label_ids", flat=True)
            for pk in ids
        }
        return used_ids & there
    if model is CustomField:
        bearers = {bearer.ENTITY: bearer for bearer in (Deal, Lead, Person, Organization, Product)}
        fields = CustomField.objects.filter(pk__in=there)
        return {
            field.pk for field in fields if bearers[field.entity].objects.filter(custom__has_key=field.key).exists()
        }
    return set()
