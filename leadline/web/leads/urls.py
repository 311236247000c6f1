from __future__ import annotations

from django.urls import path

from leadline.web.leads import acts, adding, related, views

__all__ = ["related", "urlpatterns"]  # what belongs to a lead is told when its addresses are read

urlpatterns = [
    path("add/", adding.add, name="lead_add"),
    path("<int:pk>/", views.lead, name="lead"),
    path("<int:pk>/discard/", acts.discard, name="lead_discard"),
    path("<int:pk>/park/", acts.park, name="lead_park"),
    path("<int:pk>/reopen/", acts.reopen, name="lead_reopen"),
]
