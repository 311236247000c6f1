"""What a lead has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.crm.fields.making import Making
from leadline.crm.models import LeadStage, LeadStatus

of = Making("lead")
FIELDS = (
    of.text("title", _("Title"), required=True),
    of.choice("stage", _("Stage"), LeadStage.choices, required=True),
    of.choice("status", _("Status"), LeadStatus.choices, editable=False),
    of.link("person", _("Contact"), column="person__name"),
    of.link("organization", _("Organization"), column="organization__name"),
    of.link("owner", _("Owner"), to="user", column="owner__name"),
    of.link("source", _("Source"), column="source__name"),
    of.link("campaign", _("Campaign"), column="campaign__name"),
    of.money("value", _("Value")),
    of.choice("currency", _("Currency"), sortable=False),
    of.labels(_("Labels")),
    of.number("fit", _("Fit"), editable=False),
    of.link("originator", _("Originator"), to="user", column="originator__name"),
    of.moment("created_at", _("Created")),
    of.moment("owned_since", _("With its owner since")),
    of.moment("answered_at", _("Answered")),
    of.moment("last_touch_at", _("Last touch")),
    of.moment("closed_at", _("Closed")),
    of.link("discard_reason", _("Discard reason"), column="discard_reason__name", editable=False),
    of.long("discard_note", _("Discarded because"), editable=False),
    of.day("come_back_on", _("Comes back on"), editable=False),
    of.text("come_back_event", _("Comes back when"), editable=False),
    of.text("parked_reason", _("Parked because"), editable=False),
    of.link("deal", _("Deal it became"), column="deal__title", editable=False),
)
