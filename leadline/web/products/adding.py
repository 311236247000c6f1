"""A product is added: its name is enough."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.crm.models import Currency, Product, base_currency
from leadline.web.records.adding import AddForm, adding
from leadline.web.records.amounts import AmountField


class ProductForm(AddForm):
    """Name, and what one of it costs."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    unit_price = AmountField(label=gettext_lazy("Unit price"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    code = forms.CharField(label=gettext_lazy("Code"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        base = base_currency()
        codes = dict.fromkeys([base, *Currency.objects.kept().values_list("code", flat=True)])
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]  # above
        self.fields["currency"].initial = base

    def make(self, by: Actor) -> Product:
        return Product(**self.cleaned_data).add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return adding(request, ProductForm, Product, "products")
