"""`leadline rate`: what other currencies are worth, and in which one reports add up."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from django.conf import settings
from django.utils.translation import gettext as _
from rich.table import Table

from leadline.accounts.actors import Actor
from leadline.cli.console import err, out
from leadline.cli.errors import Failure
from leadline.crm import rates
from leadline.crm.models import Deal, Rate, base_currency
from leadline.crm.models.currency import iso_code

HERE = Actor(user=None, via="cli")  # whoever can run this can read the database: no question of permission
BEGINNING = dt.date(1970, 1, 1)
WRONG = 2

app = typer.Typer()


@app.command()
def rate(
    currency: Annotated[str, typer.Argument(metavar="CURRENCY", help="Three letters, e.g. RUB.")] = "",
    worth: Annotated[
        str, typer.Argument(metavar="RATE", help="What one of it is worth in the base currency, e.g. 0.0098.")
    ] = "",
    start: Annotated[
        str,
        typer.Option(
            "--from",
            help="First day, YYYY-MM-DD. Not given: a currency's first rate is for all days, a later one today's.",
        ),
    ] = "",
    base: Annotated[str, typer.Option(metavar="CURRENCY", help="Make this the base currency; rates are turned.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="List as JSON.")] = False,
) -> None:
    """List the rates and the base currency; or say what a currency is worth from a day on.

    A deal counts in the base currency at the rate of the day on which its value was set. A rate for a day that has one
    replaces it.
    """
    if base:
        if currency:
            raise Failure(_("Give either --base or a currency and its rate."), WRONG)
        _rebase(_code(base))
    elif currency:
        _set(_code(currency), _number(worth), start)
    else:
        _show(as_json)


def _set(currency: str, worth: Decimal, start: str) -> None:
    if currency == base_currency():
        raise Failure(_("%(code)s is the base currency: it is worth 1.") % {"code": currency}, WRONG)
    known = Rate.objects.kept().filter(currency=currency)
    day = _day(start) if start else (dt.date.today() if known.exists() else BEGINNING)
    there = known.filter(on_date=day).first()
    if there:
        rates.change_rate(there, worth, by=HERE)
    else:
        rates.add_rate(currency, day, worth, by=HERE)
    words = {"code": currency, "rate": f"{worth:f}", "base": base_currency(), "from": _since(day)}
    out.print(_("1 %(code)s is %(rate)s %(base)s %(from)s.") % words, markup=False)
    _say_left()


def _rebase(code: str) -> None:
    if code == base_currency():
        out.print(_("%(code)s is the base currency already.") % {"code": code}, markup=False)
        return
    changed = rates.set_base_currency(code, by=HERE)
    words = {"code": code, "count": changed}
    out.print(_("%(code)s is the base currency now; %(count)s deals have another worth.") % words, markup=False)
    _say_left()


def _show(as_json: bool) -> None:
    found = list(Rate.objects.kept())
    if as_json:
        rows = [
            {"currency": r.currency, "from": r.on_date.isoformat(), "rate": f"{r.rate.normalize():f}"} for r in found
        ]
        out.out(json.dumps({"base": base_currency(), "rates": rows}, indent=2))
        return
    out.print(_("The base currency is %(code)s.") % {"code": base_currency()}, markup=False)
    if found:
        table = Table("currency", "rate", "from", box=None)
        for row in found:
            table.add_row(row.currency, f"{row.rate.normalize():f}", _since(row.on_date))
        out.print(table)
    _say_left()


def _say_left() -> None:
    """Which currencies of deals have no rate on the day they would need one."""
    left = Deal.objects.kept().exclude(value=None).filter(value_base=None)
    for code in left.order_by("currency").values_list("currency", flat=True).distinct():
        words = {"count": left.filter(currency=code).count(), "code": code, "command": settings.COMMAND}
        err.print(
            _("%(count)s deals in %(code)s are in no sum, for want of a rate: %(command)s rate %(code)s RATE") % words,
            markup=False,
        )


def _since(day: dt.date) -> str:
    return _("for all days") if day == BEGINNING else _("from %(day)s on") % {"day": day}


def _code(text: str) -> str:
    code = text.strip().upper()
    iso_code(code)
    return code


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and number > 0):
        raise Failure(_("%(text)s is no rate; write a number above 0, such as 0.0098.") % {"text": text or "-"}, WRONG)
    return number


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Failure(_("--from: %(text)s is not a day; write it as 2026-11-22.") % {"text": text}, WRONG) from None
