"""Every address of the face for people."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="funnel"), name="home"),
    path("", include("leadline.web.entry.urls")),
    path("", include("leadline.web.me.urls")),
    path("insights/", include("leadline.web.insights.urls")),
]
