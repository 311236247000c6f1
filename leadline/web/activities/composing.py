"""Logging what was done and planning what is to be done on a record, in one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.history.cleaning import in_our_time
from leadline.web.activities import due, making, telling
from leadline.web.activities.matching import record_at
from leadline.web.activities.reading import Line
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.reader import reader
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import record_of
from leadline.web.timeline.showing import local_input

ON = ("deal", "lead", "person", "organization")


@require_POST
def activity_log(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Done (a note of what was said may go with it) or planned; the record's own people come along.

    With `line` the subject is read as one line, and where no `done` goes with it the time says which it is.
    """
    record, by = record_of(request, kind, pk), doer(request)
    found = making.understood(_line(request.POST), reader_of(request), record)
    row = making.activity_of(found, log=True, kind=request.POST.get("type", ""), note=_note(request.POST))
    wanted = request.POST.get("done", "")
    by_time = bool(request.POST.get("line")) and not wanted
    if not by_time:
        row.done_at = min(row.due_at or timezone.now(), timezone.now()) if wanted == "1" else None
    row.add(by=by)
    return answer(request, by, added(row), record, row, said={"done": row.is_done} if by_time else None)


@require_safe
def activity_line(request: HttpRequest) -> JsonResponse:
    """How a line would be read, before it is sent: in words, and as the form's controls take it.

    `on` names a record ("deal-12") that it is on already; `plan` and `log` say how a line without a time is meant.
    """
    user, log = reader_of(request), not request.GET.get("plan") and request.GET.get("done") != "0"
    found = making.understood(_line(request.GET), user, record_at(user, request.GET.get("on", "")))
    words = telling.words(found, log=log, kind=request.GET.get("type", ""))
    return JsonResponse({
        "type": found.line.type,
        "due": local_input(found.line.due),
        "day": found.line.on.isoformat() if found.line.on else "",
        "done": making.done_when(found.line, log=log) is not None,
        "on": {"id": f"{found.on.ENTITY}-{found.on.pk}", "name": str(found.on)} if found.on is not None else None,
        "choices": telling.choices(found),
        "words": " · ".join(words),
    })  # fmt: skip


def planned_after(row: Activity, data: QueryDict, user: User) -> Activity:
    """A new activity read from a line, on what `row` hangs on; of the same type where the line names none.

    What it hangs on is copied as it is (objects are trusted): what comes after one's own stays where that was.
    """
    line = _line(data)
    if not line.subject and line.type is None:
        raise ValidationError({"subject": _("Write what is next, such as: call tue 10.")})
    nearest = next((getattr(row, kind) for kind in ON if getattr(row, f"{kind}_id") is not None), None)
    following = making.activity_of(making.understood(line, user, nearest), kind=str(row.type_id))
    for kind in ON:
        setattr(following, kind, getattr(row, kind))
    following.after_own = not row._state.adding and row.owner_id == user.pk
    following.owner_id = following.owner_id or (row.owner_id if row.owner_id != user.pk else None)
    return following


def added(row: Activity) -> str:
    """What the toast says of a new one."""
    if row.is_done:
        return _("%(what)s logged.") % {"what": row}
    if row.due_at is None:
        return _("%(what)s planned.") % {"what": row}
    return _("%(what)s planned: %(when)s.") % {"what": row, "when": due.when(row)}


def moment_of(text: str) -> dt.datetime | None:
    """What a date or date-and-time control gives, in the reader's time zone; a day alone is its midnight."""
    if not text.strip():
        return None
    try:
        found = parse_datetime(text)
        if found is None and (day := parse_date(text)) is not None:
            found = dt.datetime.combine(day, dt.time())
    except ValueError:
        found = None
    if found is None:
        raise ValidationError({"due": _("Write a day and a time, such as 2026-11-22 14:30.")})
    aware = found if found.tzinfo else found.replace(tzinfo=reader().zone)
    in_our_time(aware, "due")
    in_our_time(aware.astimezone(dt.UTC), "due")
    return aware


def _line(data: QueryDict) -> Line:
    """What was typed; a time in the form's own control counts before one in the line, which then is all words."""
    text, moment = data.get("subject", "").strip(), moment_of(data.get("due", ""))
    if not data.get("line"):
        return Line(text, due=moment)
    line = making.read(text, days=moment is None)
    return line if moment is None else _at(line, moment)


def _at(line: Line, moment: dt.datetime) -> Line:
    told: dict[str, Any] = {**line.__dict__, "due": moment}
    return Line(**told)


def _note(data: QueryDict) -> str:
    return data.get("note", "").strip()
