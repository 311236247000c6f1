"""Addresses of the insights pages."""

from __future__ import annotations

from django.urls import path
from django.http import HttpResponse

urlpatterns = [path("funnel/", lambda request: HttpResponse("x"), name="funnel")]
