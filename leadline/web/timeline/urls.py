"""Addresses of the stream and of what stands in it."""

from __future__ import annotations

from django.urls import path

from leadline.web.timeline import files, notes, undoing, views

urlpatterns = [
    path("timeline/<str:kind>/<int:pk>/", views.timeline, name="timeline"),
    path("timeline/<str:kind>/<int:pk>/notes/", notes.note_add, name="note_add"),
    path("timeline/<str:kind>/<int:pk>/files/", files.file_add, name="file_add"),
    path("timeline/<str:kind>/<int:pk>/undo/<int:change>/", undoing.change_undo, name="change_undo"),
    path("notes/<int:pk>/", notes.note, name="note"),
    path("notes/<int:pk>/pin/", notes.note_pin, name="note_pin"),
    path("notes/<int:pk>/trash/", notes.note_trash, name="note_trash"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/name/", files.file_rename, name="file_rename"),
    path("files/<int:pk>/trash/", files.file_trash, name="file_trash"),
]
