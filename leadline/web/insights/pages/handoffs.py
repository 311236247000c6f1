"""The page Leads: how soon they are answered, who hands what to whom, what comes back and why (R39)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.web.insights.declaring import GROUPED, Chart, Figure, Page, Panel, Shown
from leadline.web.insights.process.pairs import of_people, of_roles

ANSWERED = ngettext_lazy("%(n)s lead answered", "%(n)s leads answered", "n")
DECIDED = ngettext_lazy("of %(n)s answered hand-off", "of %(n)s answered hand-offs", "n")
ACCEPTED = ngettext_lazy("%(n)s lead accepted", "%(n)s leads accepted", "n")
DEALS = ngettext_lazy("of %(n)s won deal handed on", "of %(n)s won deals handed on", "n")
NONE = _("Nothing was handed over in this period.")

PAGE = Page(
    name="handoffs",
    title=_("Leads"),
    intro=_("How soon leads are answered, who hands what to whom, and what comes back for want of what."),
    group_by=("owner", "source", "team", "campaign", "month"),
    icon="inbox",
    figures=(
        Figure(_("Median hours to an answer"), "response_time", ANSWERED),
        Figure(_("Answered in 1 hour"), "response_time.within_1_hour", ANSWERED),
        Figure(_("Accepted"), "hand_offs_accepted", DECIDED),
        Figure(_("Median hours to accept"), "time_to_accept", ACCEPTED),
        Figure(_("Won deals accepted"), "deal_hand_offs_accepted", DEALS),
    ),
    panels=(
        Panel(
            "answers",
            _("How soon leads are answered"),
            _(
                "Hours from the creation, or from the day on which somebody got the lead, to their first touch. Who "
                "hands it on has their own time, whoever gets it another. Nights and weekends count."
            ),
            shows=(
                Shown("response_time", _("Median hours")),
                Shown("response_time.p90", _("90 % within")),
                Shown("response_time.within_5_minutes", _("In 5 minutes")),
                Shown("response_time.within_1_hour", _("In 1 hour")),
                Shown("response_time.within_1_day", _("In 1 day")),
                Shown("response_time.unanswered", _("Not answered")),
                Shown("response_time.km_median", _("Median with those")),
            ),
            by=GROUPED,
            sort="response_time",
            chart=Chart("bars", "response_time"),
            first=8,
        ),
        Panel(
            "roles",
            _("From role to role"),
            _("What each role hands to which other one: how much of it is accepted, and how soon."),
            face=of_roles,
            metrics=("hand_offs", "hand_offs_accepted", "time_to_accept"),
            chart=Chart("bars", "accepted"),
            limit=0,
            nothing=NONE,
        ),
        Panel(
            "givers",
            _("Whose leads are accepted"),
            _("By who handed them over: the share accepted of those that were answered."),
            shows=("hand_offs_accepted",),
            by=("giver",),
            chart=Chart("comparison"),
            first=8,
            nothing=NONE,
            of_others=True,
        ),
        Panel(
            "lacks",
            _("What was missing"),
            _("Of the leads given back, the share that lacked each thing; one may have lacked several."),
            shows=(
                Shown("return_reasons", _("Share of those given back")),
                Shown("return_reasons.numerator", _("Leads")),
            ),
            by=("lack",),
            sort="-return_reasons.numerator",
            chart=Chart("bars", "return_reasons"),
            nothing=_("No lead was given back in this period."),
        ),
        Panel(
            "missing",
            _("What was missing, by who handed it over"),
            shows=("return_reasons",),
            by=("giver", "lack"),
            first=8,
            nothing=_("No lead was given back in this period."),
            of_others=True,
        ),
        Panel(
            "pairs",
            _("From person to person"),
            _("Each pair, those with most hand-offs first."),
            face=of_people,
            metrics=("hand_offs", "hand_offs_accepted", "time_to_accept"),
            limit=12,
            first=8,
            nothing=NONE,
        ),
        Panel(
            "months",
            _("Month by month"),
            shows=(
                Shown("hand_offs_accepted", _("Accepted")),
                Shown("hand_offs", _("Handed over")),
                Shown("time_to_accept", _("Median hours to accept")),
            ),
            by=("month",),
            chart=Chart("lines", "hand_offs_accepted"),
            limit=12,
        ),
        Panel(
            "discarded",
            _("Why leads are discarded"),
            _("Of the leads discarded, the share for each reason."),
            shows=(
                Shown("discard_reasons", _("Share of those discarded")),
                Shown("discard_reasons.numerator", _("Leads")),
            ),
            by=("discard_reason",),
            sort="-discard_reasons.numerator",
            chart=Chart("bars", "discard_reasons"),
            nothing=_("No lead was discarded in this period."),
        ),
    ),
)
