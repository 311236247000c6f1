"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from leadline.web.imports import drafts, example, lists, reports, uploading

urlpatterns = [
    path("", lists.imports, name="imports"),
    path("new/", uploading.new, name="import_new"),
    path("example/", example.load, name="import_example"),
    path("drafts/<int:pk>/", drafts.draft, name="import_draft"),
    path("drafts/<int:pk>/files/", uploading.files, name="import_files"),
    path("drafts/<int:pk>/files/out/", uploading.take_out, name="import_file_out"),
    path("drafts/<int:pk>/read/", uploading.read, name="import_read"),
    path("drafts/<int:pk>/decide/", drafts.decide, name="import_decide"),
    path("drafts/<int:pk>/start/", drafts.start, name="import_start"),
    path("drafts/<int:pk>/away/", uploading.throw_away, name="import_away"),
    path("<int:pk>/", reports.report, name="import"),
    path("<int:pk>/bad-rows.csv", reports.bad_rows, name="import_bad_rows"),
    path("<int:pk>/cancel/", reports.cancel, name="import_cancel"),
    path("<int:pk>/undo/", reports.undo, name="import_undo"),
]
