"""The address of the calculator."""

from __future__ import annotations

from django.urls import path

from leadline.web.calculator.views import calculator

urlpatterns = [path("", calculator, name="calculator")]
