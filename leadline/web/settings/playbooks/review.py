"""The review of a pipeline's stages, every month or two (R1, R2): what the data say, and when to look again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import require
from leadline.crm.models import Deal, Pipeline, Playbook, Stage
from leadline.crm.playbooks import published
from leadline.insights.ask_stage_review import ask_stage_review, deals_of_stage_review
from leadline.web.frame.doing import reader_of
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, act, may_change, number_in
from leadline.web.settings.frame import draw
from leadline.web.settings.pipelines.counting import open_deals
from leadline.web.settings.playbooks.editing import stage_of
from leadline.web.settings.playbooks.words import NUMBERS, Said, said_of

if TYPE_CHECKING:
    from leadline.insights.stage_review.review import StageFacts, StageReview

WEEKS = (4, 6, 8)
MOST_WEEKS = 104
A_PAGE = 100


@dataclass(frozen=True)
class Row:
    """A stage, with what the data say of it."""

    stage: Stage
    book: Playbook | None
    open: int
    facts: StageFacts | None
    says: list[Said]


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    return draw_review(_pipeline(pk), request)


@require_safe
def deals(request: HttpRequest, pk: int) -> HttpResponse:
    """The deals behind a number of a stage: `stage` and `number`."""
    pipeline, user = _pipeline(pk), reader_of(request)
    stage = get_object_or_404(Stage.objects.filter(pipeline=pipeline), pk=_number(request.GET.get("stage", "")))
    number = request.GET.get("number", "")
    if number not in NUMBERS:
        raise BadRequest("There is no such number.")
    asked = ask_stage_review(pipeline.pk, user)
    ids = deals_of_stage_review(asked, user, stage.pk, number)
    rows = Deal.objects.visible_to(user).filter(pk__in=ids).select_related("organization", "owner", "stage")
    here = Paginator(rows.order_by("-stage_entered_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    words = {"number": NUMBERS[number], "key": number, "since": asked.since}
    context = {"pipeline": pipeline, "stage": stage, "here": here, **words}
    return draw(request, "settings/playbooks/review_deals.html", context)


@require_POST
def reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at; again in so many `weeks`, or not at all with 0."""
    stage = stage_of(pk)

    def deed(by: Actor) -> str:
        require(by, "change", stage)
        weeks = number_in(request, "weeks")
        if not 0 < weeks <= MOST_WEEKS:
            raise ValidationError({"weeks": _("Write how many weeks, 1 to %(most)s.") % {"most": MOST_WEEKS}})
        stage.edit(by=by, review_on=timezone.localdate() + dt.timedelta(weeks=weeks))
        said = ngettext("%(stage)s: next in %(n)s week.", "%(stage)s: next in %(n)s weeks.", weeks)
        return said % {"stage": stage, "n": weeks}

    draw_it = partial(draw_review, stage.pipeline)
    back = f"{reverse('stage_review', args=[stage.pipeline_id])}#stage-{stage.pk}"
    return act(request, deed, draw_it, back=back, place=f"stage-{pk}")


def draw_review(
    pipeline: Pipeline, request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200
) -> HttpResponse:
    stages, user = list(pipeline.kept_stages()), reader_of(request)
    asked = ask_stage_review(pipeline.pk, user)
    standing = open_deals(user, "stage_id", [stage.pk for stage in stages])
    facts = {one.stage: one for one in asked.stages}
    context: dict[str, Any] = {
        "pipeline": pipeline,
        "rows": [_row(stage, standing[stage.pk], facts.get(stage.pk), asked) for stage in stages],
        "since": asked.since,
        "at": reverse("stage_review_deals", args=[pipeline.pk]),
        "weeks": WEEKS,
        "can": may_change(request, Stage),
        "today": timezone.localdate(),
        "wrong": wrong,
    }
    return draw(
        request, "settings/playbooks/review.html", context, part="settings/playbooks/_review.html", status=status
    )


def _row(stage: Stage, standing: int, facts: StageFacts | None, asked: StageReview) -> Row:
    book = next(iter(published(stage.pk)), None)
    return Row(stage, book, standing, facts, [said_of(finding) for finding in asked.of(stage.pk)])


def _pipeline(pk: int) -> Pipeline:
    row: Pipeline = get_object_or_404(Pipeline.objects.kept(), pk=pk)
    return row


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
