"""The page "Funnel and people"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.web.frame.parts import page
from leadline.web.insights.answers import answers
from leadline.web.insights.forms import Filter

PAGE, PART = "insights/funnel.html", "insights/_funnel.html"


@require_safe
def funnel(request: HttpRequest) -> HttpResponse:
    """Headline, funnel, people; the question is in the address. Without any deal: how to bring them in."""
    assert isinstance(request.user, User)
    if not Deal.objects.visible_to(request.user).exists():
        return render(request, "insights/empty.html", {"nobody": not Deal.objects.exists()})
    form = Filter(request.GET, request.user)
    if not form.is_valid():
        return page(request, PAGE, PART, {"form": form, "asked": None}, status=400)
    asked = form.asked()
    context = {"form": form, "asked": asked, **answers(asked, request.user)}
    response = page(request, PAGE, PART, context)
    response.headers["HX-Push-Url"] = asked.page("funnel")
    return response
