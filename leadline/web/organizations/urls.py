from __future__ import annotations

from django.urls import path

from leadline.web.organizations import adding, related, views

__all__ = ["related", "urlpatterns"]  # what belongs to an organization is told when its addresses are read

urlpatterns = [
    path("add/", adding.add, name="organization_add"),
    path("known/", adding.known, name="organization_known"),
    path("<int:pk>/", views.organization, name="organization"),
]
