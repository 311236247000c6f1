"""Rates and the base currency, and what deals are worth by them.

A deal's worth in the base currency is its value at the rate of the day on which the value was set.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor, By, actor
from leadline.accounts.permissions import require
from leadline.crm.models import Currency, Deal, Rate, base_currency
from leadline.crm.models.clocks import changes_of
from leadline.crm.models.currency import CENT
from leadline.history.bulk import change_each
from leadline.history.models import Change
from leadline.history.writing import writing

CHUNK = 1000
Table = dict[str, tuple[list[dt.date], list[Decimal]]]


def add_rate(currency: str, on_date: dt.date, rate: Decimal, *, by: By) -> Rate:
    """A rate from a day on; re-values the deals in this currency whose value was set from that day to the next rate."""
    doer = actor(by).together()
    with writing():
        added: Rate = Rate(currency=currency, on_date=on_date, rate=rate).add(by=doer)
        revalue(doer, currency)
    return added


def change_rate(rate: Rate, value: Decimal, *, by: By) -> Rate:
    """Correct a rate, and with it the worth of the deals concerned."""
    doer = actor(by).together()
    with writing():
        rate.edit(by=doer, rate=value)
        revalue(doer, rate.currency)
    return rate


def delete_rate(rate: Rate, *, by: By) -> Rate:
    """Delete a rate; the one before it holds for its days."""
    doer = actor(by).together()
    with writing():
        rate.trash(by=doer)
        revalue(doer, rate.currency)
    return rate


def set_base_currency(code: str, *, by: By) -> int:
    """Make this the currency in which reports add up: rates are turned, all deals re-valued, in one act.

    Returns how many deals are worth something else now. Rates that cannot be turned, for want of a rate of the new base
    on their day, are deleted. Raises ValidationError for a code that is none, PermissionDenied.
    """
    doer = actor(by).together()
    old = base_currency()
    require(doer, "change", Currency(code=code))
    if code == old:
        return 0
    with writing():
        for row in Currency.objects.filter(is_base=True):
            row.edit(by=doer, is_base=False)
        base = Currency.objects.filter(code=code).first() or Currency(code=code).add(by=doer)
        if base.deleted_at:
            base.restore(by=doer)
        base.edit(by=doer, is_base=True)
        _turn_rates(old, code, doer)
        return revalue(doer)


def add_currency(code: str, *, by: By) -> Currency:
    """One more currency to choose from. Raises ValidationError where it is in the list already, PermissionDenied."""
    with writing():
        known: Currency | None = Currency.objects.filter(code=code).first()
        if known is None or known.deleted_at is None:
            return Currency(code=code).add(by=by)
        return known.restore(by=by)


def drop_currency(currency: Currency, *, by: By) -> Currency:
    """Out of the list; deals and rates in it stay. Raises ValidationError for the base, PermissionDenied."""
    with writing():
        if currency.code == base_currency():
            raise ValidationError({"code": _("This is the base currency. Make another one the base first.")})
        return currency.trash(by=by)


def revalue(doer: Actor, currency: str | None = None) -> int:
    """Give deals (in one currency) the worth that the rates say; returns how many it changed."""
    deals = Deal.objects.exclude(value=None)
    if currency:
        deals = deals.filter(currency=currency)
    table, base = _table(), base_currency()
    ids = list(deals.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        days = {pk: _valued_on(changes) for pk, changes in changes_of("deal", part).items()}

        def worth(deal: Any, days: dict[int, dt.date] = days) -> None:
            deal.value_base = _worth(deal.value, deal.currency, days.get(deal.pk), table, base)

        changed += change_each(Deal.objects.filter(pk__in=part), worth, by=doer.by_rule())
    return changed


def _valued_on(changes: list[Change]) -> dt.date:
    """The day on which the value was set as it stands."""
    set_at = [
        change.occurred_at
        for change in changes
        if change.verb == Change.CREATE or change.old.keys() & {"value", "currency"}
    ]
    return max(set_at).date()


def _worth(value: Decimal, currency: str, day: dt.date | None, table: Table, base: str) -> Decimal | None:
    if currency == base:
        return value
    rate = _rate(table, currency, day) if day else None
    return (value * rate).quantize(CENT) if rate else None


def _table() -> Table:
    """All rates: by currency the days in order, and the rate from each day on."""
    table: Table = defaultdict(lambda: ([], []))
    for rate in Rate.objects.kept().order_by("on_date"):
        days, rates = table[rate.currency]
        days.append(rate.on_date)
        rates.append(rate.rate)
    return table


def _rate(table: Table, currency: str, day: dt.date) -> Decimal | None:
    days, rates = table[currency]
    place = bisect_right(days, day)
    return rates[place - 1] if place else None


def _turn_rates(old: str, new: str, doer: Actor) -> None:
    """Rates into the old base become rates into the new one: what X is worth in old, by what new is worth in old."""
    table = _table()
    rows = {(rate.currency, rate.on_date): rate for rate in Rate.objects.kept()}
    wanted = {}
    for currency in {*table, old} - {new}:
        for day in {*table[currency][0], *table[new][0]}:
            worth = Decimal(1) if currency == old else _rate(table, currency, day)
            by = _rate(table, new, day)
            if worth and by:
                wanted[currency, day] = round(worth / by, 10)
    for place, row in rows.items():
        if place not in wanted:
            row.trash(by=doer)
    for (currency, day), rate in sorted(wanted.items()):
        if rate <= 0:
            raise ValidationError(
                {"code": _("%(currency)s is worth too little in %(base)s.") % {"currency": currency, "base": new}}
            )
        row = rows.get((currency, day))
        if row:
            row.edit(by=doer, rate=rate)
        else:
            Rate(currency=currency, on_date=day, rate=rate).add(by=doer)
