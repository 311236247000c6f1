"""Addresses of time blocks."""

from __future__ import annotations

from django.urls import path

from leadline.web.blocks import setting_up, sit, views

urlpatterns = [
    path("", views.blocks, name="blocks"),
    path("rows/", views.block_rows, name="block_rows"),
    path("add/", setting_up.block_add, name="block_add"),
    path("accept/", setting_up.block_accept, name="block_accept"),
    path("preview/", setting_up.block_preview, name="block_preview"),
    path("<int:pk>/", setting_up.block_change, name="block_change"),
    path("<int:pk>/end/", setting_up.block_end, name="block_end"),
    path("<int:pk>/<str:day>/", sit.block_sit, name="block_sit"),
    path("<int:pk>/<str:day>/move/", setting_up.block_move, name="block_move"),
    path("<int:pk>/<str:day>/skip/", setting_up.block_skip, name="block_skip"),
    path("<int:pk>/<str:day>/sit/", sit.block_sit_down, name="block_sit_down"),
    path("<int:pk>/<str:day>/up/", sit.block_get_up, name="block_get_up"),
    path("<int:pk>/<str:day>/pause/", sit.block_pause, name="block_pause"),
    path("<int:pk>/<str:day>/through/", sit.block_through, name="block_through"),
    path("<int:pk>/<str:day>/one/<str:key>/", sit.block_one, name="block_one"),
    path("<int:pk>/<str:day>/log/", sit.block_log, name="block_log"),
    path("<int:pk>/<str:day>/next/", sit.block_next, name="block_next"),
    path("<int:pk>/<str:day>/counts/", sit.block_counts, name="block_counts"),
]
