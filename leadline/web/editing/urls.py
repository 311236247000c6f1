"""Editing in place."""

from __future__ import annotations

from django.urls import path

from leadline.web.editing import views

urlpatterns = [path("<slug:kind>/<int:pk>/<slug:name>/", views.edit, name="edit")]
