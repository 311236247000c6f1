"""What the forms of the targets say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from leadline.crm.targeting import METRICS_SET, Who
from leadline.history.numbers import number_of
from leadline.web.editing.amounts import amount
from leadline.web.settings.currencies.reading import read_day
from leadline.web.settings.targets.quarters import Quarter, quarter_from, year_of

FIRST, LAST = 1970, 2100


def metric_asked(request: HttpRequest) -> str:
    """The metric that the form or the address names; else won value."""
    name = request.POST.get("metric") or request.GET.get("metric") or ""
    return name if name in METRICS_SET else next(iter(METRICS_SET))


def year_asked(request: HttpRequest, today: dt.date) -> int:
    """The year that the form or the address names; else the one of today."""
    year = number_of(request.POST.get("year") or request.GET.get("year") or "") or 0
    return year if FIRST <= year <= LAST else year_of(today)


def who_from(text: str) -> Who:
    """Raises ValidationError for what names nobody."""
    kind, _dash, pk = text.partition("-")
    number = number_of(pk)
    if not text:
        return Who()
    if kind not in ("user", "team") or number is None:
        raise ValidationError({"who": _("Choose a person, a team or the company.")})
    return Who(user_id=number) if kind == "user" else Who(team_id=number)


def quarter_asked(request: HttpRequest) -> Quarter:
    """Raises ValidationError for a day on which no quarter begins."""
    found = quarter_from(read_day(request.POST.get("quarter", "")))
    if found is None:
        raise ValidationError({"quarter": _("No quarter begins on this day. Open the page anew.")})
    return found


def amount_from(text: str) -> Decimal | None:
    """1,200.50 or 12k; None for nothing. Raises ValidationError beside the field."""
    if not text.strip():
        return None
    try:
        return Decimal(amount(text))
    except ValidationError as error:
        raise ValidationError({"amount": error.messages}) from None


def percent_from(text: str) -> Decimal:
    """Raises ValidationError for what is no number."""
    found = amount_from(text.replace("%", ""))
    if found is None:
        raise ValidationError({"percent": _("Write a number of percent.")})
    return found
