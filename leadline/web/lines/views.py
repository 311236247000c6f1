"""Acts on the products of a deal: add one, change it, take it away, let them make the deal's value."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.crm.models import DealProduct, Product
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.frame.refusals import by_field
from leadline.web.lines.forms import figures, priced, product_of
from leadline.web.records.answering import did
from leadline.web.records.finding import find_deal_to_change, find_kept

TO_CHOOSE = 300  # products that a list can hold; with more one types


@require_http_methods(["GET", "HEAD", "POST"])
def line_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A product on a deal, at the list price where none is written."""
    deal, errors = find_deal_to_change(request, pk), {}
    if request.method == "POST":
        by = doer(request)
        try:
            product = product_of(reader_of(request), request.POST)
            found = priced(figures(request.POST), product, deal)
            last = DealProduct.objects.kept().filter(deal=deal).order_by("-position").first()
            line = DealProduct(deal=deal, product=product, position=last.position + 1 if last else 0, **found)
            line.add(by=by)
        except ValidationError as error:
            errors = by_field(error)
        else:
            return _did(request, by, _("%(product)s is added.") % {"product": product}, line)
    products = list(Product.objects.kept().filter(active=True).order_by("name", "pk")[: TO_CHOOSE + 1])
    given = request.POST or {"quantity": "1"}
    context = {"deal": deal, "line": None, "given": given, "errors": errors, "products": products[:TO_CHOOSE]}
    return _form(request, context, errors)


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """Quantity, price and discount of a line."""
    found, errors = _line(request, pk), {}
    if request.method == "POST":
        by = doer(request)
        try:
            found.edit(by=by, **figures(request.POST))
        except ValidationError as error:
            errors = by_field(error)
        else:
            return _did(request, by, _("%(product)s is changed.") % {"product": found.product}, found)
    context = {"deal": found.deal, "line": found, "given": request.POST, "errors": errors, "products": []}
    return _form(request, context, errors)


@require_POST
def line_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the deal; undo brings it back."""
    found, by = _line(request, pk), doer(request)
    found.trash(by=by)
    return _did(request, by, _("%(product)s is taken off.") % {"product": found.product}, found)


@require_POST
def lines_value(request: HttpRequest, pk: int) -> HttpResponse:
    """The deal's value is what its products come to."""
    deal, by = find_deal_to_change(request, pk), doer(request)
    deal.take_value_from_lines(by=by)
    return did(request, by, _("The value is taken from the products."), record_url(deal), kind="deal", id=deal.pk)


def _line(request: HttpRequest, pk: int) -> DealProduct:
    found: DealProduct = find_kept(DealProduct.objects.select_related("deal", "product"), request, pk)
    find_deal_to_change(request, found.deal_id)
    return found


def _form(request: HttpRequest, context: dict[str, Any], errors: dict[str, Any]) -> HttpResponse:
    return page(request, "lines/line.html", "lines/_line.html", context, status=422 if errors else 200)


def _did(request: HttpRequest, by: Any, text: str, line: DealProduct) -> HttpResponse:
    return did(request, by, text, record_url(line.deal), kind="deal_product", id=line.pk)
