"""The addresses of the digest."""

from __future__ import annotations

from django.urls import path

from leadline.web.digests import views

urlpatterns = [
    path("today/digest/", views.digest, name="digest"),
    path("today/digest/by-mail/", views.digest_wish, name="digest_wish"),
    path("letters/stop/<str:signed>/", views.letters_stop, name="letters_stop"),
]
