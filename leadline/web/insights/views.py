"""A page of Insights, and each of its panels alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.crm.models import Deal
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page as page_or_part
from leadline.web.insights import known
from leadline.web.insights.ageing import unchanged
from leadline.web.insights.asked import Asked
from leadline.web.insights.declaring import Page, Panel
from leadline.web.insights.forms import Filter
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.sections import Section, section

WHOLE = "whole"  # in an address: all panels at once, or all rows of one


def page_view(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a page. Only its frame is drawn, and each panel asks for itself; readers without scripts get all."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        return _answer(request, page, known.panels(page), "insights/page.html", f"insights_{page.name}")

    return view


@require_safe
def panel_view(request: HttpRequest, page: str, panel: str) -> HttpResponse:
    """One panel: the part alone for the page that asks for it, else on a page of its own."""
    found = panel_of(page, panel)
    part = request.headers.get("HX-Target", "").startswith("panel-")
    if not part:
        return _answer(request, found[0], found[1:], "insights/panel.html", "insights_panel", page, panel)
    form, tile = Filter(request.GET, reader_of(request), found[0]), number_of(request.GET.get("tile", ""))
    if form.is_valid():
        inquiry, keeps = Inquiry(form.asked(), reader_of(request), found[0]), found[1].kept
        if keeps and "known" in request.GET and unchanged(keeps(inquiry), request.GET["known"]):
            return HttpResponse(status=204)  # what the page shows is still the latest; it looks again
        drawn = section(found[1], inquiry, whole=WHOLE in request.GET)
    elif tile is None:
        return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain")
    else:  # kept on a dashboard: its team, its pipeline or its person went since
        drawn = Section(*found, Asked(), {"error": _("What this tile asks cannot be answered any more.")})
    if tile is not None:
        drawn = replace(drawn, mark=f"-{tile}")
    return render(request, "insights/_panel.html", {"section": drawn})


def panel_of(page: str, panel: str) -> tuple[Page, Panel]:
    """Raises Http404 for one that there is not."""
    try:
        return known.find(f"{page}.{panel}")
    except KeyError as error:
        raise Http404 from error


def _answer(request: HttpRequest, page: Page, panels: Any, template: str, name: str, *parts: str) -> HttpResponse:
    user = reader_of(request)
    if not Deal.objects.visible_to(user).exists():
        return render(request, "insights/empty.html", {"page": page, "nobody": not Deal.objects.exists()})
    form = Filter(request.GET, user, page)
    context: dict[str, Any] = {"page": page, "form": form, "asked": None, "name": name, "parts": parts}
    if not form.is_valid():
        return page_or_part(request, template, "insights/_page.html", context, status=400)
    inquiry = Inquiry(form.asked(), user, page)
    at_once = WHOLE in request.GET or bool(parts)
    context |= {
        "asked": inquiry.asked,
        "sections": [
            section(panel, inquiry, whole=bool(parts)) if at_once else Section(page, panel, inquiry.asked)
            for panel in panels
        ],
    }
    response = page_or_part(request, template, "insights/_page.html", context)
    response.headers["HX-Push-Url"] = inquiry.asked.page(name, *parts)
    return response
