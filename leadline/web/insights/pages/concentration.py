"""The page Concentration: how much of what was won hangs on few deals and few customers (R22)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import GROUPED, Chart, Figure, Page, Panel, Shown

WON = ngettext_lazy("of %(n)s won deal with a value", "of %(n)s won deals with a value", "n")
CUSTOMERS = ngettext_lazy("of %(n)s customer with won value", "of %(n)s customers with won value", "n")
SHARES = (
    Shown("effective_deals", _("Effective deals")),
    Shown("effective_deals.n", _("Won deals")),
    Shown("effective_deals.largest", _("Largest deal")),
    Shown("effective_deals.top_1", _("Top 1 %")),
    Shown("effective_deals.top_3", _("Top 3 %")),
    Shown("effective_deals.top_10", _("Top 10 %")),
    Shown("effective_deals.total", _("Won value")),
    Shown("effective_deals.without_largest", _("Without the largest")),
)

PAGE = Page(
    name="concentration",
    title=_("Concentration"),
    intro=_("How much of what was won hangs on a few large deals and customers."),
    group_by=("owner", "team", "source", "product", "revenue_type"),
    icon="scale",
    figures=(
        Figure(_("Effective number of deals"), "effective_deals", WON),
        Figure(_("Share of the largest deal"), "effective_deals.largest", WON),
        Figure(_("Won value without it"), "effective_deals.without_largest", WON),
        Figure(_("Effective number of customers"), "effective_customers", CUSTOMERS),
        Figure(_("Share of the largest customer"), "effective_customers.largest", CUSTOMERS),
    ),
    panels=(
        Panel(
            "quarters",
            _("Quarter by quarter"),
            _("As many deals of equal size would spread the value as evenly. Shares are of the won value."),
            shows=SHARES,
            by=("quarter",),
            chart=Chart("lines", "effective_deals.largest"),
            limit=8,
        ),
        Panel(
            "customers",
            _("The largest customers"),
            shows=(
                "booked_revenue",
                Shown("booked_revenue.n", _("Won deals")),
                Shown("effective_deals.largest", _("Of it in one deal")),
            ),
            by=("organization",),
            sort="-booked_revenue",
            chart=Chart("bars", "booked_revenue"),
            limit=15,
        ),
        Panel(
            "groups",
            _("Where it hangs on few"),
            shows=SHARES,
            by=GROUPED,
            chart=Chart("bars", "effective_deals"),
            sort="-effective_deals.total",
        ),
    ),
)
