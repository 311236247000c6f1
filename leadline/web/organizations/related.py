"""What belongs to an organization: people, deals, leads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import Lead, LeadStatus, Organization, Person
from leadline.web.records.deals import deal_sections
from leadline.web.records.related import SECTIONS, Section, place
from leadline.web.records.rows import LEAD_COLUMNS, PERSON_COLUMNS, lead_row, person_row


def sections(reader: User, organization: Organization) -> list[Section]:
    here = f"organization={organization.pk}"
    people = Person.objects.visible_to(reader).kept().filter(organization=organization)
    leads = Lead.objects.visible_to(reader).kept().filter(organization=organization)
    return [
        Section(
            "people",
            _("People"),
            people.only(*PERSON_COLUMNS).order_by("name", "pk"),
            person_row,
            none=_("Nobody is known here yet."),
            all=place("people", here),
            add=place("person_add", f"{here}&then=stay"),
            add_word=_("Add a person"),
        ),
        *deal_sections(reader, organization),
        Section(
            "leads",
            _("Leads"),
            leads.exclude(status=LeadStatus.CONVERTED).only(*LEAD_COLUMNS).order_by("-pk"),
            lead_row,
            none=_("No lead from here."),
            all=place("leads", here),
            add=place("lead_add", f"{here}&then=stay"),
            add_word=_("Add a lead"),
        ),
    ]


SECTIONS["organization"] = sections
