"""The page of all pipelines, and the page of one with its stages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.models import Pipeline, Stage
from leadline.web.frame.doing import reader_of
from leadline.web.frame.formats import number
from leadline.web.frame.navigation import address
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change, moved
from leadline.web.settings.frame import draw
from leadline.web.settings.pipelines.counting import all_deals, open_deals, with_deals
from leadline.web.settings.uses import Use, asked_rows, name_of, uses_for


def draw_pipelines(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    rows = list(Pipeline.objects.kept())
    stages = list(Stage.objects.kept().filter(pipeline__in=rows).order_by("pipeline", "position", "pk"))
    asked = _asked(request, wrong, "delete", rows)
    context: dict[str, Any] = {
        "here": reverse("pipelines"),
        "rows": rows,
        "stages": {row.pk: [stage for stage in stages if stage.pipeline_id == row.pk] for row in rows},
        "filled": with_deals(Pipeline.objects.kept(), "pipeline"),
        "orders": moved([row.pk for row in rows]),
        "gone": list(Pipeline.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "can": may_change(request, Pipeline),
        "asked": asked,
        "to_move": all_deals("pipeline", asked) if asked else 0,
        "destinations": places_to_go() if asked else [],
        "wrong": wrong,
        **uses_for(request, reverse("pipelines_uses"), lambda: counted_pipelines(request)),
    }
    return draw(request, "settings/pipelines.html", context, part="settings/_pipelines.html", status=status)


def draw_stages(
    pipeline: Pipeline, request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200
) -> HttpResponse:
    rows = list(pipeline.kept_stages())
    asked = _asked(request, wrong, "delete", rows)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "here": reverse("stages", args=[pipeline.pk]),
        "pipeline": pipeline,
        "rows": rows,
        "filled": with_deals(pipeline.kept_stages(), "stage"),
        "orders": moved([row.pk for row in rows]),
        "gone": list(Stage.objects.filter(pipeline=pipeline).exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "can": may_change(request, Stage),
        "asked": asked,
        "to_move": all_deals("stage", asked) if asked else 0,
        "destinations": places_to_go() if asked else [],
        "wrong": wrong,
        "today": today,
        **uses_for(request, reverse("stages_uses", args=[pipeline.pk]), lambda: counted_stages(pipeline, request)),
        "reviews": {1: months_on(today, 1), 2: months_on(today, 2)},
    }
    return draw(request, "settings/stages.html", context, part="settings/_stages.html", status=status)


def counted_pipelines(request: HttpRequest) -> dict[str, Use]:
    """By pipeline, how many open deals stand in it."""
    asked = asked_rows(request, Pipeline.ENTITY)
    kept = [pk for pk in Pipeline.objects.kept().values_list("pk", flat=True) if asked is None or pk in asked]
    deals = open_deals(reader_of(request), "pipeline_id", kept)
    return {name_of(Pipeline.ENTITY, pk): Use(_open(deals[pk])) for pk in kept}


def counted_stages(pipeline: Pipeline, request: HttpRequest) -> dict[str, Use]:
    """By stage, how many open deals stand in it, with the way to them."""
    asked = asked_rows(request, Stage.ENTITY)
    kept = [row.pk for row in pipeline.kept_stages() if asked is None or row.pk in asked]
    deals, list_at = open_deals(reader_of(request), "stage_id", kept), address("deals")
    return {
        name_of(Stage.ENTITY, pk): Use(
            number(deals[pk]),
            f"{list_at}?stage={pk}&status=open" if list_at and deals[pk] else "",
            _("open deals"),
        )
        for pk in kept
    }


def _open(n: int) -> str:
    if not n:
        return _("no open deals")
    return ngettext("%(n)s open deal", "%(n)s open deals", n) % {"n": number(n)}


def places_to_go() -> list[tuple[Pipeline, list[Stage]]]:
    """Every stage that deals can be moved to, under its pipeline."""
    stages = list(Stage.objects.kept().filter(pipeline__deleted_at=None).order_by("position", "pk"))
    return [(row, [stage for stage in stages if stage.pipeline_id == row.pk]) for row in Pipeline.objects.kept()]


def months_on(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _asked(request: HttpRequest, wrong: Wrong, what: str, rows: list[Any]) -> int:
    """The row that is to be deleted, where the page asks what becomes of its deals; else 0."""
    ask = request.GET.get("ask", "") or wrong.place
    return next((row.pk for row in rows if ask == f"{what}-{row.pk}"), 0)
