"""The page Speed: how long deals take, stage by stage, and how old the open ones have grown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.insights import ask_speed
from leadline.web.insights.declaring import CHOSEN, GROUPED, Behind, Chart, Figure, Page, Panel, Shown, Table
from leadline.web.insights.health.curves import survival
from leadline.web.insights.inquiry import Inquiry

WON = ngettext_lazy("%(n)s won deal", "%(n)s won deals", "n")
OPEN = ngettext_lazy("%(n)s open deal", "%(n)s open deals", "n")


def stages(inquiry: Inquiry) -> Table:
    """How many deals are still in a stage after so many days, by stage."""
    return survival(ask_speed.stage_curves(**inquiry.arguments()), "stage", Behind("time_in_stage"))


def closing(inquiry: Inquiry) -> Table:
    """How many deals are not yet won or lost after so many days, by pipeline."""
    curves = ask_speed.deal_curves("pipeline", **inquiry.arguments())
    return survival(curves, "pipeline", Behind("time_to_decision"))


PAGE = Page(
    name="speed",
    title=_("Speed"),
    intro=_("How long deals take, where they wait, and which open ones have grown older than those that were won."),
    group_by=("owner", "team", "source", "revenue_type"),
    chooses=("time_to_close", "time_in_stage"),
    icon="timer",
    figures=(
        Figure(_("Median days to close"), "time_to_close", WON),
        Figure(_("Median days to a decision"), "time_to_decision", ngettext_lazy("%(n)s deal", "%(n)s deals", "n")),
        Figure(_("Median days in its stage"), "age_in_stage", OPEN, dated=False),
        Figure(_("Stalled deals"), "stalled", ngettext_lazy("%(n)s deal", "%(n)s deals", "n"), dated=False),
        Figure(_("Rotten deals"), "rotting", ngettext_lazy("%(n)s deal", "%(n)s deals", "n"), dated=False),
    ),
    panels=(
        Panel(
            "stages",
            _("Days in each stage"),
            _("Stays that ended in the period; beside them the median with those still there counted in."),
            shows=("time_in_stage", "time_in_stage.p80", "time_in_stage.km_median", "time_in_stage.n"),
            by=("stage",),
            chart=Chart("bars", "time_in_stage"),
            limit=0,
        ),
        Panel(
            "survival",
            _("Still in the stage"),
            _("The share of deals still in a stage after so many days, those not over yet counted as far as known."),
            face=stages,
            metrics=("time_in_stage",),
            chart=Chart("survival", "after_30"),
            limit=0,
        ),
        Panel(
            "ageing",
            _("Open deals against those that were won"),
            _("Days that open deals have stood in their stage, against those that were later won from there."),
            shows=(
                "age_in_stage",
                "age_in_stage.n",
                Shown("age_in_stage.older", _("Older than half of the won")),
                Shown("age_in_stage.oldest", _("Stalled: older than 95 %")),
                Shown("rotting", _("Rotten")),
            ),
            by=("stage",),
            chart=Chart("bars", "age_in_stage"),
            dated=False,
            limit=0,
        ),
        Panel(
            "decision",
            _("Not yet decided"),
            _("The share of deals created in the period that are not yet won or lost after so many days."),
            face=closing,
            metrics=("time_to_decision",),
            chart=Chart("survival", "after_30"),
            limit=0,
        ),
        Panel(
            "projected",
            _("What will go on"),
            _("Conversion of the decided, and projected: with the deals still there followed to their end."),
            shows=(
                "projected_conversion",
                Shown("stage_conversion", _("Of those decided")),
                "projected_conversion.pending",
                Shown("projected_conversion.undecided", _("Nobody knows yet")),
            ),
            by=("stage",),
            chart=Chart("bars", "projected_conversion"),
            limit=0,
        ),
        Panel("months", _("Month by month"), shows=("time_to_close", "time_to_close.n"), by=("month",),
              chart=Chart("lines", "time_to_close"), limit=12),
        Panel("compared", _("Side by side"), shows=(CHOSEN,), by=GROUPED, chart=Chart("comparison")),
    ),
)  # fmt: skip
