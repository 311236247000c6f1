"""The page of a product."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Product
from leadline.web.frame.doing import reader_of
from leadline.web.products.selling import sold
from leadline.web.records.finding import find
from leadline.web.records.page import shell
from leadline.web.records.related import sections_of


@require_safe
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """Price and facts, what it sold, and the deals it is on."""
    found, reader = find(Product, request, pk), reader_of(request)
    context = shell(request, found) | {"sections": sections_of(reader, found), "sold": sold(reader, found)}
    return render(request, "products/product.html", context)
