"""The stages of a pipeline: added, renamed, described, put in order, deleted with a destination for their deals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Pipeline, Stage
from leadline.crm.naming import rename, restore_named
from leadline.crm.pipelines import add_stage, delete_stage
from leadline.web.settings.changing import act, numbers_in
from leadline.web.settings.counting import moved_on
from leadline.web.settings.pipelines.counting import all_deals
from leadline.web.settings.pipelines.drawing import counted_stages, draw_stages
from leadline.web.settings.pipelines.pipelines import destination
from leadline.web.settings.uses import changes_uses, draw_uses, name_of


def _date(text: str) -> dt.date | None:
    """The date of a form's text; None where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


# The facts of a stage beside its name, and how a change of them is told.
FACTS = {
    "probability": gettext_lazy("The probability of %(name)s is changed."),
    "rot_days": gettext_lazy("The days after which deals rot in %(name)s are changed."),
    "buyer_decision": gettext_lazy("The buyer's decision of %(name)s is changed."),
    "exit_criteria": gettext_lazy("The exit criteria of %(name)s are changed."),
    "review_on": gettext_lazy("The review of %(name)s is changed."),
}
# Those that are unknown when they are empty, not "", and how they are read.
NUMBERS: dict[str, Callable[[str], object]] = {
    "probability": re.compile(r"\d{1,9}").fullmatch,
    "rot_days": re.compile(r"\d{1,9}").fullmatch,
    "review_on": _date,
}


@require_safe
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    return draw_stages(_pipeline(pk), request)


@require_safe
def uses(request: HttpRequest, pk: int) -> HttpResponse:
    return draw_uses(request, counted_stages(_pipeline(pk), request))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    pipeline = _pipeline(pk)

    def deed(by: Actor) -> str:
        return _("%(name)s added.") % {"name": add_stage(pipeline, request.POST.get("name", ""), by=by)}

    return act(request, deed, partial(draw_stages, pipeline), back=_page(pipeline))


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    pipeline = _pipeline(pk)

    def deed(by: Actor) -> str:
        pipeline.reorder(numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return act(request, deed, partial(draw_stages, pipeline), back=_page(pipeline), place="order")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One fact of a stage, as the person saw it before (`was`)."""
    stage = _stage(pk)
    name = next((fact for fact in FACTS if fact in request.POST), "name")

    def deed(by: Actor) -> str:
        if name == "name":
            rename(stage, request.POST.get("name", ""), by=by, was=request.POST.get("was"))
            return _("Renamed to %(name)s.") % {"name": stage}
        typed: dict[str, Any] = {name: _typed(request.POST[name], name)}
        stage.edit(by=by, expect=_expected(request, name), **typed)
        return str(FACTS[name]) % {"name": stage}

    draw = partial(draw_stages, stage.pipeline)
    return act(request, deed, draw, back=_page(stage.pipeline), place=f"stage-{pk}")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with the stage, once its deals have another one to go to."""
    stage = _stage(pk)
    to = destination(request)

    def deed(by: Actor) -> str:
        count = all_deals("stage", stage.pk)
        delete_stage(stage, by=by, destination=to)
        return _("%(name)s deleted.") % {"name": stage} + moved_on(count)

    draw = partial(draw_stages, stage.pipeline)
    answer = act(request, deed, draw, back=_page(stage.pipeline), place=f"delete-{pk}")
    return changes_uses(answer, *([name_of(Stage.ENTITY, to.pk)] if to else []))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """The stage, empty: its deals stay where they went."""
    stage = get_object_or_404(Stage.objects.exclude(deleted_at=None).filter(pipeline__deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        return _("%(name)s restored.") % {"name": restore_named(stage, by=by)}

    return act(request, deed, partial(draw_stages, stage.pipeline), back=_page(stage.pipeline), place="deleted")


def _expected(request: HttpRequest, name: str) -> dict[str, Any] | None:
    return {name: _typed(request.POST["was"], name)} if "was" in request.POST else None


def _typed(text: str, name: str) -> str | None:
    """A form's text as the field takes it: lines end as the database keeps them, no number is no number."""
    clean = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if name not in NUMBERS:
        return clean
    if clean and not NUMBERS[name](clean):
        message = _("Write a date.") if name == "review_on" else _("Write a whole number, or leave it empty.")
        raise ValidationError({name: message})
    return clean or None


def _pipeline(pk: int) -> Pipeline:
    row: Pipeline = get_object_or_404(Pipeline.objects.kept(), pk=pk)
    return row


def _stage(pk: int) -> Stage:
    row: Stage = get_object_or_404(Stage.objects.kept().filter(pipeline__deleted_at=None), pk=pk)
    return row


def _page(pipeline: Pipeline) -> str:
    return reverse("stages", args=[pipeline.pk])
