from __future__ import annotations

from django.urls import path

from leadline.web.participants import views

urlpatterns = [
    path("deals/<int:pk>/people/add/", views.participant_add, name="participant_add"),
    path("participants/<int:pk>/", views.participant, name="participant"),
    path("participants/<int:pk>/remove/", views.participant_remove, name="participant_remove"),
]
