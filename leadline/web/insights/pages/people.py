"""The page People: the four measures of selling, who differs beyond chance, the bar, ramp, targets, symptoms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import CHOSEN, GROUPED, Chart, Figure, Page, Panel, Shown
from leadline.web.insights.selling.attained import attained
from leadline.web.insights.selling.bars import bars, signs
from leadline.web.insights.selling.case_mix import case_mix
from leadline.web.insights.selling.ramp import ramp
from leadline.web.insights.selling.stages import by_stage
from leadline.web.insights.selling.symptoms import symptoms
from leadline.web.insights.selling.trends import DRAWN, trends

WON = ngettext_lazy("%(n)s won deal", "%(n)s won deals", "n")
CLOSED = ngettext_lazy("of %(n)s closed deal", "of %(n)s closed deals", "n")
ADDED = ngettext_lazy("%(n)s deal", "%(n)s deals", "n")
HOW_TO_READ = _(
    "Filled: as measured, with its 90 % interval. Hollow: tempered, as one would expect it to go on. "
    "Dashed: all together. Triangles: above (up) or below (down) the rest beyond chance."
)

PAGE = Page(
    name="people",
    title=_("People"),
    intro=_("Four measures of selling: how many, how large, how often, how fast. And who differs beyond chance."),
    group_by=("owner", "team"),
    chooses=("win_rate", "deal_size", "time_to_close", "deals_added", "index"),
    icon="users-round",
    figures=(
        Figure(_("Deals added"), "deals_added", ADDED),
        Figure(_("Mean deal size"), "deal_size", WON),
        Figure(_("Win rate"), "win_rate", CLOSED),
        Figure(_("Median days to close"), "time_to_close", WON),
        Figure(_("Index"), "index", CLOSED),
    ),
    panels=(
        Panel(
            "measures",
            _("The four measures and the index"),
            _(
                "The index is closed deals x mean won value x win rate / mean days to close. It is no amount of money: "
                "it compares people and teams over the same period."
            ),
            shows=(
                Shown("index", _("Index")),
                Shown("deals_added", _("Deals added")),
                Shown("deals_added.per_week", _("Added a week")),
                Shown("deal_size", _("Mean size")),
                Shown("win_rate", _("Win rate")),
                Shown("time_to_close", _("Days to close")),
            ),
            by=GROUPED,
            chart=Chart("bars", "index"),
            limit=10,
            first=6,
            sort="-index",
        ),
        Panel(
            "compared",
            _("Side by side"),
            shows=(CHOSEN,),
            by=GROUPED,
            chart=Chart("comparison", help=HOW_TO_READ),
            limit=10,
            first=6,
            nothing=_("Nothing to compare in this period."),
            of_others=True,
        ),
        Panel(
            "trends",
            _("Over the last quarters"),
            _("The chosen measure, quarter by quarter, whatever the period above; first those with most behind them."),
            face=trends,
            chart=Chart("sparklines"),
            first=DRAWN,
            dated=False,
        ),
        Panel(
            "case_mix",
            _("On equal cases"),
            _(
                "Who gets the harder leads wins less of them. Here win rates are adjusted: what each would win of "
                "everybody's cases."
            ),
            face=case_mix,
            metrics=("adjusted_win_rate", "win_rate"),
            chart=Chart("comparison", help=_("Filled: on equal cases, with its 90 % interval. Hollow: as measured.")),
            limit=10,
            first=6,
            of_others=True,
        ),
        Panel(
            "stages",
            _("Stage by stage"),
            _("Where each gains and loses deals, and how long they wait, beside all together."),
            face=by_stage,
            metrics=("stage_conversion", "time_in_stage"),
            first=6,
        ),
        Panel(
            "bar",
            _("The bar"),
            _("The best person's conversion from each stage, of those with 20 decided deals or more."),
            face=bars,
            metrics=("stage_conversion",),
            first=6,
            nothing=_("Nobody has 20 decided deals in a stage yet."),
            of_others=True,
        ),
        Panel(
            "carried",
            _("Far above the others"),
            _("Who brings far more deals through a stage than the others, and whether more of them are won."),
            face=signs,
            metrics=("stage_conversion", "stage_to_won"),
            nothing=_("Nobody is so far above the others that it cannot be chance."),
            of_others=True,
        ),
        Panel(
            "targets",
            _("Targets"),
            _("What is done, beside what the team usually has by this working day, and where that pace leads."),
            face=attained,
            metrics=("booked_revenue", "deals_added"),
            first=6,
            nothing=_("No target holds in this time. Those who lead set them in the settings."),
        ),
        Panel(
            "ramp",
            _("New people"),
            _("Months from the hire until a quarter's bookings reach half, and all, of what tenured people book."),
            face=ramp,
            metrics=("ramp",),
            first=6,
            dated=False,
            nothing=_("Not measured: it takes a date of hire after the first booking, and three tenured people."),
            of_others=True,
        ),
        Panel(
            "symptoms",
            _("Signs that a process is missing"),
            _("Each is measured, or it is said that it is not. Yes and no only where the whole interval says so."),
            face=symptoms,
            metrics=("win_rate", "booked_revenue", "ramp", "time_on_lost"),
            dated=False,
            first=7,
            of_others=True,
        ),
    ),
)
