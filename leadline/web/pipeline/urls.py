"""Addresses of the board and the forecast."""

from __future__ import annotations

from django.urls import path

from leadline.web.pipeline.needed import needed
from leadline.web.pipeline.paging import cards, column
from leadline.web.pipeline.views import board, forecast, pipeline, pipeline_start

urlpatterns = [
    path("", pipeline, name="pipeline"),
    path("start/", pipeline_start, name="pipeline_start"),
    path("<int:pk>/", board, name="board"),
    path("<int:pk>/forecast/", forecast, name="forecast"),
    path("<int:pk>/needed/", needed, name="board_needed"),
    path("<int:pk>/column/", column, name="column"),
    path("<int:pk>/cards/", cards, name="cards"),
]
