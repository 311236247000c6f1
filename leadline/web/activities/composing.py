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

from leadline.activities.models import Activity, ActivityType
from leadline.history.numbers import number_of
from leadline.web.activities.line import Line, read_line
from leadline.web.frame.doing import doer
from leadline.web.frame.reader import reader
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import record_of
from leadline.web.timeline.showing import due_word, local_input


@require_POST
def activity_log(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Done (a note of what was said may go with it) or planned; the record's own people come along.

    With `line` the subject is read as one line, and where no `done` goes with it the time says which it is.
    """
    record, by = record_of(request, kind, pk), doer(request)
    line, due = _asked(request.POST)
    by_time = bool(request.POST.get("line")) and not request.POST.get("done")
    done = _is_past(due) if by_time else request.POST.get("done") == "1"
    row = Activity(
        type=_type(str(line.type or request.POST.get("type", ""))),
        subject=line.subject,
        due_at=due,
        done_at=min(due or timezone.now(), timezone.now()) if done else None,
        note=request.POST.get("note", "").strip(),
        **_places(kind, record),
    )
    row.add(by=by)
    text = _("%(what)s logged.") if done else _("%(what)s planned.")
    return answer(request, by, text % {"what": row}, record, row, said={"done": done} if by_time else None)


@require_safe
def activity_line(request: HttpRequest) -> JsonResponse:
    """How a line would be read, before it is sent: in words, and as the form's controls take it."""
    line, due = _asked(request.GET)
    kind = ActivityType.objects.kept().filter(pk=line.type).first() if line.type else None
    said = _("Done") if _is_past(due) else _("Planned")
    words = [said, str(kind or ""), due_word(due) if due else "", f"“{line.subject}”" if line.subject else ""]
    return JsonResponse({"type": line.type, "due": local_input(due), "words": " · ".join(filter(None, words))})


def planned_after(row: Activity, data: QueryDict) -> Activity:
    """A new activity read from a line, on what `row` hangs on; of the same type where the line names none."""
    line, due = _asked(data)
    if not line.subject and line.type is None:
        raise ValidationError({"subject": _("Write what is next, such as: call tue 10.")})
    places = ("deal_id", "lead_id", "person_id", "organization_id")
    return Activity(
        type=_type(str(line.type or row.type_id)),
        subject=line.subject,
        due_at=due,
        **{name: getattr(row, name) for name in places},
    )


def _asked(data: QueryDict) -> tuple[Line, dt.datetime | None]:
    """What was typed; a time in the form's own control counts before one in the line, which then is all words."""
    text, due = data.get("subject", "").strip(), moment_of(data.get("due", ""))
    if not data.get("line"):
        return Line(text), due
    types = dict(ActivityType.objects.kept().values_list("pk", "name"))
    line = read_line(text, types, timezone.now().astimezone(reader().zone), reader().locale, days=due is None)
    return line, due or line.due


def _is_past(due: dt.datetime | None) -> bool:
    """What has no time, or one that has passed, has been done."""
    return due is None or due <= timezone.now()


def _type(pk: str) -> ActivityType:
    found: ActivityType | None = ActivityType.objects.kept().filter(pk=number_of(pk) or 0).first()
    if found is None and not ActivityType.objects.kept().exists():
        raise ValidationError({"type": _("There are no activity types. Add some in the settings, then try again.")})
    if found is None:
        raise ValidationError({"type": _("Choose what it is: a call, a meeting …")})
    return found


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
    return found if found.tzinfo else found.replace(tzinfo=reader().zone)


def _places(kind: str, record: Any) -> dict[str, Any]:
    """What it hangs on: the record, and on a deal or lead also its contact and its organization."""
    places = {kind: record}
    if kind in ("deal", "lead"):
        places |= {"person_id": record.person_id, "organization_id": record.organization_id}
    elif kind == "person":
        places |= {"organization_id": record.organization_id}
    return places
