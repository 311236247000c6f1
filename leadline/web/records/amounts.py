"""An amount of money in a form, as the reader types it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.web.editing.amounts import amount


class AmountField(forms.CharField):
    """1,200.50 or 12k; None where nothing is written. Never below 0."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = Decimal(amount(text))
        except ValidationError as error:
            raise ValidationError(error.messages) from None
        if found < 0:
            raise ValidationError(_("This cannot be below 0."))
        return found
