"""The page Revenue: what is booked, of which kind, and what announces it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import Chart, Figure, Page, Panel, Shown
from leadline.web.insights.sources.noting import of_pipelines

WON = ngettext_lazy("%(n)s won deal", "%(n)s won deals", "n")
ACCEPTED = ngettext_lazy("%(n)s lead accepted", "%(n)s leads accepted", "n")
DECIDED = ngettext_lazy("of %(n)s decided lead", "of %(n)s decided leads", "n")

BOOKED = Panel(
    "booked",
    _("Booked month by month"),
    _("Value of the deals won: new business, add-ons and renewals."),
    shows=("booked_revenue",),
    by=("month", "revenue_type"),
    chart=Chart("stacked"),
    limit=0,
)
LEADING = Panel(
    "leading",
    _("What announces it"),
    _("Leads that closers accepted (SALs) come before bookings: when they fall, bookings follow."),
    shows=(
        Shown("sal_value", _("Value of SALs")),
        Shown("sal", _("SALs")),
        Shown("booked_revenue", _("Booked")),
        Shown("sal_to_won", _("SALs won")),
        Shown("sal_to_won.pending", _("Pending")),
    ),
    by=("month",),
    chart=Chart("lines", "sal_value"),
)
STEPS = Panel(
    "steps",
    _("From lead to sale"),
    _("The funnel of leads and the stages of the deals they became, in one line."),
    shows=(
        Shown("lead_step_conversion", _("Go on")),
        Shown("lead_step_conversion.numerator", _("Went on")),
        Shown("lead_step_conversion.pending", _("Pending")),
        Shown("lead_step_conversion.n", _("Decided")),
    ),
    by=("lead_stage",),
    chart=Chart("bars", "lead_step_conversion"),
    limit=0,
)
BY_SOURCE = Panel(
    "sources",
    _("The same by source"),
    shows=(
        Shown("mql", _("MQLs")),
        Shown("mql_to_sql", _("MQL to SQL")),
        Shown("sql_to_sal", _("SQL to SAL")),
        Shown("sal_to_won", _("SAL to won")),
        Shown("lead_to_won", _("Lead to won")),
        Shown("lead_to_won.so_far", _("Won so far of all")),
    ),
    by=("source",),
    sort="-lead_to_won.so_far",
    chart=Chart("bars", "lead_to_won.so_far"),
)
BY_MONTH = Panel(
    "months",
    _("The same month by month"),
    shows=(
        Shown("leads_added", _("New leads")),
        Shown("mql", _("MQLs")),
        Shown("sql", _("SQLs")),
        Shown("sal", _("SALs")),
        Shown("deals_won", _("Won deals")),
        Shown("mql_to_sql", _("MQL to SQL")),
        Shown("sql_to_sal", _("SQL to SAL")),
    ),
    by=("month",),
    chart=Chart("lines", "mql_to_sql"),
)
SIZE = Panel(
    "size",
    _("How large deals are"),
    _("Mean and median of the deals won. Where the mean lies far above, a few large ones carry it."),
    shows=(
        Shown("deal_size", _("Mean deal")),
        Shown("deal_size.median", _("Median")),
        Shown("deal_size.n", _("Deals")),
    ),
    by=("month",),
    chart=Chart("lines", "deal_size"),
)
KINDS = Panel(
    "kinds",
    _("New business, add-ons, renewals"),
    shows=(
        Shown("booked_revenue", _("Booked")),
        Shown("deal_size", _("Mean deal")),
        Shown("win_rate", _("Win rate")),
        Shown("time_to_close", _("Days to close")),
    ),
    by=("revenue_type",),
    chart=Chart("bars", "booked_revenue"),
)

PAGE = Page(
    name="revenue",
    title=_("Revenue"),
    intro=_("What is booked, of which kind, and what announces it."),
    figures=(
        Figure(_("Booked"), "booked_revenue", WON),
        Figure(_("Value of SALs"), "sal_value", ACCEPTED),
        Figure(_("SALs won"), "sal_to_won", DECIDED),
        Figure(_("Mean deal"), "deal_size", WON),
    ),
    panels=(BOOKED, KINDS, LEADING, STEPS, BY_SOURCE, BY_MONTH, SIZE),
    notes=of_pipelines,
    icon="banknote",
)
