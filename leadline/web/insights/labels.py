"""What the labels of rows are called on pages, and what stands for none."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import SalesRole
from leadline.crm.models import RevenueType
from leadline.insights.dimensions import ROLES

# What stands for no label, by dimension.
NONE = {
    **dict.fromkeys(("owner", "originator", "giver", "taker"), gettext_lazy("nobody")),
    **dict.fromkeys(ROLES, gettext_lazy("no role")),
    "lack": gettext_lazy("nothing was said"),
    "competitor": gettext_lazy("nobody said to whom"),
    "playbook": gettext_lazy("before the first version"),
    "band": gettext_lazy("not known"),
}


def named(label: Any, dimension: str = "") -> str:
    """A label as it is shown."""
    if label is not None and dimension == "revenue_type":
        return str(dict(RevenueType.choices).get(label, label))
    if label is not None and dimension in ROLES:
        return str(dict(SalesRole.choices).get(label, label))
    if label is not None:
        return str(label)
    return str(NONE.get(dimension, _("not recorded")))
