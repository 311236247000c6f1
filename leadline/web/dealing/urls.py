"""Addresses of what is done to deals."""

from __future__ import annotations

from django.urls import path

from leadline.web.dealing.acts import deal_lost, deal_month, deal_open, deal_parked, deal_stage, deal_won
from leadline.web.dealing.adding import deal_add, deal_line
from leadline.web.dealing.form import deal_new

urlpatterns = [
    path("add/", deal_add, name="deal_add"),
    path("new/", deal_new, name="deal_new"),
    path("line/", deal_line, name="deal_line"),
    path("<int:pk>/stage/", deal_stage, name="deal_stage"),
    path("<int:pk>/month/", deal_month, name="deal_month"),
    path("<int:pk>/won/", deal_won, name="deal_won"),
    path("<int:pk>/lost/", deal_lost, name="deal_lost"),
    path("<int:pk>/parked/", deal_parked, name="deal_parked"),
    path("<int:pk>/open/", deal_open, name="deal_open"),
]
