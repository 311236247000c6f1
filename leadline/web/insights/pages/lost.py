"""The page Lost: why deals are lost, where, by whom and to whom, and which of them are to be asked again (R4)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import Chart, Figure, Page, Panel, Shown, Text
from leadline.web.insights.process import losing

CLOSED = ngettext_lazy("of %(n)s closed deal", "of %(n)s closed deals", "n")
LOST = ngettext_lazy("of %(n)s lost deal", "of %(n)s lost deals", "n")
NONE = _("No deal was lost in this period.")


def _reasons_by(dimension: str, title: Text, help: Text, *, of_others: bool = False) -> Panel:
    """The reasons of each member: shares, with their intervals, of those lost there."""
    return Panel(
        f"by_{dimension}",
        title,
        help,
        shows=("lost_reasons",),
        by=(dimension, "lost_reason"),
        limit=12,
        first=8,
        nothing=NONE,
        of_others=of_others,
    )


PAGE = Page(
    name="lost",
    title=_("Lost"),
    intro=_("Why deals are lost, where, by whom and to whom, and when to ask again. A lost deal is no burnt bridge."),
    icon="circle-x",
    figures=(
        Figure(_("Deals lost"), "lost_reasons.n"),
        Figure(_("Win rate"), "win_rate", CLOSED),
        Figure(_("Nobody said why"), face=losing.unexplained, rests=LOST, unit="share"),
    ),
    panels=(
        Panel(
            "reasons",
            _("Why deals are lost"),
            _("Of the deals lost, the share for each reason, with its 90 % interval."),
            shows=(Shown("lost_reasons", _("Share of those lost")), Shown("lost_reasons.numerator", _("Deals"))),
            by=("lost_reason",),
            sort="-lost_reasons.numerator",
            chart=Chart("bars", "lost_reasons"),
            nothing=NONE,
        ),
        Panel(
            "revisits",
            _("When to ask again"),
            _("All deals that are lost now, whatever the period. On its day each comes back as a task of its owner."),
            face=losing.to_be_asked,
            metrics=("lost_reasons",),
            limit=0,
            dated=False,
            behind=losing.deals_of,
            nothing=_("No lost deal has a day on which to ask again."),
        ),
        _reasons_by("stage", _("By stage"), _("Where they stood when they were lost: why deals are lost there.")),
        _reasons_by("source", _("By source"), _("Why deals from each source are lost.")),
        _reasons_by("owner", _("By person"), _("Why each person’s deals are lost."), of_others=True),
        Panel(
            "competitors",
            _("To whom"),
            _("Of the deals lost, the share that went to each competitor, with its 90 % interval."),
            shows=(Shown("lost_to", _("Share of those lost")), Shown("lost_to.numerator", _("Deals"))),
            by=("competitor",),
            sort="-lost_to.numerator",
            chart=Chart("bars", "lost_to"),
            nothing=NONE,
            limit=12,
        ),
        _reasons_by("competitor", _("By competitor"), _("Why the deals are lost that each competitor gets.")),
        Panel(
            "months",
            _("Month by month"),
            _("Of the deals lost in each month, the share for each reason."),
            shows=("lost_reasons",),
            by=("month", "lost_reason"),
            chart=Chart("stacked"),
            limit=24,
            first=6,
            nothing=NONE,
        ),
    ),
)
