"""The own fields of one kind of record, the choices of each, and how many records have a value."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from leadline.crm.models import Bearer, CustomField, Kind
from leadline.crm.using import chosen, filled_fields
from leadline.web.frame.doing import reader_of
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change, moved
from leadline.web.settings.counting import nothing, said
from leadline.web.settings.frame import draw
from leadline.web.settings.uses import Use, asked_rows, name_of, uses_for

CHOICES = (Kind.CHOICE, Kind.CHOICES)


def draw_fields(entity: str, request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    rows = list(CustomField.objects.kept().filter(entity=entity))
    context: dict[str, Any] = {
        "here": reverse("fields_of", args=[entity]),
        "entity": entity,
        "tabs_of": [(kind.value, kind.label, reverse("fields_of", args=[kind.value])) for kind in Bearer],
        "rows": rows,
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "with_choices": [str(kind) for kind in CHOICES],
        "orders": moved([row.pk for row in rows]),
        "choice_orders": {row.pk: moved(list(row.labels)) for row in rows},
        "gone": list(CustomField.objects.exclude(deleted_at=None).filter(entity=entity).order_by("-deleted_at")[:100]),
        "can": may_change(request, CustomField),
        "wrong": wrong,
        **uses_for(request, reverse("fields_uses", args=[entity]), lambda: counted(entity, request)),
        **_asked(rows, request, wrong),
    }
    return draw(request, "settings/fields.html", context, part="settings/_fields.html", status=status)


def counted(entity: str, request: HttpRequest) -> dict[str, Use]:
    """By field, how many records have a value in it."""
    asked, filled = asked_rows(request, CustomField.ENTITY), filled_fields(entity, reader_of(request))
    rows = [row for row in CustomField.objects.kept().filter(entity=entity) if asked is None or row.pk in asked]
    return {name_of(row.ENTITY, row.pk): Use(said({entity: filled[row.key]}) or nothing()) for row in rows}


def _asked(rows: list[CustomField], request: HttpRequest, wrong: Wrong) -> dict[str, Any]:
    """The choice that is to be removed, where the page asks what becomes of its values, and how many those are."""
    ask = request.GET.get("ask", "") or wrong.place
    for row in rows:
        for pk in row.labels:
            if ask == f"remove-{row.pk}-{pk}":
                return {"asked": (row.pk, pk), "used": said({row.entity: chosen(row, reader_of(request))[pk]})}
    return {"asked": (0, 0), "used": ""}
