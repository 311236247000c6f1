from __future__ import annotations

from django.urls import path

from leadline.web.records import acts, related

urlpatterns = [
    path("records/<slug:kind>/<int:pk>/trash/", acts.trash, name="record_trash"),
    path("records/<slug:kind>/<int:pk>/restore/", acts.restore, name="record_restore"),
    path("related/<slug:kind>/<int:pk>/<slug:name>/", related.more, name="related"),
]
