"""Addresses of 1st & 10."""

from __future__ import annotations

from django.urls import path

from leadline.web.ten import acts, notes, openings, rules, views, words

urlpatterns = [
    path("", views.ten, name="ten"),
    path("fill/", acts.fill, name="ten_fill"),
    path("notes/", notes.notes, name="ten_notes"),
    path("rules/", rules.rules, name="ten_rules"),
    path("openings/", openings.openings, name="openings"),
    path("openings/<int:pk>/", openings.opening, name="opening"),
    path("openings/<int:pk>/delete/", openings.delete, name="opening_delete"),
    path("<int:pk>/mark/", acts.mark, name="ten_mark"),
    path("<int:pk>/words/", words.words, name="ten_words"),
]
