"""The addresses of the outbox."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.outbox import views

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/files/<int:pk>/", views.letter_file, name="letter_file"),
    path("outbox/<int:pk>/again/", views.letter_again, name="letter_again"),
]
