"""The addresses of the working days."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.working_days import views

urlpatterns = [
    path("working-days/", views.working_days, name="working_days"),
    path("working-days/week/", views.week, name="working_week"),
    path("working-days/place/", views.place, name="working_place"),
    path("working-days/add/", views.add, name="own_day_add"),
    path("working-days/<int:pk>/", views.change, name="own_day_change"),
    path("working-days/<int:pk>/delete/", views.delete, name="own_day_delete"),
]
