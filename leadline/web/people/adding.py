"""A person is added: a name, or one line with everything in it, is enough."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.crm.models import Organization, Person
from leadline.history.recorded import Recorded
from leadline.history.writing import writing
from leadline.web.frame.doing import reader_of
from leadline.web.people.line import Line, read_line
from leadline.web.records.adding import AddForm, LookupForm, adding
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
        with writing():
            return _new(line, self.reader, by, organization_of(self, by), self.cleaned_data["email"])


def organization_of(form: AddForm, by: Actor) -> Organization | None:
    """The chosen organization, or a new one of the name that was typed."""
    name = form.cleaned_data.get("organization_new", "").strip()
    found: Organization | None = form.linked("organization")
    if found is None and name:
        return Organization(name=name, owner=form.reader, created_at=timezone.now()).add(by=by)
    return found


def person_of(form: LookupForm, by: Actor, organization: Organization | None) -> Person | None:
    """The chosen person, or a new one of the line that was typed, who works at the organization."""
    found: Person | None = form.linked("person")
    line = read_line(form.cleaned_data.get("person_new", ""))
    return found if found is not None or not line.name else _new(line, form.reader, by, organization)


def _new(line: Line, owner: User, by: Actor, at: Organization | None, email: str = "") -> Person:
    emails = dict.fromkeys(filter(None, [email, *line.emails]))
    person = Person(name=line.name, owner=owner, organization=at, created_at=timezone.now())
    person.emails = [{"value": mail} for mail in emails]
    person.phones = [{"value": phone} for phone in line.phones]
    return person.add(by=by)


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
