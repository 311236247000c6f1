"""Taking back what stands in the stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.history.models import Change
from leadline.history.undoing import undo_changes
from leadline.web.frame.doing import doer, reader_of
from leadline.web.timeline.answering import answer
from leadline.web.timeline.finding import record_of
from leadline.web.timeline.sources.about import About
from leadline.web.timeline.taking_back import entry_of


@require_POST
def change_undo(request: HttpRequest, kind: str, pk: int, change: int) -> HttpResponse:
    """One entry of the stream: the change, and those of the same act on the record. What stands no more is said."""
    record, by = record_of(request, kind, pk), doer(request)
    found = Change.objects.filter(pk=change).first()
    entry = entry_of(About(record, reader_of(request)), found) if found else None
    if entry is None:
        raise Http404
    if entry.undo is None:
        raise ValidationError(_("This cannot be taken back any more: it has been changed since."))
    undone = undo_changes(_with_what_it_made(entry.changes), by=by)
    return answer(request, by, " ".join([_("Taken back."), *undone.left]), record)


def _with_what_it_made(changes: Sequence[Change]) -> Iterable[Change]:
    """An act that merged, converted or made something besides is taken back whole: a half of it would be wrong.

    Of an act that changed many records alike, only this one's part is.
    """
    act = changes[0].act
    together = Change.objects.filter(act=act) if act else Change.objects.none()
    making = Q(verb=Change.CREATE) | Q(before__contains='"merged_into_id"')
    whole = together.exclude(pk__in=[change.pk for change in changes]).filter(making).exists()
    return together if whole or any("merged_into_id" in change.old for change in changes) else changes
