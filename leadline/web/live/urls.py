"""What is new, and taking back."""

from __future__ import annotations

from django.urls import path

from leadline.web.live import views

urlpatterns = [
    path("live/", views.live, name="live"),
    path("undo/<uuid:act>/", views.undo, name="undo"),
]
