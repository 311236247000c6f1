"""What an activity has, and what activities tell of a deal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from leadline.activities.models.activity import Activity
from leadline.crm.fields.making import Making

of = Making("activity")
FIELDS = (
    of.link("type", _("Type"), to="activity_type", required=True, column="type__name"),
    of.text("subject", _("Subject")),
    of.moment("due_at", _("Due"), editable=True),
    of.moment("done_at", _("Done")),
    of.link("owner", _("Owner"), to="user", column="owner__name"),
    of.link("deal", _("Deal"), column="deal__title"),
    of.link("lead", _("Lead"), column="lead__title"),
    of.link("person", _("Contact"), column="person__name"),
    of.link("organization", _("Organization"), column="organization__name"),
    of.number("minutes", _("Minutes")),
    of.text("outcome", _("Outcome")),
    of.long("note", _("Note")),
    of.moment("created_at", _("Created")),
)


def next_due(deal_ids: Collection[int]) -> dict[int, dt.datetime]:
    """When the next planned activity of each deal is due; deals without a dated one are left out."""
    planned = Activity.objects.kept().filter(deal__in=deal_ids, done_at=None, due_at__isnull=False).order_by()
    return dict(planned.values_list("deal_id").annotate(due=Min("due_at")))


ON_DEALS = (
    Making("deal").moment("next_activity", _("Next activity"), load=next_due, sortable=False, attname="pk", column=""),
)
