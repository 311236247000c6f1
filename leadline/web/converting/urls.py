from __future__ import annotations

from django.urls import path

from leadline.web.converting import views

urlpatterns = [
    path("leads/<int:pk>/convert/", views.convert, name="convert"),
    path("deals/<int:pk>/convert/", views.unconvert, name="deal_convert"),
]
