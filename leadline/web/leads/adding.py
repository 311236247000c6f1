"""A lead is added: its title is enough."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.crm.models import Lead, Organization, Person
from leadline.history.recorded import Recorded
from leadline.web.people.adding import organization_of
from leadline.web.people.line import read_line
from leadline.web.records.adding import AddForm, adding


class LeadForm(AddForm):
    """Contact and organization are chosen, or added along by what was typed."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {"person": Person, "organization": Organization}

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    person = forms.CharField(label=gettext_lazy("Contact"), required=False)
    person_new = forms.CharField(required=False, max_length=500)
    organization = forms.CharField(label=gettext_lazy("Organization"), required=False)
    organization_new = forms.CharField(required=False, max_length=255)

    def make(self, by: Actor) -> Lead:
        organization = organization_of(self, by)
        person = self._person(by, organization)
        if organization is None and person is not None:
            organization = person.organization
        title = self.cleaned_data["title"]
        return Lead(title=title, person=person, organization=organization, owner=self.reader).add(by=by)

    def _person(self, by: Actor, organization: Organization | None) -> Person | None:
        found: Person | None = self.linked("person")
        line = read_line(self.cleaned_data["person_new"])
        if found is not None or not line.name:
            return found
        emails = [{"value": mail} for mail in line.emails]
        phones = [{"value": phone} for phone in line.phones]
        new = Person(name=line.name, emails=emails, phones=phones, organization=organization, owner=self.reader)
        return new.add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return adding(request, LeadForm, Lead, "leads")
