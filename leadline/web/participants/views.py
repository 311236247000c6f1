"""Acts on the people of a deal: add one, say what they do in it, take them off."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, Participant, Person
from leadline.history.recorded import Recorded
from leadline.history.writing import writing
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.people.adding import person_of
from leadline.web.records.adding import LookupForm
from leadline.web.records.answering import did
from leadline.web.records.finding import find, find_deal_to_change, find_kept


class ParticipantForm(LookupForm):
    """A person who is chosen, or added along in one line; and what they do in the deal."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {"person": Person}

    person = forms.CharField(label=gettext_lazy("Person"), required=False)
    person_new = forms.CharField(required=False, max_length=500)
    role = forms.CharField(label=gettext_lazy("Role"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.linked("person") is None and not given.get("person_new", "").strip():
            self.add_error("person", _("Choose a person, or type the name of a new one."))
        return given

    def put_on(self, deal: Deal, by: Actor) -> Participant:
        """Person and participant in one act, all or nothing. The first person of a deal is its main contact."""
        with writing():
            person = person_of(self, by, deal.organization)
            if person is None:  # a line of which no name is left, such as a day or an address
                raise ValidationError({"person": _("Choose a person, or type the name of a new one.")})
            if deal.person_id is None and not self.cleaned_data["role"]:
                deal.edit(by=by, person=person)
                return Participant(deal=deal, person=person)
            return Participant(deal=deal, person=person, role=self.cleaned_data["role"]).add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def participant_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody takes part in the deal."""
    deal, reader = find_deal_to_change(request, pk), reader_of(request)
    form = (
        ParticipantForm(reader, request.POST)
        if request.method == "POST"
        else ParticipantForm(reader, initial={"role": request.GET.get("role", "")[:120]})
    )
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            added = form.put_on(deal, by)
        except ValidationError as error:
            form.refuse(error)
        else:
            text = _("%(person)s takes part.") % {"person": added.person}
            return did(request, by, text, record_url(deal), kind="deal", id=deal.pk)
    context = {"deal": deal, "form": form, "participant": None}
    return page(request, "participants/add.html", "participants/_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def participant(request: HttpRequest, pk: int) -> HttpResponse:
    """What they do in the deal, in the seller's own words."""
    found = _participant(request, pk)
    if request.method == "POST":
        by = doer(request)
        found.edit(by=by, role=request.POST.get("role", "").strip()[:120])
        text = _("The role of %(person)s is changed.") % {"person": found.person}
        return did(request, by, text, record_url(found.deal), kind="participant", id=pk)
    context = {"deal": found.deal, "participant": found, "form": None}
    return page(request, "participants/add.html", "participants/_role.html", context)


@require_POST
def participant_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the deal; undo brings them back."""
    found, by = _participant(request, pk), doer(request)
    found.trash(by=by)
    text = _("%(person)s takes part no more.") % {"person": found.person}
    return did(request, by, text, record_url(found.deal), kind="participant", id=pk)


def _participant(request: HttpRequest, pk: int) -> Participant:
    """Seen with its deal, and only where the person is seen as well."""
    found: Participant = find_kept(Participant.objects.select_related("deal", "person"), request, pk)
    find(Person, request, found.person_id)
    find_deal_to_change(request, found.deal_id)
    return found
