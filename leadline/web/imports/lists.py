"""The imports there were, and the place where the next one begins."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from leadline.imports.drafts import folder
from leadline.imports.models import Draft, Import, Stand
from leadline.web.frame.doing import reader_of
from leadline.web.imports import words
from leadline.web.imports.finding import imports_of, may_import, may_load_example
from leadline.web.settings.frame import draw

A_PAGE = 50


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Somebody's imports (all of them for an administrator) and their files that wait."""
    user = reader_of(request)
    found = Paginator(imports_of(user), A_PAGE)
    return draw(request, "imports/list.html", {
        "imports": found.get_page(request.GET.get("page")),
        "drafts": list(Draft.objects.filter(by=user, arrival=None).exclude(stand=Stand.NEW, files=[])),
        "may_import": may_import(user),
        "may_load_example": may_load_example(user),
        "limit": folder.LARGEST // 2**20,
        "most": folder.MOST,
        "words": words,
        "brought": brought,
    })  # fmt: skip


def brought(arrival: Import) -> str:
    """ "8,800 deals, 85 organizations": what came in, what matters most first."""
    by_kind: dict[str, Any] = arrival.counts.get("by_kind", {})
    counts = {kind: numbers.get("created", 0) + numbers.get("updated", 0) for kind, numbers in by_kind.items()}
    return ", ".join([words.counted(kind, counts[kind]) for kind in words.KINDS if counts.get(kind)][:3])
