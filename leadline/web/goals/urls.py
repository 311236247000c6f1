"""Addresses of goals."""

from __future__ import annotations

from django.urls import path

from leadline.web.goals import board, setting, views

urlpatterns = [
    path("", views.goals, name="goals"),
    path("board/", board.goal_board, name="goal_board"),
    path("board/join/", board.goal_board_join, name="goal_board_join"),
    path("add/", setting.goal_add, name="goal_add"),
    path("likely/", setting.goal_likely, name="goal_likely"),
    path("<int:pk>/", setting.goal_change, name="goal_change"),
    path("<int:pk>/end/", setting.goal_end, name="goal_end"),
]
