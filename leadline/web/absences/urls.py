"""The addresses of absences, beside those of one's account."""

from __future__ import annotations

from django.urls import path

from leadline.web.absences import views

urlpatterns = [
    path("me/absences/add/", views.absence_add, name="absence_add"),
    path("me/absences/<int:pk>/", views.absence_change, name="absence_change"),
    path("me/absences/<int:pk>/delete/", views.absence_delete, name="absence_delete"),
]
