"""Every currency that is in use: since when it is worth what, what is missing, and how many deals are in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from leadline.accounts.models import User
from leadline.crm.models import Currency, Deal, Rate, base_currency
from leadline.web.frame.doing import reader_of
from leadline.web.frame.formats import number
from leadline.web.frame.navigation import address
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change
from leadline.web.settings.currencies.reading import choices, name_of, written
from leadline.web.settings.frame import draw
from leadline.web.settings.uses import Use, uses_for
from leadline.web.settings.uses import name_of as name_of_row

SHOWN = 100  # rates of one currency, latest first


@dataclass
class InUse:
    """A currency with its rates (latest first), and how many deals are worth nothing yet for want of one.

    `since` is the day from which a rate would value them all.
    """

    code: str
    name: str
    row: Currency | None = None
    rates: list[Rate] = field(default_factory=list)
    missing: int = 0
    since: dt.date | None = None

    @property
    def rate(self) -> Rate | None:
        """The one that holds today."""
        today = timezone.localdate()
        return next((rate for rate in self.rates if rate.on_date <= today), None)


def draw_currencies(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    base, ask = base_currency(), request.GET.get("ask", "") or wrong.place
    rows = in_use(base, reader_of(request))
    context: dict[str, Any] = {
        "here": reverse("currencies"),
        "base": base,
        "base_name": name_of(base),
        "rows": rows,
        "valued": Deal.objects.exclude(value=None).count() if ask == "base" else 0,
        "others": choices({row.code for row in rows} | {base}),
        "today": timezone.localdate(),
        "written": written,
        "one": Decimal(1),
        "shown": SHOWN,
        "can": may_change(request, Currency),
        "ask": ask,
        "wrong": wrong,
        **uses_for(request, reverse("currencies_uses"), lambda: counted(request)),
    }
    return draw(request, "settings/currencies.html", context, part="settings/_currencies.html", status=status)


def in_use(base: str, user: User) -> list[InUse]:
    """All but the base, by code: those listed, those with rates, and those whose deals want a rate."""
    rates: dict[str, list[Rate]] = defaultdict(list)
    for rate in Rate.objects.kept().order_by("currency", "-on_date"):
        rates[rate.currency].append(rate)
    listed = {row.code: row for row in Currency.objects.kept()}
    wanting = _wanting(user)
    codes = sorted(({*listed, *rates, *wanting}) - {base, ""})
    return [InUse(code, name_of(code), listed.get(code), rates[code], *wanting.get(code, ())) for code in codes]


def _wanting(user: User) -> dict[str, tuple[int, dt.date]]:
    """By currency: how many deals with a value have no worth, and since when those are there."""
    rows = Deal.objects.visible_to(user).kept().exclude(value=None).filter(value_base=None).order_by()
    found = rows.values_list("currency").annotate(n=Count("pk"), since=Min("created_at"))
    return {currency: (n, since.date()) for currency, n, since in found}


def counted(request: HttpRequest) -> dict[str, Use]:
    """By currency, how many deals with a value are in it, with the way to them."""
    rows = Deal.objects.visible_to(reader_of(request)).kept().exclude(value=None).order_by().values_list("currency")
    deals, asked = Counter(dict(rows.annotate(n=Count("pk")))), request.GET.getlist("row")
    codes = [row.code for row in in_use(base_currency(), reader_of(request))]
    names = {name_of_row("currency", code): code for code in codes}
    return {name: _use(code, deals[code]) for name, code in names.items() if not asked or name in asked}


def _use(code: str, deals: int) -> Use:
    text = ngettext("%(n)s deal", "%(n)s deals", deals) % {"n": number(deals)}
    at = address("deals")
    return Use(text, f"{at}?currency={code}" if at and deals else "")
