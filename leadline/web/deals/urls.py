"""The address of a deal."""

from __future__ import annotations

from django.urls import path

from leadline.web.deals.views import deal

urlpatterns = [path("<int:pk>/", deal, name="deal")]
