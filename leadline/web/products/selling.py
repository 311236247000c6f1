"""How much of a product stands in deals: quantity and amount, exact to the cent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count

from leadline.accounts.models import User
from leadline.accounts.permissions import seen_by
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
    lines = DealProduct.objects.kept().filter(product=product, deal__deleted_at=None)
    closed = bool(seen_by(reader, "deal"))  # else every deal is open to them: asking of each takes twice as long
    return lines.filter(deal__in=Deal.objects.visible_to(reader)) if closed else lines


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
    """The lines, the newest first, with their deals."""
    return lines_of(reader, product).select_related("deal", "product").order_by("-pk")
