"""What belongs to a product: the deals it stands in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Product
from leadline.web.frame.formats import money
from leadline.web.frame.places import record_url
from leadline.web.lines.reading import quantity
from leadline.web.products.selling import latest_first
from leadline.web.records.related import SECTIONS, Section
from leadline.web.records.row import Row
from leadline.web.records.rows import joined


def sections(reader: User, product: Product) -> list[Section]:
    rows = latest_first(reader, product)
    none = _("Deals with this product will stand here.")
    return [Section("deals", _("Deals"), rows, _line_row, none=none, alone=True)]  # counted beside, by status


def _line_row(line: Any) -> Row:
    deal = line.deal
    return Row(
        name=deal.title,
        href=record_url(deal),
        under=joined(deal.get_status_display(), f"{quantity(line.quantity)} ×"),
        figure=money(line.amount, deal.currency),
    )


SECTIONS["product"] = sections
