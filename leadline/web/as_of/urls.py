"""The address of the board of a past day."""

from __future__ import annotations

from django.urls import path

from leadline.web.as_of.views import board

urlpatterns = [path("<int:pk>/as-of/", board, name="board_as_of")]
