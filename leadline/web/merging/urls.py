from __future__ import annotations

from django.urls import path

from leadline.web.merging.views import merge

urlpatterns = [path("merge/<slug:kind>/<int:pk>/", merge, name="merge")]
