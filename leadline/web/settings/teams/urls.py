"""/settings/teams/"""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.teams import views

urlpatterns = [
    path("", views.teams, name="teams"),
    path("add/", views.team_add, name="team_add"),
    path("<int:pk>/", views.team_change, name="team_change"),
    path("<int:pk>/end/", views.team_end, name="team_end"),
]
