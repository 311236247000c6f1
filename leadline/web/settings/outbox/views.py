"""The outbox as a list, and what is attached to its letters."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from leadline.mail.keeping import KEPT
from leadline.mail.models import Attachment, Letter
from leadline.web.frame.doing import reader_of
from leadline.web.insights.naming import attached
from leadline.web.settings.frame import draw

A_PAGE = 50


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest first, a page at a time."""
    reader = reader_of(request)
    files = Prefetch("attachments", Attachment.objects.defer("content"))
    found = Paginator(Letter.objects.visible_to(reader).prefetch_related(files), A_PAGE)
    letters = found.get_page(request.GET.get("page"))
    return draw(request, "settings/outbox/list.html", {"letters": letters, "kept": KEPT.days})


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What is attached, to be saved."""
    letters = Letter.objects.visible_to(reader_of(request))
    file = get_object_or_404(Attachment.objects.filter(letter__in=letters), pk=pk)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response.headers["Content-Disposition"] = attached(file.name)
    return response
