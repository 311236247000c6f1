"""Writing a note, editing it, pinning it, throwing it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.models import User
from leadline.crm.models import Note
from leadline.crm.models.note import sanitised
from leadline.history.expecting import Conflict
from leadline.history.numbers import numbers_of
from leadline.web.frame.doing import doer
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import record_of, row_of
from leadline.web.timeline.mentions import mentioned
from leadline.web.timeline.typed import to_text
from leadline.web.timeline.writing import to_html


@require_POST
def note_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A new note on a record; colleagues named by @Name are told."""
    record, by = record_of(request, kind, pk), doer(request)
    note = Note(**{kind: record}, **_written(request)).add(by=by)
    return answer(request, by, _said(_("Note added."), note, record), record, note)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """The note to be edited, as it was typed; and what became of it."""
    row = row_of(request, Note, pk)
    if request.method != "POST":
        text = to_text(row.text)
        exact = sanitised(to_html(text)) == row.text
        return render(request, "timeline/_note_form.html", {"note": row, "text": text, "exact": exact})
    by = doer(request)
    try:
        row.edit(by=by, expect={"text": request.POST["was"]} if "was" in request.POST else None, **_written(request))
    except Conflict as conflict:  # both texts are kept: theirs stands, this one stays in the form
        message = _("Somebody changed this note meanwhile. Your text is still here; saving again replaces theirs.")
        return JsonResponse({"message": message, "errors": {"text": [message]}, "now": conflict.now}, status=409)
    return answer(request, by, _said(_("Note changed."), row, row.guarded_by()), row.guarded_by(), row)


@require_POST
def note_pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept on top, or no more."""
    row, by = row_of(request, Note, pk), doer(request)
    row.edit(by=by, pinned=request.POST.get("pinned") == "1")
    return answer(request, by, _("Note pinned.") if row.pinned else _("Note no longer pinned."), row.guarded_by(), row)


@require_POST
def note_trash(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = row_of(request, Note, pk), doer(request)
    row.trash(by=by)
    return answer(request, by, _("Note deleted."), row.guarded_by(), row)


def _written(request: HttpRequest) -> dict[str, Any]:
    text = request.POST.get("text", "")
    if not text.replace("\0", "").strip():
        raise ValidationError({"text": _("Write something.")})
    chosen = numbers_of(request.POST.getlist("mention"))
    return {"text": to_html(text), "mention_ids": mentioned(text, chosen)}


def _said(text: str, note: Note, record: Any) -> str:
    """What was done; and who of the named will not hear of it, because the record is not open to them."""
    named = User.objects.filter(pk__in=note.mention_ids) if note.mention_ids else ()
    closed: Sequence[str] = [
        str(user) for user in named if not type(record).objects.visible_to(user).filter(pk=record.pk).exists()
    ]
    if not closed:
        return text
    return text + " " + _("%(names)s cannot see this record and will not be told.") % {"names": ", ".join(closed)}
