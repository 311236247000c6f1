"""/settings/trash/"""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.trash import views

urlpatterns = [
    path("", views.trash, name="trash"),
    path("<slug:kind>/restore/", views.trash_restore, name="trash_restore"),
]
