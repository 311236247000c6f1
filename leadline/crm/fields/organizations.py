"""What an organization has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.crm.fields.making import Making

of = Making("organization")
FIELDS = (
    of.text("name", _("Name"), required=True),
    of.text("domain", _("Domain")),
    of.text("industry", _("Industry")),
    of.link("owner", _("Owner"), to="user", column="owner__name"),
    of.labels(_("Labels")),
    of.text("website", _("Website")),
    of.long("address", _("Address")),
    of.moment("created_at", _("Created")),
)
