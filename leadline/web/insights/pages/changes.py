"""The page Changes: what came, went and was counted otherwise between two days (R29)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.web.insights.changes import waterfall
from leadline.web.insights.declaring import Chart, Page, Panel

PAGE = Page(
    name="changes",
    title=_("Changes"),
    intro=_("What changed in the open value from the day before the period to its end, to the cent."),
    period="month",
    icon="history",
    panels=(
        Panel(
            "value",
            _("Open value"),
            _("Every change of a deal is in one bar; a deal that came and went is in two."),
            face=waterfall.whole,
            behind=waterfall.whole_behind,
            metrics=("open_value",),
            chart=Chart("waterfall", "amount"),
            limit=0,
        ),
        Panel(
            "closing",
            _("Expected to close in this period"),
            _("The same of deals whose expected close lies in the period: those re-dated come in and go out."),
            face=waterfall.closing,
            behind=waterfall.closing_behind,
            metrics=("open_value",),
            chart=Chart("waterfall", "amount"),
            limit=0,
        ),
    ),
)
