"""What belongs to a lead: whom it is about, and the deal it became."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Deal, Lead, LeadStatus, Organization, Person
from leadline.web.records.related import SECTIONS, Section
from leadline.web.records.row import Row
from leadline.web.records.rows import deal_row, joined, lead_row, organization_row, person_row


def sections(reader: User, lead: Lead) -> list[Section]:
    person = Person.objects.visible_to(reader).filter(pk=lead.person_id)
    at = Organization.objects.visible_to(reader).filter(pk=lead.organization_id)
    became = Deal.objects.visible_to(reader).filter(pk=lead.deal_id)
    found = [
        Section(
            "person",
            _("Contact"),
            person,
            _reached,
            none=_("Nobody is named. Choose a contact on the left."),
            alone=True,
        ),
        Section("organization", _("Organization"), at, organization_row, alone=True, quiet=True),
    ]
    if lead.status == LeadStatus.CONVERTED:
        found.insert(
            0, Section("deal", _("Became"), became, deal_row, none=_("A deal that is not open to you."), alone=True)
        )
    if lead.organization_id:
        others = Lead.objects.visible_to(reader).kept().filter(organization=lead.organization_id).exclude(pk=lead.pk)
        found.append(Section("others", _("Other leads from there"), others.order_by("-pk"), lead_row, quiet=True))
    return found


def _reached(person: Any) -> Row:
    phone = next((item["value"] for item in person.phones if item.get("primary")), "")
    return Row(under=joined(person_row(person).under, phone))


SECTIONS["lead"] = sections
