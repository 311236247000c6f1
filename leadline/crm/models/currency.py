"""Currencies, the base currency, and dated rates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.history.recorded import Recorded
from leadline.history.statements import Statement

CENT = Decimal("0.01")
iso_code = RegexValidator(r"^[A-Z]{3}$", _("Write the three capital letters of ISO 4217, such as EUR."))


class Currency(Recorded):
    """A currency in use. One is the base, in which reports add up."""

    ENTITY: ClassVar[str] = "currency"
    TRACKED: ClassVar[tuple[str, ...]] = ("code", "is_base", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"is_base"})

    code = models.CharField(_("code"), max_length=3, unique=True, validators=[iso_code])
    is_base = models.BooleanField(_("base currency"), default=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["is_base"], condition=models.Q(is_base=True), name="one_base")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Raises ValidationError for a currency that is there already."""
        self.validate_unique()
        self.validate_constraints()


class Rate(Recorded):
    """What one unit of `currency` is worth in the base currency from `on_date` on, until the next rate.

    `crm.rates` adds, changes and deletes rates and re-values the deals concerned.
    """

    ENTITY: ClassVar[str] = "rate"
    TRACKED: ClassVar[tuple[str, ...]] = ("currency", "on_date", "rate", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"rate"})

    currency = models.CharField(_("currency"), max_length=3, validators=[iso_code])
    on_date = models.DateField(_("from"))
    rate = models.DecimalField(
        _("rate"), max_digits=20, decimal_places=10, validators=[MinValueValidator(Decimal("1e-10"))]
    )

    class Meta:
        ordering = ["currency", "on_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "on_date"],
                condition=models.Q(deleted_at=None),
                name="one_rate_a_day",
                violation_error_message=_("There is a rate for this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate.normalize():f} {base_currency()} ({self.on_date})"

    def clean(self) -> None:
        """Raises ValidationError where the day has a rate already."""
        self.validate_constraints()


def base_currency() -> str:
    """The code of the currency in which reports add up: the row marked as base, else LEADLINE_CURRENCY."""
    rows = _base.rows()
    return str(rows[0][0]) if rows else settings.LEADLINE_CURRENCY


_base = Statement(lambda: Currency.objects.kept().filter(is_base=True).values_list("code")[:1])  # asked by every verb


def in_base(value: Decimal | None, currency: str, on: dt.date) -> Decimal | None:
    """The value in the base currency at the rate of its date, to the cent; None where no rate is known by then."""
    if value is None or currency == base_currency():
        return value
    rate = (
        Rate.objects.kept().filter(currency=currency, on_date__lte=on).order_by("-on_date").values_list("rate").first()
    )
    return (value * rate[0]).quantize(CENT) if rate else None
