"""A lead is added: its title is enough."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.crm.models import Campaign, Lead, Organization, Person, Source
from leadline.history.recorded import Recorded
from leadline.history.writing import writing
from leadline.web.people.adding import organization_of, person_of
from leadline.web.records.adding import AddForm, adding


class LeadForm(AddForm):
    """Contact and organization are chosen, or added along by what was typed."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {"person": Person, "organization": Organization}

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    person = forms.CharField(label=gettext_lazy("Contact"), required=False)
    person_new = forms.CharField(required=False, max_length=500)
    organization = forms.CharField(label=gettext_lazy("Organization"), required=False)
    organization_new = forms.CharField(required=False, max_length=255)
    source = forms.ModelChoiceField(Source.objects.kept(), label=gettext_lazy("Source"), required=False)
    campaign = forms.ModelChoiceField(Campaign.objects.kept(), label=gettext_lazy("Campaign"), required=False)

    def make(self, by: Actor) -> Lead:
        """Lead, contact and organization in one act, all or nothing."""
        with writing():
            organization = organization_of(self, by)
            person = person_of(self, by, organization)
            if organization is None and person is not None:
                organization = person.organization
            lead = Lead(title=self.cleaned_data["title"], person=person, organization=organization, owner=self.reader)
            lead.originator = self.reader  # whose hand adds it has found it
            lead.source, lead.campaign = self.cleaned_data["source"], self.cleaned_data["campaign"]
            if lead.source is None and lead.campaign is not None:
                lead.source = lead.campaign.source
            return lead.add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return adding(request, LeadForm, Lead, "leads")
