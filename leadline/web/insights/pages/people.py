"""The page People: who differs from the others beyond chance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.web.insights.declaring import CHOSEN, GROUPED, Chart, Page, Panel

PAGE = Page(
    name="people",
    title=_("People"),
    intro=_("People and teams beside each other, and who differs beyond chance."),
    group_by=("owner", "team"),
    chooses=("win_rate", "deal_size", "time_to_close"),
    icon="users-round",
    panels=(
        Panel(
            "compared",
            _("Side by side"),
            shows=(CHOSEN,),
            by=GROUPED,
            chart=Chart(
                "comparison",
                help=_(
                    "Filled: as measured, with its 90 % interval. Hollow: tempered, as one would expect it to go on. "
                    "Dashed: all together. Triangles: above (up) or below (down) the rest beyond chance."
                ),
            ),
            nothing=_("Nothing to compare in this period."),
        ),
    ),
)
