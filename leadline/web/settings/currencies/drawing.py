"""Every currency that is in use: since when it is worth what, how many deals are in it, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Currency, Deal, Rate, base_currency
from leadline.web.frame.doing import reader_of
from leadline.web.frame.navigation import address
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change
from leadline.web.settings.currencies.reading import choices, name_of, written
from leadline.web.settings.frame import draw

SHOWN = 100  # rates of one currency, latest first


@dataclass
class InUse:
    """A currency with its rates (latest first), its deals, and how many of those are worth nothing yet for want of one.

    `since` is the day from which a rate would value them all.
    """

    code: str
    name: str
    row: Currency | None = None
    rates: list[Rate] = field(default_factory=list)
    deals: int = 0
    missing: int = 0
    since: dt.date | None = None

    @property
    def rate(self) -> Rate | None:
        """The one that holds today."""
        today = timezone.localdate()
        return next((rate for rate in self.rates if rate.on_date <= today), None)


def draw_currencies(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    base, user = base_currency(), reader_of(request)
    rows = in_use(base, user)
    context: dict[str, Any] = {
        "here": reverse("currencies"),
        "base": base,
        "base_name": name_of(base),
        "rows": rows,
        "valued": Deal.objects.exclude(value=None).count(),
        "others": choices({row.code for row in rows} | {base}),
        "today": timezone.localdate(),
        "written": written,
        "one": Decimal(1),
        "shown": SHOWN,
        "deals_at": address("deals"),
        "can": may_change(request, Currency),
        "ask": request.GET.get("ask", "") or wrong.place,
        "wrong": wrong,
    }
    return draw(request, "settings/currencies.html", context, part="settings/_currencies.html", status=status)


def in_use(base: str, user: User) -> list[InUse]:
    """All but the base, by code: those listed, those with rates, and those that deals are in."""
    rates: dict[str, list[Rate]] = defaultdict(list)
    for rate in Rate.objects.kept().order_by("currency", "-on_date"):
        rates[rate.currency].append(rate)
    listed = {row.code: row for row in Currency.objects.kept()}
    deals = _deals(user)
    codes = sorted(({*listed, *rates, *deals}) - {base, ""})
    return [InUse(code, name_of(code), listed.get(code), rates[code], **deals.get(code, {})) for code in codes]


def _deals(user: User) -> dict[str, dict[str, Any]]:
    """By currency: how many deals with a value, how many of them without a worth, since when those are there."""
    without = Q(value_base=None)
    rows = Deal.objects.visible_to(user).kept().exclude(value=None).order_by().values("currency")
    counted = rows.annotate(
        deals=Count("pk"), missing=Count("pk", filter=without), since=Min("created_at", filter=without)
    )
    return {
        row["currency"]: {
            "deals": row["deals"],
            "missing": row["missing"],
            "since": row["since"].date() if row["since"] else None,
        }
        for row in counted
    }
