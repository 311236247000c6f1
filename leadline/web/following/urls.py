from __future__ import annotations

from django.urls import path

from leadline.web.following.views import follow_record

urlpatterns = [path("follow/<slug:kind>/<int:pk>/", follow_record, name="follow")]
