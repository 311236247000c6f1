"""The page Playbook: what happens on deals, what each version of a playbook brought, what fits, what to revise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import Chart, Figure, Page, Panel, Shown
from leadline.web.insights.process import fitting, reviewing
from leadline.web.insights.process.versions import versions

EVENTS = ngettext_lazy("%(n)s key event of deals", "%(n)s key events of deals", "n")
CLOSED = ngettext_lazy("of %(n)s closed deal", "of %(n)s closed deals", "n")
NONE = _("No key event happened in this period. Items of playbooks can be marked as such.")

PAGE = Page(
    name="playbook",
    title=_("Playbook"),
    intro=_(
        "Which key events happen, what each version of a playbook brought, whom it pays to sell to, what to revise."
    ),
    icon="list-checks",
    figures=(
        Figure(_("Key events"), "key_events", EVENTS),
        Figure(_("Win rate"), "win_rate", CLOSED),
    ),
    panels=(
        Panel(
            "events",
            _("Key events"),
            _("How many deals had each of them for the first time: what shows that a sale goes on before it is won."),
            shows=(Shown("key_events", _("Deals")), Shown("key_events.per_week", _("A week"))),
            by=("event",),
            chart=Chart("bars", "key_events"),
            limit=0,
            nothing=NONE,
        ),
        Panel(
            "months",
            _("Key events month by month"),
            shows=("key_events",),
            by=("month", "event"),
            chart=Chart("lines"),
            limit=24,
            first=6,
            nothing=NONE,
        ),
        Panel(
            "versions",
            _("Version by version"),
            _(
                "A deal counts for the version that was in force when it came to the stage. Times differ as well as "
                "versions: a change beside a new version need not come from it."
            ),
            face=versions,
            metrics=("playbook_conversion", "stage_conversion"),
            chart=Chart("bars", "went_on"),
            limit=0,
            nothing=_("No deal came to a stage with a playbook in this period."),
        ),
        Panel(
            "fit",
            _("Whom it pays to sell to"),
            _(
                "Deals closed in the period, by how well they fit the ideal client. The fit is worked out by the "
                "criteria of today and by what is known of the client today: how well they fitted then is not kept."
            ),
            face=fitting.bands,
            metrics=("win_rate", "deal_size"),
            chart=Chart("bars", "value"),
            limit=0,
            behind=fitting.deals_of,
            nothing=_("No closed deal has a fit yet: say in the settings who the ideal client is."),
        ),
        Panel(
            "review",
            _("Stages to revise"),
            _(
                "What the last 180 days say of each stage, whatever the period: of the chosen pipeline, or of the "
                "first one. A sign is given only where its 90 % interval is sure of it."
            ),
            face=reviewing.stages,
            metrics=("stage_conversion",),
            limit=0,
            dated=False,
            behind=reviewing.deals_of,
            nothing=_("No deal came to a stage in the last 180 days."),
        ),
    ),
)
