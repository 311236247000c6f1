"""The page of a product."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.crm.models import Product
from leadline.web.frame.doing import reader_of
from leadline.web.frame.parts import page
from leadline.web.products.selling import sold
from leadline.web.records.finding import find
from leadline.web.records.page import shell
from leadline.web.records.related import sections_of


@require_safe
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """Price and facts, and the deals it is on; what it sold is asked for once the page stands."""
    found = find(Product, request, pk)
    context = shell(request, found) | {"sections": sections_of(reader_of(request), found)}
    return render(request, "products/product.html", context)


@require_safe
def product_sold(request: HttpRequest, pk: int) -> HttpResponse:
    """How much of it stands in won, open and lost deals: a product may stand in all of them."""
    found = find(Product, request, pk)
    context = {"sold": sold(reader_of(request), found), "product": found}
    return page(request, "products/sold.html", "products/_sold.html", context)
