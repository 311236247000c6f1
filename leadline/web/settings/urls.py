"""The addresses of the settings; everything here stands under /settings/."""

from __future__ import annotations

from django.urls import include, path

from leadline.web.settings.frame import overview

urlpatterns = [
    path("", overview, name="settings"),
    path("people/", include("leadline.web.settings.people.urls")),
    path("teams/", include("leadline.web.settings.teams.urls")),
    path("log/", include("leadline.web.settings.audit.urls")),
    path("trash/", include("leadline.web.settings.trash.urls")),
    path("visibility/", include("leadline.web.settings.visibility.urls")),
    path("", include("leadline.web.settings.names.urls")),
    path("", include("leadline.web.settings.pipelines.urls")),
    path("", include("leadline.web.settings.playbooks.urls")),
    path("", include("leadline.web.settings.assignment.urls")),
    path("", include("leadline.web.settings.ideal_client.urls")),
    path("", include("leadline.web.settings.pods.urls")),
    path("", include("leadline.web.settings.doors.urls")),
    path("", include("leadline.web.settings.fields.urls")),
    path("", include("leadline.web.settings.currencies.urls")),
    path("", include("leadline.web.settings.working_days.urls")),
    path("", include("leadline.web.settings.targets.urls")),
    path("", include("leadline.web.rules.urls")),
    path("", include("leadline.web.settings.outbox.urls")),
]
