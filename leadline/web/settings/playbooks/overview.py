"""All playbooks: every stage of every pipeline, and what it asks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadline.crm.models import Pipeline, Playbook, Stage
from leadline.web.settings.changing import may_change
from leadline.web.settings.frame import draw


@dataclass(frozen=True)
class Row:
    """A stage with the newest version of its playbook, and its draft."""

    stage: Stage
    book: Playbook | None
    draft: Playbook | None

    @property
    def required(self) -> int:
        return sum(1 for item in self.book.items if item["required"]) if self.book else 0


@require_safe
def playbooks(request: HttpRequest) -> HttpResponse:
    pipelines = list(Pipeline.objects.kept())
    stages = Stage.objects.kept().filter(pipeline__in=pipelines).order_by("position", "pk")
    books: dict[int, list[Playbook]] = defaultdict(list)
    for book in Playbook.objects.kept().filter(stage__in=stages).order_by("-version"):
        books[book.stage_id].append(book)
    rows = defaultdict(list)
    for stage in stages:
        newest = next((book for book in books[stage.pk] if book.published_at), None)
        draft = next((book for book in books[stage.pk] if not book.published_at), None)
        rows[stage.pipeline_id].append(Row(stage, newest, draft))
    context: dict[str, Any] = {
        "pipelines": [(pipeline, rows[pipeline.pk]) for pipeline in pipelines],
        "can": may_change(request, Playbook),
        "today": timezone.localdate(),
    }
    return draw(request, "settings/playbooks/playbooks.html", context)
