"""What a product has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.crm.fields.making import Making

of = Making("product")
FIELDS = (
    of.text("name", _("Name"), required=True),
    of.text("code", _("Code")),
    of.money("unit_price", _("Unit price")),
    of.choice("currency", _("Currency"), sortable=False),
    of.flag("active", _("On sale")),
)
