"""What somebody writes into a line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Deal, Product
from leadline.history.numbers import number_of
from leadline.web.editing.amounts import amount

HUNDRED = Decimal(100)


def figures(given: Mapping[str, str]) -> dict[str, Any]:
    """Quantity, price and discount as typed; what is not there keeps its default. Raises ValidationError by field."""
    found: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, empty in (("quantity", Decimal(1)), ("unit_price", None), ("discount", Decimal(0))):
        text = given.get(name, "").strip().rstrip("%").strip()
        try:
            found[name] = _checked(name, Decimal(amount(text, name))) if text else empty
        except ValidationError as error:
            errors |= error.message_dict
    if errors:
        raise ValidationError(errors)
    return found


def _checked(name: str, value: Decimal) -> Decimal:
    if value < 0:
        raise ValidationError({name: _("Write a number that is not below 0.")})
    if name == "discount" and value > HUNDRED:
        raise ValidationError({name: _("A discount is at most 100 percent.")})
    if value >= Decimal(10) ** 11:
        raise ValidationError({name: _("This number is too large.")})
    return value


def product_of(reader: User, given: Mapping[str, str]) -> Product:
    """The product chosen. Raises ValidationError."""
    number = number_of(given.get("product", ""))
    found = None
    if number is not None:
        found = Product.objects.visible_to(reader).kept().filter(pk=number).first()
    if found is None:
        raise ValidationError({"product": _("Choose a product.")})
    return found  # type: ignore[no-any-return]  # a row of Product


def priced(found: dict[str, Any], product: Product, deal: Deal) -> dict[str, Any]:
    """The list price where none is written, unless it is in another currency than the deal."""
    if found["unit_price"] is None and product.unit_price is not None:
        if product.currency and product.currency != deal.currency:
            raise ValidationError({
                "unit_price": _("The list price is in %(its)s, the deal in %(deals)s. Write the price.")
                % {"its": product.currency, "deals": deal.currency}
            })  # fmt: skip
        found["unit_price"] = product.unit_price
    return found
