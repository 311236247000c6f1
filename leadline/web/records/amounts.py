"""An amount of money in a form, as the reader types it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leadline.web.editing.amounts import amount
from leadline.web.frame.formats import number


class AmountField(forms.CharField):
    """1,200.50 or 12k; None where nothing is written. Never below 0, nor above `most`."""

    def __init__(self, *, most: Decimal | None = None, **options: Any) -> None:
        super().__init__(required=False, max_length=40, **options)
        self.most = most

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
        if self.most is not None and found > self.most:
            raise ValidationError(_("This cannot be above %(most)s.") % {"most": number(self.most)})
        return found
