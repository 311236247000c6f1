"""The addresses of the targets."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.targets import template, views

urlpatterns = [
    path("targets/", views.targets, name="targets"),
    path("targets/template.csv", template.template, name="target_template"),
    path("targets/set/", views.put, name="target_set"),
    path("targets/fill/", views.fill, name="target_fill"),
    path("targets/add/", views.add, name="target_add"),
    path("targets/<int:pk>/delete/", views.delete, name="target_delete"),
]
