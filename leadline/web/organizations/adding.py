"""An organization is added: its name is enough."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Organization
from leadline.web.frame.doing import reader_of
from leadline.web.records.adding import AddForm, adding
from leadline.web.records.known import known_organizations


class OrganizationForm(AddForm):
    """Name, and the domain of its addresses, the best key against copies."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=255)
    domain = forms.CharField(
        label=gettext_lazy("Domain"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("What stands behind @ in their e-mail addresses."),
    )

    def make(self, by: Actor) -> Organization:
        return Organization(owner=self.reader, created_at=timezone.now(), **self.cleaned_data).add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return adding(request, OrganizationForm, Organization, "organizations")


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """While one types: organizations that are there already."""
    found = known_organizations(
        reader_of(request), request.GET.get("name", "")[:255], request.GET.get("domain", "")[:255]
    )
    return render(request, "records/_known.html", {"known": found, "understood": []})
