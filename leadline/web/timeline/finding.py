"""The records and rows that addresses name, as far as the person may see them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404, HttpRequest

from leadline.history.recorded import Recorded
from leadline.history.registry import recorded_models
from leadline.web.frame.doing import reader_of
from leadline.web.frame.places import PAGES
from leadline.web.timeline.seeing import one

Row = TypeVar("Row", bound=Recorded)


def record_of(request: HttpRequest, kind: str, pk: int) -> Any:
    """The record whose page it is. Raises Http404 for a kind without a page, and for what is not to be seen."""
    model = recorded_models().get(kind) if kind in PAGES else None
    if model is None:
        raise Http404
    record = model.objects.visible_to(reader_of(request)).filter(pk=pk).first()
    if record is None:
        raise Http404
    return record


def row_of(request: HttpRequest, model: type[Row], pk: int) -> Row:
    """A note, file or activity that is kept. Raises Http404."""
    row = one(model, pk, reader_of(request))
    if row.deleted_at is not None:
        raise Http404
    return row
