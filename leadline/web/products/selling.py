"""How much of a product stands in deals: quantity and amount, exact to the cent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F

from leadline.accounts.models import User
from leadline.crm.models import Deal, DealProduct, Product, Status
from leadline.crm.models.currency import CENT
from leadline.web.lines.reading import quantity


@dataclass
class Sold:
    """Lines of deals in one state; `amounts` by currency, each line rounded to the cent as on its deal."""

    lines: int = 0
    quantity: Decimal = Decimal(0)
    amounts: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def how_many(self) -> str:
        return quantity(self.quantity)


def lines_of(reader: User, product: Product) -> Any:
    """The lines with this product on deals that the reader sees."""
    deals = Deal.objects.visible_to(reader).kept()
    return DealProduct.objects.kept().filter(product=product, deal__in=deals)


def sold(reader: User, product: Product) -> dict[str, Sold]:
    """By the deals' status. Equal lines are counted by the database and reckoned once, in decimals."""
    found: dict[str, Sold] = {status: Sold() for status in Status}
    rows = lines_of(reader, product).order_by().values_list(
        "deal__status", "deal__currency", "quantity", "unit_price", "discount"
    )  # fmt: skip
    for status, currency, many, price, discount, n in rows.annotate(n=Count("pk")):
        part = found[status]
        part.lines += n
        part.quantity += many * n
        if price is not None:
            part.amounts[currency] += (many * price * (100 - discount) / 100).quantize(CENT) * n
    return found


def latest_first(reader: User, product: Product) -> Any:
    """The lines, of the newest deal first, with their deals."""
    return lines_of(reader, product).select_related("deal", "product").order_by(F("deal_id").desc(), "pk")
