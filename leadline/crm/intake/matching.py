"""Who is known already: by e-mail address, by its domain, by name. What is known of them is never changed (R39)."""

from __future__ import annotations

from django.db.models import Q, Value
from django.db.models.functions import Lower

from leadline.crm.addresses import company_domain
from leadline.crm.intake.reading import Told
from leadline.crm.models import Campaign, Door, Lead, LeadStatus, Organization, Person, Source
from leadline.crm.parties.addresses import with_addresses


def known_person(told: Told) -> Person | None:
    """By one of their e-mail addresses; the oldest where several have it, first of those whose main one it is."""
    return next((one for one, _mail in with_addresses(Person.objects.kept(), [told.email], 1)), None)


def known_organization(told: Told) -> Organization | None:
    """By the domain of the e-mail address, unless anybody may have one there; else by name."""
    if (domain := company_domain(told.email)) and (found := _first(Q(domain=domain))):
        return found
    name = told.organization
    return _first(Q(low=Lower(Value(name)))) if name else None


def _first(condition: Q) -> Organization | None:
    rows = Organization.objects.kept().alias(low=Lower("name")).filter(condition)
    found: Organization | None = rows.order_by("pk").first()
    return found


def lead_of(person: Person) -> Lead | None:
    """The lead of this person that is worked on, else the one that waits in the nurture stream; the newest of them."""
    leads = Lead.objects.kept().filter(person=person, status__in=(LeadStatus.OPEN, LeadStatus.NURTURE))
    found: Lead | None = leads.order_by("-status", "-pk").first()  # open, before it nurture
    return found


def campaign_of(door: Door, utm_campaign: str) -> Campaign | None:
    """The one that the address of the page named, first among those of the door's source; else the door's own."""
    name = " ".join(utm_campaign.split())
    if not name:
        return door.campaign
    spoken = name.replace("-", " ").replace("_", " ")  # as addresses write it: price-list, price_list
    rows = Campaign.objects.kept().select_related("source").filter(Q(name__iexact=name) | Q(name__iexact=spoken))
    found = sorted(
        rows.order_by("pk")[:50], key=lambda row: (row.source_id != door.source_id, row.source_id is not None)
    )
    return found[0] if found else door.campaign


def source_of(door: Door, campaign: Campaign | None) -> Source | None:
    """That of the campaign, so that the two never tell different stories; else the door's."""
    return campaign.source if campaign is not None and campaign.source_id else door.source
