from __future__ import annotations

from django.urls import path

from leadline.web.people import adding, erasing, related, views

__all__ = ["related", "urlpatterns"]  # what belongs to a person is told when their addresses are read

urlpatterns = [
    path("add/", adding.add, name="person_add"),
    path("known/", adding.known, name="person_known"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/erase/", erasing.erase, name="erase"),
]
