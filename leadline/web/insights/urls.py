"""Addresses of the pages of Insights: each page, each panel of it alone and as a file, and the records behind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.generic import RedirectView

from leadline.web.insights.files import panel_csv, panel_picture
from leadline.web.insights.known import BY_NAME
from leadline.web.insights.own_forecast import own_forecast_say
from leadline.web.insights.records.kinds import KINDS
from leadline.web.insights.records.views import records_behind, records_csv
from leadline.web.insights.views import page_view, panel_view
from leadline.web.insights.why import acting


def _people(request: HttpRequest) -> HttpResponse:
    """Where the comparison of people stood, as long as links to it are about."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    name = "insights_csv" if request.path.endswith(".csv") else "insights_picture"
    response = redirect(name, "people", "compared")
    response.headers["Location"] += query
    return response


first = next(iter(BY_NAME))
urlpatterns = [
    path("", RedirectView.as_view(pattern_name=f"insights_{first}"), name="insights"),
    path("funnel/people.csv", _people, name="people_csv"),
    path("funnel/people.picture", _people, name="people_picture"),
    path("why/findings/<int:pk>/dismiss/", acting.dismiss, name="finding_dismiss"),
    path("why/findings/<int:pk>/done/", acting.acted, name="finding_acted"),
    path("why/findings/<int:pk>/take-up/", acting.take_up, name="finding_take_up"),
    path("why/findings/<int:pk>/draft/", acting.finding_draft, name="finding_draft"),
    *(path(f"{page.name}/", page_view(page), name=f"insights_{page.name}") for page in BY_NAME.values()),
    *(path(kind.at.replace("_behind", "/"), records_behind(name), name=kind.at) for name, kind in KINDS.items()),
    *(path(kind.csv.replace("_csv", ".csv"), records_csv(name), name=kind.csv) for name, kind in KINDS.items()),
    path("forecast/say/", own_forecast_say, name="own_forecast_say"),
    path("<slug:page>/<slug:panel>/", panel_view, name="insights_panel"),
    path("<slug:page>/<slug:panel>.csv", panel_csv, name="insights_csv"),
    path("<slug:page>/<slug:panel>.picture", panel_picture, name="insights_picture"),
]
