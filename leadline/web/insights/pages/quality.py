"""The page Data quality: what records lack, which deals are doubtful, and which dates were pushed (R16, R19)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.insights import ask_fluff
from leadline.web.insights.declaring import GROUPED, Chart, Figure, Page, Panel, Shown, Table
from leadline.web.insights.health.deals import doubted
from leadline.web.insights.health.flaws import flaws
from leadline.web.insights.inquiry import Inquiry

DEALS = ngettext_lazy("of %(n)s deal", "of %(n)s deals", "n")
OPEN = ngettext_lazy("of %(n)s open deal", "of %(n)s open deals", "n")
CLOSING = ngettext_lazy(
    "times what it still lacks, by %(n)s open deal expected to close in it",
    "times what it still lacks, by %(n)s open deals expected to close in it",
    "n",
)


def doubtful(inquiry: Inquiry) -> Table:
    """The open deals that show a sign of fluff, the most doubtful first."""
    return doubted(ask_fluff.doubtful(**inquiry.arguments(dated=False)), inquiry.user)


PAGE = Page(
    name="quality",
    title=_("Data quality"),
    intro=_("What records lack, which open deals have probably nothing behind them, and which dates were put off."),
    group_by=("owner", "team", "source", "stage"),
    icon="shield-check",
    figures=(
        Figure(_("Checks in order"), "data_quality", DEALS),
        Figure(_("Deals with a flaw"), "data_quality.flawed", DEALS),
        Figure(_("Probably fluff"), "fluff_share", OPEN, dated=False),
        Figure(_("Coverage of this quarter's target"), "coverage", CLOSING, dated=False),
        Figure(_("Pushed close dates"), "pushes", ngettext_lazy("%(n)s time", "%(n)s times", "n")),
    ),
    panels=(
        Panel(
            "flaws",
            _("What is wrong"),
            _("Deals created in the period. Each number opens them; what cannot be wrong with a deal does not count."),
            face=flaws,
            metrics=("data_quality",),
            chart=Chart("bars", "share"),
            limit=0,
        ),
        Panel(
            "whose",
            _("Whose records"),
            shows=(
                Shown("data_quality", _("In order")),
                Shown("data_quality.n", _("Deals")),
                Shown("data_quality.no_value", _("No value")),
                Shown("data_quality.no_close_date", _("No close date")),
                Shown("data_quality.no_source", _("No source")),
                Shown("data_quality.lost_without_reason", _("Lost without reason")),
                Shown("data_quality.never_touched", _("Never touched")),
                Shown("data_quality.catch_up", _("Catch-up clicks")),
            ),
            by=GROUPED,
            sort="data_quality",
        ),
        Panel(
            "fluff",
            _("Doubtful deals"),
            _("Open deals that may well have nothing behind them. Coverage counts each by its chance to be real."),
            face=doubtful,
            metrics=("fluff_share", "coverage"),
            template="insights/health/_deals.html",
            limit=15,
            dated=False,
            nothing=_("No open deal shows a sign of fluff."),
        ),
        Panel(
            "doubt",
            _("Where fluff gathers"),
            shows=(
                Shown("fluff_share", _("Probably fluff")),
                Shown("fluff_share.n", _("Open deals")),
                Shown("fluff_share.fluff", _("50 % and more")),
                Shown("fluff_share.worth", _("Value in doubt")),
                Shown("no_next_activity", _("No next activity")),
                Shown("rotting", _("Rotten")),
            ),
            by=GROUPED,
            sort="-fluff_share",
            chart=Chart("bars", "fluff_share"),
            dated=False,
        ),
        Panel(
            "pushes",
            _("Pushed close dates"),
            shows=(
                Shown("pushes", _("Pushes")),
                Shown("pushes.deals", _("Deals")),
                Shown("pushes.pushed_days", _("Days in all")),
                Shown("pushes.sooner", _("Moved sooner")),
            ),
            by=GROUPED,
            sort="-pushes",
            chart=Chart("bars", "pushes"),
        ),
    ),
)
