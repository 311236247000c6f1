"""The page Activity: what is done, what a win and a passage take, what of it moves with bookings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import GROUPED, Chart, Figure, Page, Panel, Shown
from leadline.web.insights.selling.reviews import reviews
from leadline.web.insights.selling.vanity import vanity

DONE = ngettext_lazy("%(n)s activity", "%(n)s activities", "n")
CLOSED = ngettext_lazy("of %(n)s closed deal", "of %(n)s closed deals", "n")

PAGE = Page(
    name="activity",
    title=_("Activity"),
    intro=_("What is done, how much of it a win takes, and which of it moves with bookings."),
    group_by=("month", "week", "owner", "team"),
    icon="calendar-check",
    figures=(
        Figure(_("Activities done"), "activities_done", DONE),
        Figure(_("Activities per win"), "activities_per_win", CLOSED),
        Figure(_("Minutes spent"), "activity_minutes", DONE),
        Figure(_("Time on lost deals"), "time_on_lost", CLOSED),
    ),
    panels=(
        Panel(
            "done",
            _("What is done"),
            _("Activities done, by kind; grouped as chosen above."),
            shows=("activities_done",),
            by=(GROUPED, "activity_type"),
            chart=Chart("stacked"),
            limit=60,
        ),
        Panel(
            "per_win",
            _("What a win takes"),
            _("Activities done on deals that closed, won and lost, for each that was won."),
            shows=(
                "activities_per_win",
                Shown("activities_per_win.numerator", _("Done")),
                Shown("activities_per_win.denominator", _("Won")),
                Shown("activities_per_win.n", _("Closed")),
            ),
            by=("activity_type",),
            chart=Chart("bars", "activities_per_win"),
            sort="-activities_per_win",
        ),
        Panel(
            "per_passage",
            _("What a step takes"),
            _("Activities done in each stage for each deal that went on from there."),
            shows=("activities_per_passage",),
            by=("stage", "activity_type"),
            chart=Chart("stacked"),
            limit=0,
        ),
        Panel(
            "vanity",
            _("What moves with bookings"),
            _(
                "Whether a person who does more than usual books more than usual in the weeks after, in the last two "
                "years of your own data. It moves with them where chance is ruled out, however weak the relation; "
                "none is seen where one of 0.15 would have been found. A number without any is worth no target."
            ),
            face=vanity,
            metrics=("activities_done", "deals_added", "booked_revenue"),
            dated=False,
            limit=0,
        ),
        Panel(
            "reviews",
            _("Growth under reviews"),
            _(
                "Deals added on the day of a pipeline review and the two weekdays after it, and what became of them. "
                "Deals younger than 30 days are left out."
            ),
            face=reviews,
            metrics=("review_growth", "reviews_held"),
            chart=Chart("bars", "real"),
            nothing=_("No activity of the kind Pipeline review was done in this time."),
        ),
    ),
)
