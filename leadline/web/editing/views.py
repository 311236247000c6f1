"""The editor of one field, and what it saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import may, require
from leadline.crm.fields import Field, FieldKind, field_of
from leadline.crm.models.qualifying import MissingItems
from leadline.history.expecting import Conflict
from leadline.history.numbers import numbers_of
from leadline.history.registry import model_of
from leadline.history.writing import writing
from leadline.web.editing import making
from leadline.web.editing.amounts import money
from leadline.web.editing.conflicts import told
from leadline.web.editing.drawing import editable, form_text, was
from leadline.web.editing.reading import typed
from leadline.web.frame.doing import doer, done, reader_of
from leadline.web.frame.names import forget, linked


@dataclass
class Asked:
    """One field of one record that the reader may see."""

    field: Field
    record: Any


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponse:
    """GET: the editor. POST: saves `value` (seen as `was`) and answers how the field reads now.

    422: the editor with what was typed and what is wrong with it. 409: with what somebody else has put there since.
    """
    asked = _asked(request, kind, pk, name)
    by = doer(request)
    require(by, "change", asked.record)
    if request.method != "POST":
        return _editor(request, asked, form_text(asked.field, asked.record), was(asked.field, asked.record))
    try:
        with writing():
            _save(request, asked, by)
    except MissingItems:
        raise  # asked in a dialog of its own
    except ValidationError as error:
        return _again(request, asked, error)
    forget()
    drawn = editable(asked.record, asked.field, may=may(reader_of(request), "change", asked.record))
    return done(HttpResponse(drawn), by, _("%(field)s changed.") % {"field": asked.field.word}, kind=kind, id=pk)


def _asked(request: HttpRequest, kind: str, pk: int, name: str) -> Asked:
    try:
        field = field_of(kind, name)
    except LookupError:
        raise Http404 from None
    record = model_of(kind).objects.visible_to(reader_of(request)).filter(pk=pk).first()
    if record is None or record.deleted_at or not field.editable:
        raise Http404
    return Asked(field, record)


def _save(request: HttpRequest, asked: Asked, by: Actor) -> None:
    field, record = asked.field, asked.record
    expect = _seen(request)
    if adds := request.POST.get("new", "").strip():
        value: Any = making.add(field, adds, by)
    elif field.kind is FieldKind.MONEY and not field.custom:
        value = _money(request, asked, by)
    else:
        value = typed(field, _text(request, field))
    field.set(record, value, by=by, **expect)


def _money(request: HttpRequest, asked: Asked, by: Actor) -> Any:
    """The amount; its currency, where one is typed beside it or chosen, becomes the record's."""
    text = request.POST.get("value", "")
    value, code = money(text, asked.field.attname) if text.strip() else ("", "")
    code = code or request.POST.get("currency", "")
    if code and code != asked.record.currency:
        asked.record.edit(by=by, currency=code)
    return asked.field.clean(value)


def _text(request: HttpRequest, field: Field) -> Any:
    if field.kind in (FieldKind.LABELS, FieldKind.CHOICES):
        return ",".join(request.POST.getlist("value"))
    return request.POST.get("value", "")


def _seen(request: HttpRequest) -> dict[str, Any]:
    """What the person saw, as `Field.set` takes it; nothing where the form does not say, or says nonsense."""
    try:
        return {"was": orjson.loads(request.POST["was"])}
    except (KeyError, orjson.JSONDecodeError):
        return {}


def _again(request: HttpRequest, asked: Asked, error: ValidationError) -> HttpResponse:
    asked.record.refresh_from_db()
    text: Any = request.POST.get("value", "")
    if asked.field.kind in (FieldKind.LABELS, FieldKind.CHOICES):
        text = numbers_of(request.POST.getlist("value"))
    if isinstance(error, Conflict):
        messages, status = [told(asked.record, asked.field, reader_of(request))], 409
        return _editor(request, asked, text, was(asked.field, asked.record), messages, status)
    return _editor(request, asked, text, request.POST.get("was", ""), error.messages, 422)


def _editor(
    request: HttpRequest, asked: Asked, text: Any, seen: str, errors: list[str] | None = None, status: int = 200
) -> HttpResponse:
    field, record = asked.field, asked.record
    codes = linked().currencies() if field.kind is FieldKind.MONEY and not field.custom else []
    context = {
        "field": field,
        "kind": field.entity,
        "pk": record.pk,
        "text": text,
        "was": seen,
        "errors": errors or [],
        "currencies": codes if len(codes) > 1 else [],
        "currency": request.POST.get("currency") or getattr(record, "currency", ""),
    }
    return render(request, "editing/_editor.html", context, status=status)
