"""All of an activity is edited in one form; what somebody else has changed meanwhile is said instead of overwritten."""

from __future__ import annotations

import datetime as dt
from types import NoneType
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import JSONField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import may, refusal
from leadline.activities.models import Activity
from leadline.activities.recurring import said
from leadline.history.expecting import Conflict
from leadline.history.numbers import number_of
from leadline.history.values import plain
from leadline.web.activities import composing, rows
from leadline.web.activities.form import KINDS, ActivityForm, refuse_twice
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.reader import reader
from leadline.web.records.answering import did
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import row_of

SEEN = (
    "type_id", "subject", "due_at", "due_on", "minutes", "owner_id", "priority", "place", "note", "outcome",
    "remind_before", "repeats", "participant_ids", "colleague_ids", *(f"{kind}_id" for kind in KINDS),
)  # fmt: skip
THIS, FOLLOWING = "this", "following"


@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form, as a dialog or a page. POST: what differs from `was` is saved, for one or for all that follow.

    A script may send only `subject` and `due`.
    """
    row = row_of(request, Activity, pk)
    if not may(reader_of(request), "change", row):
        raise PermissionDenied(refusal("change", "activity"))
    if request.method != "POST":
        return _form(request, row, _drawn(row, reader_of(request)), seen_of(row))
    if "was" not in request.POST:
        return _briefly(request, row)
    was = _was(request.POST) or seen_of(row)
    form = ActivityForm(reader_of(request), request.POST, initial=initial_of(row))
    if not form.is_valid():
        return _form(request, row, form, was)
    by = doer(request)
    try:
        _save(row, form, was, by, request.POST.get("scope", THIS))
    except Conflict as conflict:
        form.add_error(None, told(conflict))
        return _form(request, row, form, was | conflict.now, 409)
    except ValidationError as error:
        refuse_twice(form, error)
        return _form(request, row, form, was)
    changes = [
        {"kind": one.ENTITY, "id": one.pk, "mine": True, "fields": [], "on": {}} for one in (row.guarded_by(), row)
    ]
    return did(request, by, _("%(what)s changed.") % {"what": row}, f"/activities/{row.pk}/", changes=changes)


@require_POST
def activity_skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this time: the next of its series stands there."""
    row, by = row_of(request, Activity, pk), doer(request)
    row.skip(by=by)
    return answer(request, by, _("%(what)s skipped this time.") % {"what": row}, row.guarded_by(), row)


@require_POST
def activity_end(request: HttpRequest, pk: int) -> HttpResponse:
    """This is the last one of its series."""
    row, by = row_of(request, Activity, pk), doer(request)
    row.end_series(by=by)
    return answer(request, by, _("%(what)s does not come again.") % {"what": row}, row.guarded_by(), row)


def seen_of(row: Activity) -> dict[str, Any]:
    """What stands in the fields now, plain: what the person saw when they began."""
    return {name: _plain(getattr(row, name)) for name in SEEN}


def initial_of(row: Activity) -> dict[str, Any]:
    """The form as the activity stands."""
    local = row.due_at.astimezone(reader().zone) if row.due_at and not row.due_on else None
    rule, until = _without_end(row.repeats)
    return {
        "type": row.type_id,
        "subject": row.subject,
        "day": row.due_on or (local.date() if local else None),
        "time": local.time() if local else None,
        "minutes": row.minutes,
        "owner": row.owner_id,
        "priority": row.priority,
        "place": row.place,
        "note": row.note,
        "outcome": row.outcome,
        "remind_before": row.remind_before,
        "repeats": rule,
        "until": until,
        "participants": row.participant_ids,
        "colleagues": row.colleague_ids,
        **{kind: getattr(row, f"{kind}_id") for kind in KINDS},
    }


def told(conflict: Conflict) -> str:
    """Which fields somebody has changed meanwhile, and what saving again would do."""
    fields = {field.attname: field for field in Activity._meta.concrete_fields}
    words = [str(fields[name].verbose_name) for name in conflict.now]
    text = _("Somebody changed this meanwhile: %(fields)s. Save again to put yours in its place.")
    return text % {"fields": ", ".join(words)}


def _save(row: Activity, form: ActivityForm, was: dict[str, Any], by: Actor, scope: str) -> None:
    """Only what the person has changed; the rest stays as others may have made it."""
    given = _values(row, form)
    changed = {name: value for name, value in given.items() if not _same(name, value, was)}
    verb = row.edit_following if scope == FOLLOWING and row.repeats else row.edit
    if changed:
        verb(by=by, expect={name: was[name] for name in changed if name in was}, **changed)


def _values(row: Activity, form: ActivityForm) -> dict[str, Any]:
    given = form.cleaned_data
    values: dict[str, Any] = {name: given[name] for name in ("subject", "minutes", "place", "note")}
    values |= {"type_id": number_of(given["type"]) or row.type_id, "owner_id": number_of(given["owner"])}
    values |= {"priority": int(given["priority"] or 0), "remind_before": number_of(given["remind_before"])}
    values |= {"participant_ids": form.people("participants"), "colleague_ids": form.people("colleagues")}
    if "outcome" in form.data:
        values["outcome"] = given["outcome"]
    if _due_changed(row, form):
        values |= form.due()
    rule = form.rule()
    if (str(given["repeats"] or ""), given["until"]) != _without_end(row.repeats):
        values["repeats"] = rule
    for kind in KINDS:
        hidden = form.data.get(kind, "") == "" and _hidden(row, form, kind)
        if not hidden:
            values[f"{kind}_id"] = getattr(form.linked(kind), "pk", None)
    return values


def _hidden(row: Activity, form: ActivityForm, kind: str) -> bool:
    """Whether it hangs on what the person does not see: an empty field then says nothing."""
    pk = getattr(row, f"{kind}_id")
    rows: Any = form.LINKS[kind].objects
    return pk is not None and not rows.visible_to(form.reader).filter(pk=pk).exists()


def _due_changed(row: Activity, form: ActivityForm) -> bool:
    initial = initial_of(row)
    time: dt.time | None = initial["time"]
    stood = (initial["day"], time.replace(second=0, microsecond=0) if time else None)
    return stood != (form.cleaned_data["day"], form.cleaned_data["time"])


def _same(name: str, value: Any, was: dict[str, Any]) -> bool:
    told = _plain(value)
    if name == "due_at" and value is not None and was.get(name):
        return bool(dt.datetime.fromisoformat(was[name]) == value)
    return bool(told == was.get(name) or (name == "note" and _lines(told) == _lines(was.get(name))))


def _plain(value: Any) -> Any:
    told: Any = plain(value)
    return orjson.loads(orjson.dumps(told))


def _lines(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").strip()


def _without_end(rule: str) -> tuple[str, dt.date | None]:
    """(the rule, its last day)."""
    parts = rule.split(";")
    last = next((part for part in parts if part.startswith("UNTIL=")), "")
    until = dt.date.fromisoformat(last.removeprefix("UNTIL=")[:8]) if last else None
    return ";".join(part for part in parts if part != last), until


def _was(data: QueryDict) -> dict[str, Any]:
    """What the form says was seen; nothing for nonsense. Raises ValidationError for what no field ever has."""
    try:
        found = orjson.loads(data.get("was", ""))
    except orjson.JSONDecodeError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: _possible(name, found[name]) for name in SEEN if name in found}


def _possible(name: str, value: Any) -> Any:
    field = next(field for field in Activity._meta.concrete_fields if field.attname == name)
    try:
        if isinstance(field, JSONField):
            fits = isinstance(value, list)
        else:
            fits = isinstance(value, (str, int, NoneType))
            getattr(field, "target_field", field).to_python(value)
    except (ValidationError, ValueError, TypeError, OverflowError):
        fits = False
    if not fits:
        raise ValidationError({field.name: _("Open this form again: what it began with cannot be read.")})
    return value


def _briefly(request: HttpRequest, row: Activity) -> HttpResponse:
    """Its subject and its time."""
    by, moment = doer(request), composing.moment_of(request.POST.get("due", ""))
    row.edit(by=by, subject=request.POST.get("subject", "").strip(), due_at=moment)
    return answer(request, by, _("%(what)s changed.") % {"what": row}, row.guarded_by(), row)


def _drawn(row: Activity, user: User) -> ActivityForm:
    return ActivityForm(user, initial=initial_of(row))


def _form(
    request: HttpRequest, row: Activity, form: ActivityForm, was: dict[str, Any], status: int | None = None
) -> HttpResponse:
    (shown,) = rows.rows_of([row], reader_of(request))
    context = {"form": form, "row": shown, "was": orjson.dumps(was).decode(), "rule": said(row.repeats)}
    status = status or (422 if form.errors else 200)
    return page(request, "activities/edit.html", "activities/_edit.html", context, status=status)
