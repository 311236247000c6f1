"""What belongs to a person: where they work, deals, what is planned with them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models import Deal, Lead, LeadStatus, Organization, Participant, Person
from leadline.web.frame.formats import moment
from leadline.web.records.deals import deal_sections
from leadline.web.records.related import SECTIONS, Section, place
from leadline.web.records.row import Row
from leadline.web.records.rows import DEAL_COLUMNS, LEAD_COLUMNS, deal_row, joined, lead_row, named, organization_row


def sections(reader: User, person: Person) -> list[Section]:
    here = f"person={person.pk}"
    at = Organization.objects.visible_to(reader).filter(pk=person.organization_id)
    with_them = Participant.objects.kept().filter(person=person).values("deal")
    leads = Lead.objects.visible_to(reader).kept().filter(person=person).exclude(status=LeadStatus.CONVERTED)
    planned = Activity.objects.visible_to(reader).planned().filter(person=person)
    return [
        Section("organization", _("Organization"), at, organization_row, alone=True, quiet=True),
        *deal_sections(reader, person),
        Section(
            "takes-part",
            _("Takes part in"),
            Deal.objects.visible_to(reader).kept().filter(pk__in=with_them).only(*DEAL_COLUMNS).order_by("-pk"),
            deal_row,
            quiet=True,
        ),
        Section(
            "leads",
            _("Leads"),
            leads.only(*LEAD_COLUMNS).order_by("-pk"),
            lead_row,
            none=_("No lead with them."),
            all=place("leads", here),
            add=place("lead_add", f"{here}&then=stay"),
            add_word=_("Add a lead"),
        ),
        Section("planned", _("Planned"), planned, _planned_row, quiet=True),
    ]


def _planned_row(activity: Any) -> Row:
    return Row(
        under=joined(named("activity_type", activity.type_id), named("user", activity.owner_id)),
        foot=moment(activity.due_at) if activity.due_at else "",
    )


SECTIONS["person"] = sections
