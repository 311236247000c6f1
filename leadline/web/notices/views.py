"""The bell's count, the list behind it, and reading them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from leadline.crm import noticing
from leadline.crm.models import Notice
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.frame.places import address_of
from leadline.web.notices.reading import shown

A_PAGE, IN_MENU = 40, 8


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """How many wait. Asked by every page once it stands, and when something has changed."""
    noticing.catch_up()
    return render(request, "notices/_count.html", {"unread": noticing.unread(reader_of(request))})


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Latest first; for the bell's menu the first few."""
    noticing.catch_up()
    reader, in_menu = reader_of(request), "menu" in request.GET
    rows = Notice.objects.filter(user=reader).order_by("-change_id")
    before = number_of(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(change_id__lt=before)
    size = IN_MENU if in_menu else A_PAGE
    page = list(rows[: size + 1])
    context = {
        "notices": shown(reader, page[:size]),
        "before": page[size - 1].change_id if len(page) > size else None,
        "unread": noticing.unread(reader),
    }
    return render(request, "notices/_menu.html" if in_menu else "notices/notices.html", context)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens what it is about, and counts as read."""
    found = Notice.objects.filter(user=reader_of(request), pk=pk).first()
    if found is None:
        raise Http404
    noticing.mark_read(reader_of(request), found.pk)
    return redirect(address_of(found.kind, found.record_id) or "notices")


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """All of mine are read."""
    noticing.mark_read(reader_of(request))
    if request.headers.get("HX-Request"):
        response = render(request, "notices/_count.html", {"unread": 0})
        response.headers["HX-Trigger"] = "leadline:read"
        return response
    return redirect("notices")
