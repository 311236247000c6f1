"""What a person has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leadline.crm.fields.making import Making

of = Making("person")
FIELDS = (
    of.text("name", _("Name"), required=True),
    of.link("organization", _("Organization"), column="organization__name"),
    of.text("job_title", _("Job title")),
    of.addresses("emails", _("E-mail"), column="first_email"),
    of.addresses("phones", _("Phone"), sortable=False),
    of.link("owner", _("Owner"), to="user", column="owner__name"),
    of.labels(_("Labels")),
    of.text("first_name", _("First name")),
    of.text("last_name", _("Last name")),
    of.moment("created_at", _("Created")),
)
