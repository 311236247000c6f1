"""The lines of a deal and their sum, exact to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from babel import numbers
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.crm.models import Deal, DealProduct
from leadline.web.frame import formats
from leadline.web.frame.reader import reader as reads


@dataclass(frozen=True)
class Lines:
    """`total` is of the lines with a price, None without any; `unpriced` how many have none."""

    deal: Deal
    rows: list[DealProduct]
    total: Decimal | None
    unpriced: int
    may_change: bool

    @property
    def differs(self) -> bool:
        """Whether the deal's value could be taken from them, and is another."""
        return bool(self.rows) and not self.unpriced and self.total != self.deal.value

    def how(self, line: DealProduct) -> str:
        """2 × $100.00 − 10%"""
        if line.unit_price is None:
            return _("%(quantity)s ×, no price yet") % {"quantity": quantity(line.quantity)}
        price = cents(line.unit_price, self.deal.currency)
        less = f" − {formats.percent(line.discount / 100, _decimals(line.discount))}" if line.discount else ""
        return f"{quantity(line.quantity)} × {price}{less}"

    def amount(self, line: DealProduct) -> str:
        return cents(line.amount, self.deal.currency)

    @property
    def sum(self) -> str:
        return cents(self.total, self.deal.currency)


def lines_of(reader: User, deal: Deal) -> Lines:
    """Of a deal that the reader has been allowed to see."""
    kept = DealProduct.objects.kept().filter(deal=deal).select_related("product")
    rows = list(kept.order_by("position", "pk"))
    amounts = [line.amount for line in rows if line.amount is not None]
    total = sum(amounts, Decimal(0)) if amounts else None
    changes = may(reader, "change", deal) and deal.deleted_at is None
    return Lines(deal, rows, total, len(rows) - len(amounts), changes)


def cents(value: Decimal | None, currency: str) -> str:
    """Money with its cents, however large: what is added up must be seen to add up."""
    if value is None:
        return formats.UNKNOWN
    return numbers.format_currency(value, currency, locale=reads().locale)


def quantity(value: Decimal) -> str:
    """2, 1,200 or 2.5: as many decimals as it has."""
    return formats.number(value, _decimals(value))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
