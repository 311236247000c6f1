"""The addresses of currencies and rates."""

from __future__ import annotations

from django.urls import path, register_converter

from leadline.web.settings.currencies import views


class Code:
    """Three capital letters of ISO 4217."""

    regex = "[A-Z]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Code, "currency")

urlpatterns = [
    path("currencies/", views.currencies, name="currencies"),
    path("currencies/uses/", views.uses, name="currencies_uses"),
    path("currencies/base/", views.base, name="base_change"),
    path("currencies/add/", views.add, name="currency_add"),
    path("currencies/<int:pk>/drop/", views.drop, name="currency_drop"),
    path("currencies/<currency:code>/rates/", views.add_rate, name="rate_add"),
    path("rates/<int:pk>/", views.change_rate, name="rate_change"),
    path("rates/<int:pk>/delete/", views.delete_rate, name="rate_delete"),
]
