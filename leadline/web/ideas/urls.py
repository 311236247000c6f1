"""Addresses of ideas."""

from __future__ import annotations

from django.urls import path

from leadline.web.ideas import acts, views

urlpatterns = [
    path("", views.ideas, name="ideas"),
    path("add/", acts.add, name="ideas_add"),
    path("floor/", acts.floor, name="ideas_floor"),
    path("<int:pk>/contact/", acts.contact, name="idea_contact"),
]
