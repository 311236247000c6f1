"""The outbox as a list: what went out, what waits, what failed and can be sent again; and what is attached."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.mail import queueing
from leadline.mail.keeping import KEPT
from leadline.mail.models import Attachment, Letter
from leadline.mail.waking import wake
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
    context = {"letters": letters, "kept": KEPT.days, "account": bool(settings.EMAIL_URL)}
    return draw(request, "settings/outbox/list.html", context)


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What is attached, to be saved."""
    letters = Letter.objects.visible_to(reader_of(request))
    file = get_object_or_404(Attachment.objects.filter(letter__in=letters), pk=pk)
    response = HttpResponse(bytes(file.content), content_type=file.media_type)
    response.headers["Content-Disposition"] = attached(file.name)
    return response


@require_POST
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody wants one that failed to go out all the same."""
    letter = get_object_or_404(Letter.objects.visible_to(reader_of(request)), pk=pk)
    if queueing.again(letter, timezone.now()):
        wake()
        messages.success(request, _("On its way to %(address)s again.") % {"address": letter.to})
    else:
        messages.info(request, _("It has gone out or waits already."))
    return redirect("outbox")
