"""A person is added: a name, or one line with everything in it, is enough."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import Organization, Person
from leadline.history.recorded import Recorded
from leadline.web.frame.doing import reader_of
from leadline.web.people.line import read_line
from leadline.web.records.adding import AddForm, adding
from leadline.web.records.known import known_people


class PersonForm(AddForm):
    """`organization` is the number of a known one, `organization_new` the name of one that is not there yet."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {"organization": Organization}

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=500,
        help_text=gettext_lazy("An e-mail address and a phone number in the same line are recognised."),
    )
    email = forms.CharField(label=gettext_lazy("E-mail"), required=False, max_length=320)
    organization = forms.CharField(label=gettext_lazy("Organization"), required=False)
    organization_new = forms.CharField(required=False, max_length=255)

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        try:
            if address:
                validate_email(address)
        except ValidationError:
            raise ValidationError(_("%(value)s is not an e-mail address.") % {"value": address}) from None
        return address

    def make(self, by: Actor) -> Person:
        line = read_line(self.cleaned_data["name"])
        emails = dict.fromkeys(filter(None, [self.cleaned_data["email"], *line.emails]))
        return Person(
            name=line.name,
            emails=[{"value": mail} for mail in emails],
            phones=[{"value": phone} for phone in line.phones],
            organization=organization_of(self, by),
            owner=self.reader,
        ).add(by=by)


def organization_of(form: AddForm, by: Actor) -> Organization | None:
    """The chosen organization, or a new one of the name that was typed."""
    name = form.cleaned_data.get("organization_new", "").strip()
    found: Organization | None = form.linked("organization")
    if found is None and name:
        return Organization(name=name, owner=form.reader).add(by=by)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return adding(request, PersonForm, Person, "people")


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """While one types: what was understood, and who is there already."""
    line = read_line(request.GET.get("name", "")[:500])
    emails = [*line.emails, request.GET.get("email", "").strip()]
    found: list[Any] = known_people(reader_of(request), line.name, filter(None, emails))
    understood = [*line.emails, *line.phones]
    return render(request, "records/_known.html", {"known": found, "understood": understood, "line": line})
