"""A deal is added by a short form: its title is enough; contact and organization are added along by typing them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.actors import Actor
from leadline.crm.models import Deal, Organization, Person, Stage
from leadline.history.recorded import Recorded
from leadline.history.writing import writing
from leadline.web.dealing.stages import stage_groups
from leadline.web.people.adding import organization_of, person_of
from leadline.web.records.adding import AddForm, adding
from leadline.web.records.amounts import AmountField


class DealForm(AddForm):
    """`stage` names where it begins; the first stage of the first pipeline where none is chosen."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {"person": Person, "organization": Organization}

    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    value = AmountField(label=gettext_lazy("Value"))
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    person = forms.CharField(label=gettext_lazy("Contact"), required=False)
    person_new = forms.CharField(required=False, max_length=500)
    organization = forms.CharField(label=gettext_lazy("Organization"), required=False)
    organization_new = forms.CharField(required=False, max_length=255)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(name, [(stage.pk, str(stage)) for stage in stages]) for name, stages in stage_groups()]
        choices = groups[0][1] if len(groups) == 1 else groups
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]  # it is the ChoiceField above

    def make(self, by: Actor) -> Deal:
        """Deal, contact and organization in one act, all or nothing."""
        given = self.cleaned_data
        with writing():
            organization = organization_of(self, by)
            person = person_of(self, by, organization)
            if organization is None and person is not None:
                organization = person.organization
            stage = Stage.objects.kept().filter(pk=given["stage"]).first() if given["stage"] else None
            deal = Deal(title=given["title"], value=given["value"], stage=stage, owner=self.reader)
            deal.person, deal.organization = person, organization
            return deal.add(by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def deal_new(request: HttpRequest) -> HttpResponse:
    return adding(request, DealForm, Deal, "dealing")
