"""The page Forecast: what will be booked, what carries it, how it moved, and how good it was (R27, R28)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.web.insights.declaring import Chart, Page, Panel
from leadline.web.insights.forecasting import deals, fan, found, goals, groups, moved, outlook, own, past, periods

NARROWS = ("pipeline", "team", "source", "owner")
PAGE = Page(
    name="forecast",
    title=_("Forecast"),
    intro=_("What will be booked, with the range that holds it in 9 of 10 cases, from how deals here have gone."),
    icon="calendar-clock",
    group_by=("owner", "team", "source", "pipeline", "revenue_type"),
    narrows=NARROWS,
    dated=False,
    panels=(
        Panel(
            "outlook",
            _("What will be booked"),
            face=outlook.outlook,
            kept=found.KEPT,
            template="insights/forecasting/_outlook.html",
        ),
        Panel(
            "fan",
            _("This quarter, week by week"),
            _("Bookings since the quarter began. What will come lies in the wide band in 9 of 10 cases, in the narrow "
              "one in half of them."),
            face=fan.fan,
            kept=found.KEPT,
            metrics=("booked_revenue",),
            chart=Chart("fan", "booked"),
            limit=0,
            first=6,
        ),
        Panel(
            "periods",
            _("Month by month, quarter by quarter"),
            _("The first number is the middle of what may come; averages add up: won, from open and from new deals. "
              "Beside stand three simpler forecasts from the same data: they know no range."),
            face=periods.periods,
            kept=found.KEPT,
            metrics=("booked_revenue", "open_value"),
            limit=0,
        ),
        Panel(
            "deals",
            _("Open deals that carry it"),
            _("Each with its chance from stage, time in it, age, touches, put-offs, person, source and size."),
            face=deals.carrying,
            kept=found.KEPT,
            template="insights/health/_deals.html",
            limit=12,
            nothing=_("No deal is open."),
        ),
        Panel(
            "moved",
            _("What moved it since last week"),
            _("From what was expected a week ago, on average, to what is expected now."),
            face=moved.moved,
            behind=moved.behind,
            kept=found.KEPT,
            chart=Chart("waterfall", "amount"),
            limit=0,
            nothing=_("There was no forecast a week ago."),
        ),
        Panel(
            "groups",
            _("Side by side"),
            _("The running quarter by person; group the page by team, source, pipeline or type above. The first number "
              "is the middle of what may come, those from open and new deals are averages: what comes in few large "
              "deals is mostly less than its average, and now and then far more."),
            face=groups.groups,
            kept=found.KEPT,
            metrics=("booked_revenue",),
            chart=Chart("bars", "p50"),
            limit=15,
        ),
        Panel(
            "goals",
            _("Targets"),
            _("The chance that each is met, as often as the forecast's own runs met it."),
            face=goals.goals,
            kept=found.KEPT,
            limit=20,
            nothing=_("No target runs now. Those who lead set them under Settings, Targets."),
        ),
        Panel(
            "own",
            _("Your own number"),
            _("Say what you think will be booked: it stands beside the model's, and both are held against what comes."),
            face=own.own,
            template="insights/forecasting/_own.html",
            limit=0,
            nothing=_("Nobody has said a number yet."),
        ),
        Panel(
            "before",
            _("What it said of this quarter before"),
            _("As it was kept each week."),
            face=own.before,
            chart=Chart("lines", "p50"),
            limit=13,
            nothing=_("Nothing is kept of this quarter yet: that begins with the first week."),
        ),
        Panel(
            "scores",
            _("What was said, and what came"),
            _("Months and quarters that are over, with what the model said at the time. It is kept every week and "
              "never rewritten."),
            face=own.scored,
            limit=12,
            nothing=_("Nothing that was forecast is over yet."),
        ),
        Panel(
            "backtest",
            _("Looking back, 13 weeks ahead"),
            _("Every fourth week back the forecast is made anew from the records as they stood that day."),
            face=past.far,
            kept=past.KEPT,
            metrics=("booked_revenue",),
            chart=Chart("against", "middle"),
            limit=8,
        ),
        Panel(
            "backtest_near",
            _("Looking back, 4 weeks ahead"),
            face=past.near,
            kept=past.KEPT,
            metrics=("booked_revenue",),
            chart=Chart("against", "middle"),
            limit=8,
        ),
        Panel(
            "calibration",
            _("Do the chances come true?"),
            _("Deals that were open on those past days, by the chance they had to be won within 13 weeks. "
              "Good chances lie along the dashed line."),
            face=past.chances,
            kept=past.KEPT,
            chart=Chart("reliability", "came"),
            limit=0,
        ),
    ),
)  # fmt: skip
