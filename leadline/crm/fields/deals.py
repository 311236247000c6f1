"""What a deal has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.crm.fields.making import Making
from leadline.crm.models import RevenueType, Status

of = Making("deal")
FIELDS = (
    of.text("title", _("Title"), required=True),
    of.money("value", _("Value"), column="value_base"),
    of.choice("currency", _("Currency"), sortable=False),
    of.link("stage", _("Stage"), required=True, column="stage__position"),
    of.link("pipeline", _("Pipeline"), required=True, column="pipeline__position"),
    of.choice("status", _("Status"), Status.choices, editable=False),
    of.link("owner", _("Owner"), to="user", column="owner__name"),
    of.link("organization", _("Organization"), column="organization__name"),
    of.link("person", _("Contact"), column="person__name"),
    of.day("expected_close_on", _("Expected close")),
    of.link("source", _("Source"), column="source__name"),
    of.link("campaign", _("Campaign"), column="campaign__name"),
    of.choice("revenue_type", _("Kind of revenue"), RevenueType.choices, required=True),
    of.labels(_("Labels")),
    of.number("fit", _("Fit"), editable=False),
    of.link("originator", _("Originator"), to="user", column="originator__name"),
    of.text("competitor", _("Competitor")),
    of.moment("created_at", _("Created")),
    of.moment("last_touch_at", _("Last touch")),
    of.moment("stage_entered_at", _("In this stage since")),
    of.moment("closed_at", _("Closed")),
    of.link("lost_reason", _("Lost because"), column="lost_reason__name", editable=False),
    of.long("lost_note", _("Note on the loss"), editable=False),
    of.day("revisit_on", _("Revisit on")),
    of.day("come_back_on", _("Comes back on")),
    of.text("come_back_event", _("Comes back when"), editable=False),
    of.text("parked_reason", _("Parked because"), editable=False),
)
