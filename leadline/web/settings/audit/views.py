"""The page of the change log, a file of it, and taking one entry back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import WAYS
from leadline.accounts.models import User
from leadline.history.models import Change
from leadline.history.numbers import number_of
from leadline.history.undoing import undo
from leadline.web.frame.doing import doer, reader_of
from leadline.web.insights.csv_lines import csv_lines
from leadline.web.settings.acting import acted
from leadline.web.settings.audit.asked import LEADLINE, VERBS, Asked, read
from leadline.web.settings.audit.drawing import entries
from leadline.web.settings.audit.reading import read_all, read_page, seen
from leadline.web.settings.frame import draw
from leadline.web.wording.kinds import kind_plural, kind_word, kinds
from leadline.web.wording.telling import Told, tell
from leadline.web.wording.ways import WAY_WORDS

HEADER = ("recorded_at", "happened_at", "who", "way", "kind", "record_id", "record", "what", "fields")


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The newest entries first; `?before=` goes on below a number."""
    reader = _leader(request)
    asked = read(request.GET)
    before = number_of(request.GET.get("before", ""))
    found = read_page(asked, reader, before)
    context = {
        "asked": asked,
        "entries": entries(found.changes, reader),
        "following": f"{reverse('audit')}?{asked.query(before=found.following)}" if found.following else "",
        "csv": f"{reverse('audit_csv')}?{asked.query()}",
        **_choices(),
    }
    part = "settings/audit/_entries.html" if before else "settings/audit/_log.html"
    return draw(request, "settings/audit/audit.html", context, part=part, status=400 if asked.problems else 200)


@require_safe
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that was asked for, a line per change, while it is read."""
    reader = _leader(request)
    lines = csv_lines(HEADER, _rows(read(request.GET), reader))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="leadline-log-{timezone.localdate()}.csv"'
    return answer


@require_POST
def audit_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry is taken back, as far as it still stands; what does not is said."""
    reader, by = _leader(request), doer(request)
    changes = seen(list(Change.objects.filter(pk=pk)), reader)
    if not changes:
        raise Http404
    undone = undo(changes[0], by=by)
    text = " ".join(undone.left) or _("Taken back.")

    def part() -> HttpResponse:
        return draw(request, "", {"entries": entries(changes, reader)}, part="settings/audit/_entries.html")

    return acted(request, by, text, part, reverse("audit"))


def _leader(request: HttpRequest) -> User:
    """The log is for those who lead."""
    reader = reader_of(request)
    if not reader.leads:
        raise PermissionDenied(_("The change log is for leaders and administrators."))
    return reader


def _choices() -> dict[str, Any]:
    words = {Change.CREATE: _("Added"), Change.CHANGE: _("Changed"), Change.DELETE: _("Deleted")}
    return {
        "people": [(LEADLINE, "Leadline"), *((str(person.pk), str(person)) for person in User.objects.all())],
        "kinds": [(kind, kind_plural(kind)) for kind in kinds()],
        "verbs": [(verb, words[verb]) for verb in VERBS],
        "ways": [(way, str(WAY_WORDS[way])) for way in WAYS],
    }


def _rows(asked: Asked, reader: User) -> Iterator[tuple[Any, ...]]:
    for changes in read_all(asked, reader):
        yield from map(_row, tell(changes, reader))


def _row(told: Told) -> tuple[Any, ...]:
    change = told.change
    fields = "; ".join(f"{part.word}: {part.old} -> {part.new}" for part in told.parts)
    moments = (moment.isoformat(timespec="seconds") for moment in (change.recorded_at, change.occurred_at))
    return (*moments, told.who, change.via, kind_word(told.kind), change.record_id, told.record, told.deed, fields)
