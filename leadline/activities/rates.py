"""What an hour of somebody's work costs: set, changed, taken away (R37)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.accounts.actors import By
from leadline.accounts.models import User
from leadline.activities.models import HourRate
from leadline.history.writing import writing

MOST = Decimal(100_000)  # nobody's hour costs more


def set_rate(user: User | None, amount: str, currency: str, *, by: By) -> HourRate | None:
    """Of one person, or (None) of everybody without a rate of their own; an empty amount takes it away.

    Raises ValidationError, PermissionDenied.
    """
    with writing():
        row: HourRate | None = HourRate.objects.kept().filter(user=user).first()
        if not amount.strip():
            return row.trash(by=by) if row else None
        value = _read(amount)
        if row:
            return row.edit(by=by, amount=value, currency=currency)
        return HourRate(user=user, amount=value, currency=currency).add(by=by)


def _read(text: str) -> Decimal:
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise ValidationError({"amount": _("Write an amount, such as 60 or 72.50.")}) from None
    if not 0 <= found <= MOST:
        raise ValidationError({"amount": _("Write an amount from 0 to 100,000.")})
    return found
