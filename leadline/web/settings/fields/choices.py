"""The choices of a field: added, renamed, put in order, removed with what becomes of the values."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.crm.choices import add_choice, order_choices, remove_choice, rename_choice
from leadline.crm.models import CustomField
from leadline.web.settings.changing import act, number_in, numbers_in
from leadline.web.settings.counting import moved_on
from leadline.web.settings.fields.drawing import draw_fields
from leadline.web.settings.fields.fields import kept_field
from leadline.web.settings.uses import changes_uses, name_of


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    field = kept_field(pk)

    def deed(by: Actor) -> str:
        add_choice(field, request.POST.get("label", ""), by=by)
        return _("%(label)s added to %(field)s.") % {"label": list(field.labels.values())[-1], "field": field}

    return act(request, deed, partial(draw_fields, field.entity), back=_page(field), place=f"choose-{pk}")


@require_POST
def change(request: HttpRequest, pk: int, choice: int) -> HttpResponse:
    field = kept_field(pk)

    def deed(by: Actor) -> str:
        rename_choice(field, choice, request.POST.get("label", ""), by=by)
        return _("Renamed to %(name)s.") % {"name": field.labels[choice]}

    return act(request, deed, partial(draw_fields, field.entity), back=_page(field), place=f"choice-{pk}-{choice}")


@require_POST
def remove(request: HttpRequest, pk: int, choice: int) -> HttpResponse:
    """Away with the choice; records that have it get the one chosen instead, or none."""
    field = kept_field(pk)

    def deed(by: Actor) -> str:
        label = field.labels.get(choice, "")
        changed = remove_choice(field, choice, by=by, instead=number_in(request, "instead") or None)
        return _("%(label)s removed from %(field)s.") % {"label": label, "field": field} + moved_on(changed)

    draw, place = partial(draw_fields, field.entity), f"remove-{pk}-{choice}"
    answer = act(request, deed, draw, back=_page(field), place=place)
    return changes_uses(answer, name_of(field.ENTITY, pk))


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    field = kept_field(pk)

    def deed(by: Actor) -> str:
        order_choices(field, numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return act(request, deed, partial(draw_fields, field.entity), back=_page(field), place="order")


def _page(field: CustomField) -> str:
    return reverse("fields_of", args=[field.entity])
