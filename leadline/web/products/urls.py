from __future__ import annotations

from django.urls import path

from leadline.web.products import adding, related, views

__all__ = ["related", "urlpatterns"]  # what belongs to a product is told when its addresses are read

urlpatterns = [
    path("add/", adding.add, name="product_add"),
    path("<int:pk>/", views.product, name="product"),
    path("<int:pk>/sold/", views.product_sold, name="product_sold"),
]
