from __future__ import annotations

from django.urls import path

from leadline.web.lines import views

urlpatterns = [
    path("deals/<int:pk>/lines/add/", views.line_add, name="line_add"),
    path("deals/<int:pk>/lines/value/", views.lines_value, name="lines_value"),
    path("lines/<int:pk>/", views.line, name="line"),
    path("lines/<int:pk>/remove/", views.line_remove, name="line_remove"),
]
