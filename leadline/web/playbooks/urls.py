"""Addresses of what stages ask of a deal."""

from __future__ import annotations

from django.urls import path

from leadline.web.playbooks.answering import deal_answer
from leadline.web.playbooks.views import deal_asked

urlpatterns = [
    path("<int:pk>/asked/", deal_asked, name="deal_asked"),
    path("<int:pk>/answers/", deal_answer, name="deal_answer"),
]
