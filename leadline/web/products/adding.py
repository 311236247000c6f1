"""A product is added: its name is enough."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.crm.models import Currency, Product, base_currency
from leadline.web.editing.reading import amount
from leadline.web.records.adding import AddForm, adding


class ProductForm(AddForm):
    """Name, and what one of it costs."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    unit_price = forms.CharField(label=gettext_lazy("Unit price"), required=False, max_length=40)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    code = forms.CharField(label=gettext_lazy("Code"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        base = base_currency()
        codes = dict.fromkeys([base, *Currency.objects.kept().values_list("code", flat=True)])
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]  # above
        self.fields["currency"].initial = base

    def clean_unit_price(self) -> Decimal | None:
        text = self.cleaned_data["unit_price"]
        price = Decimal(amount(text, "unit_price")) if text else None
        if price is not None and price < 0:
            raise forms.ValidationError(_("A price cannot be below 0."))
        return price

    def make(self, by: Actor) -> Product:
        return Product(**self.cleaned_data).add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return adding(request, ProductForm, Product, "products")
