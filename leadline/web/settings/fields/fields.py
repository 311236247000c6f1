"""Own fields: added, renamed, put in order, deleted (their values stay) and restored."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Bearer, CustomField, Kind
from leadline.crm.naming import add_named, clean_name, rename, restore_named
from leadline.crm.ordering import behind, put_in_order
from leadline.web.settings.changing import act, numbers_in
from leadline.web.settings.fields.drawing import CHOICES, counted, draw_fields
from leadline.web.settings.uses import draw_uses


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Those of deals first."""
    return redirect("fields_of", Bearer.DEAL.value)


@require_safe
def fields_of(request: HttpRequest, entity: str) -> HttpResponse:
    return draw_fields(_known(entity), request)


@require_safe
def uses(request: HttpRequest, entity: str) -> HttpResponse:
    return draw_uses(request, counted(_known(entity), request))


@require_POST
def add(request: HttpRequest, entity: str) -> HttpResponse:
    """A field behind the others; one of choices with the choices that the form names, one to a line."""
    kind = request.POST.get("kind", "")
    rows = CustomField.objects.kept().filter(entity=_known(entity))

    def deed(by: Actor) -> str:
        if kind not in Kind.values:
            raise ValidationError({"kind": _("Choose what the field holds.")})
        options = _lines(request.POST.get("options", "")) if kind in CHOICES else []
        name = request.POST.get("name", "")
        field = CustomField(entity=entity, name=name, kind=kind, options=options, position=behind(rows))
        return _("%(name)s added.") % {"name": add_named(field, by=by)}

    return act(request, deed, partial(draw_fields, entity), back=_page(entity))


@require_POST
def order(request: HttpRequest, entity: str) -> HttpResponse:
    rows = CustomField.objects.kept().filter(entity=_known(entity))

    def deed(by: Actor) -> str:
        put_in_order(rows, numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return act(request, deed, partial(draw_fields, entity), back=_page(entity), place="order")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    field = kept_field(pk)

    def deed(by: Actor) -> str:
        rename(field, request.POST.get("name", ""), by=by, was=request.POST.get("was"))
        return _("Renamed to %(name)s.") % {"name": field}

    return act(request, deed, partial(draw_fields, field.entity), back=_page(field.entity), place=f"field-{pk}")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The field is shown no more; what records have in it stays, and is back when the field is."""
    field = kept_field(pk)

    def deed(by: Actor) -> str:
        field.trash(by=by)
        return _("%(name)s deleted. Its values are kept until it is restored.") % {"name": field}

    return act(request, deed, partial(draw_fields, field.entity), back=_page(field.entity))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    field = get_object_or_404(CustomField.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        return _("%(name)s restored, with its values.") % {"name": restore_named(field, by=by)}

    return act(request, deed, partial(draw_fields, field.entity), back=_page(field.entity), place="deleted")


def kept_field(pk: int) -> CustomField:
    row: CustomField = get_object_or_404(CustomField.objects.kept(), pk=pk)
    return row


def _known(entity: str) -> str:
    if entity not in Bearer.values:
        raise Http404
    return entity


def _lines(text: str) -> list[str]:
    """The choices of a form: one to a line, or with commas between them where there is one line."""
    lines = text.splitlines() if len(text.strip().splitlines()) > 1 else text.split(",")
    return [clean for line in lines if (clean := clean_name(line))]


def _page(entity: str) -> str:
    return reverse("fields_of", args=[entity])
