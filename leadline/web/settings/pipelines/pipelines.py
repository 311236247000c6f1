"""Adding, copying, renaming, ordering, deleting and restoring pipelines."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Pipeline, Stage
from leadline.crm.naming import rename, restore_named
from leadline.crm.ordering import put_in_order
from leadline.crm.pipelines import copy_pipeline, delete_pipeline, start_pipeline
from leadline.web.settings.changing import act, number_in, numbers_in
from leadline.web.settings.counting import moved_on
from leadline.web.settings.pipelines.counting import all_deals
from leadline.web.settings.pipelines.drawing import counted_pipelines, draw_pipelines
from leadline.web.settings.uses import changes_uses, draw_uses, name_of


@require_safe
def pipelines(request: HttpRequest) -> HttpResponse:
    return draw_pipelines(request)


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    return draw_uses(request, counted_pipelines(request))


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A pipeline with R1's default stages, which are easier to change than to invent."""

    def deed(by: Actor) -> str:
        return _("%(name)s added.") % {"name": start_pipeline(request.POST.get("name", ""), by=by)}

    return act(request, deed, draw_pipelines, back=reverse("pipelines"))


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    row = _kept(pk)

    def deed(by: Actor) -> str:
        copied = copy_pipeline(row, _free_name(row.name), by=by)
        return _("%(name)s added, with the stages of %(from)s.") % {"name": copied, "from": row}

    return act(request, deed, draw_pipelines, back=reverse("pipelines"))


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _kept(pk)

    def deed(by: Actor) -> str:
        rename(row, request.POST.get("name", ""), by=by, was=request.POST.get("was"))
        return _("Renamed to %(name)s.") % {"name": row}

    return act(request, deed, draw_pipelines, back=reverse("pipelines"), place=f"pipeline-{pk}")


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    def deed(by: Actor) -> str:
        put_in_order(Pipeline.objects.kept(), numbers_in(request, "order"), by=by)
        return _("Put in order.")

    return act(request, deed, draw_pipelines, back=reverse("pipelines"), place="order")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with the pipeline and its stages, once its deals have a stage of another one to go to."""
    row = _kept(pk)
    to = destination(request)

    def deed(by: Actor) -> str:
        count = all_deals("pipeline", row.pk)
        delete_pipeline(row, by=by, destination=to)
        return _("%(name)s deleted.") % {"name": row} + moved_on(count)

    answer = act(request, deed, draw_pipelines, back=reverse("pipelines"), place=f"delete-{pk}")
    return changes_uses(answer, *([name_of(Pipeline.ENTITY, to.pipeline_id)] if to else []))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """The pipeline alone; its stages are restored on its own page, its deals stay where they are."""
    row = get_object_or_404(Pipeline.objects.exclude(deleted_at=None), pk=pk)

    def deed(by: Actor) -> str:
        return _("%(name)s restored.") % {"name": restore_named(row, by=by)}

    return act(request, deed, draw_pipelines, back=reverse("pipelines"), place="deleted")


def destination(request: HttpRequest) -> Stage | None:
    """The stage that a form names for the deals of what is deleted."""
    found: Stage | None = Stage.objects.kept().filter(pk=number_in(request, "destination")).first()
    return found


def _kept(pk: int) -> Pipeline:
    row: Pipeline = get_object_or_404(Pipeline.objects.kept(), pk=pk)
    return row


def _free_name(name: str) -> str:
    """ "Sales (copy)", "Sales (copy 2)" ..., the first that no pipeline has; cut where it would be too long."""
    taken = {known.casefold() for known in Pipeline.objects.kept().values_list("name", flat=True)}
    longest: Any = Pipeline._meta.get_field("name").max_length
    n, found = 1, ""
    while not found or found.casefold() in taken:
        word = _("copy") if n == 1 else _("copy %(n)d") % {"n": n}
        found, n = f"{name[: longest - len(word) - 3]} ({word})", n + 1
    return found
