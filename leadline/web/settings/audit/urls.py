"""/settings/log/"""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.audit import views

urlpatterns = [
    path("", views.audit, name="audit"),
    path("log.csv", views.audit_csv, name="audit_csv"),
    path("<int:pk>/undo/", views.audit_undo, name="audit_undo"),
]
