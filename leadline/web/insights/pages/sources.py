"""The page Sources: where leads come from, what each source is worth, and whether the record can be believed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import GROUPED, Chart, Figure, Page, Panel, Shown
from leadline.web.insights.sources.auditing import believed_of, contradicted, moved, record_of
from leadline.web.insights.sources.deals import audited, deal_of
from leadline.web.insights.sources.mixing import mix
from leadline.web.insights.sources.noting import notes

LEADS = ngettext_lazy("%(n)s lead", "%(n)s leads", "n")
DECIDED = ngettext_lazy("of %(n)s decided lead", "of %(n)s decided leads", "n")
WON = ngettext_lazy("%(n)s won deal", "%(n)s won deals", "n")

FIVE = Panel(
    "five",
    _("Five numbers of predictable revenue"),
    _("New leads, how many become deals, what closers accept, how much of that is won, and what it brings."),
    shows=(
        Shown("leads_added", _("New leads")),
        Shown("lead_to_opportunity", _("Become deals")),
        Shown("lead_to_opportunity.pending", _("Pending")),
        Shown("sal", _("SALs")),
        Shown("sal_value", _("Value of SALs")),
        Shown("sal_to_won", _("SALs won")),
        Shown("booked_revenue", _("Booked")),
    ),
    by=GROUPED,
    sort="-booked_revenue",
    chart=Chart("bars", "booked_revenue"),
)
WORTH = Panel(
    "worth",
    _("What each is worth, and what it loses"),
    _("Size and close ratio of deals, what a customer buys over time, how long a sale takes, and what leaks away."),
    shows=(
        Shown("deal_size", _("Mean deal")),
        Shown("win_rate", _("Close ratio")),
        Shown("lifetime_value", _("Lifetime value")),
        Shown("lifetime_value.projected", _("Projected")),
        Shown("lag", _("Lag")),
        Shown("lead_leakage", _("Leads lost on the way")),
        Shown("leads_untouched", _("Never followed up")),
    ),
    by=GROUPED,
    sort="-lifetime_value",
)
LEAKS = Panel(
    "leaks",
    _("Where each loses its leads"),
    _("Of the leads that came to a step, the share that ended there: as a lead, then stage by stage of its deal."),
    shows=("lead_leakage",),
    by=("lead_stage", "source"),
    limit=0,
)
MIX = Panel(
    "mix",
    _("How much hangs on one source"),
    face=mix,
    metrics=("effective_sources", "source_share"),
    chart=Chart("lines", "effective"),
)
MONTHS = Panel(
    "months",
    _("New leads month by month"),
    shows=("leads_added",),
    by=("month", "source"),
    chart=Chart("stacked"),
    limit=0,
)
ANSWERS = Panel(
    "answers",
    _("How soon leads are answered"),
    _("Hours from the creation, or the hand-over, to the first touch by the owner. Nights and weekends count."),
    shows=(
        Shown("response_time", _("Median hours")),
        Shown("response_time.p90", _("90 % within")),
        Shown("response_time.within_5_minutes", _("In 5 minutes")),
        Shown("response_time.within_1_hour", _("In 1 hour")),
        Shown("response_time.within_1_day", _("In 1 day")),
        Shown("response_time.unanswered", _("Not answered")),
        Shown("response_time.km_median", _("Median with those")),
    ),
    by=("owner",),
    sort="response_time",
    chart=Chart("bars", "response_time"),
)
AUDIT = Panel(
    "audit",
    _("Credit without a trace"),
    _("Leads credited to somebody who did nothing about them before they were there."),
    face=contradicted,
    metrics=("misattribution",),
    behind=record_of,
    rows="lead",
    nothing=_("No credit is contradicted by what is logged."),
)
DEALS = Panel(
    "deals",
    _("Deals without a lead"),
    _("Credit that the first touch or the campaign contradicts, and deals of which nothing is kept that could tell."),
    face=audited,
    metrics=("deal_misattribution",),
    behind=deal_of,
    nothing=_("No credit of a deal without a lead is contradicted, and of each some evidence is kept."),
)
MOVED = Panel(
    "moved",
    _("If the traces are believed"),
    _("Each source's numbers as they are recorded, and beside them as they are when contradicted leads are moved."),
    face=moved,
    metrics=("misattribution",),
    behind=believed_of,
    rows="lead",
    limit=0,
)

PAGE = Page(
    name="sources",
    title=_("Sources"),
    intro=_("Where your leads come from, what each source is worth, and where it loses them."),
    group_by=("source", "campaign", "originator"),
    figures=(
        Figure(_("New leads"), "leads_added"),
        Figure(_("Become deals"), "lead_to_opportunity", DECIDED),
        Figure(_("SALs"), "sal"),
        Figure(_("SALs won"), "sal_to_won", DECIDED),
        Figure(_("Booked"), "booked_revenue", WON),
        Figure(_("Sources in effect"), "effective_sources", LEADS),
    ),
    panels=(FIVE, WORTH, LEAKS, MIX, MONTHS, ANSWERS, AUDIT, MOVED, DEALS),
    notes=notes,
    icon="git-branch",
)
