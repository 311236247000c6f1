"""What administrators fill in about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Role, SalesRole, Team, User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewPersonForm(forms.Form):
    """Somebody new: a name, an address to sign in with, what they may do, where they belong."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("They sign in with it. Without one they are known by name only."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.SELLER)
    team = forms.ModelChoiceField(
        Team.objects.all(), label=gettext_lazy("Team"), required=False, empty_label=gettext_lazy("No team")
    )


class PersonForm(NewPersonForm):
    """Everything an administrator changes about somebody."""

    sales_role = forms.ChoiceField(
        label=gettext_lazy("Role in a sale"),
        choices=[("", gettext_lazy("none")), *SalesRole.choices],
        required=False,
        help_text=gettext_lazy("Decides who hands what to whom, and which leads they are given."),
    )
    hired_on = forms.DateField(label=gettext_lazy("First day"), required=False, widget=DAY)
    left_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=DAY)
    carries_quota = forms.BooleanField(
        label=gettext_lazy("Carries a quota"),
        required=False,
        help_text=gettext_lazy("Counts as a seller in reports about people."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("hired_on"), values.get("left_on")
        if first and last and last < first:
            self.add_error("left_on", _("The last day lies before the first."))
        return values

    def values(self) -> dict[str, Any]:
        """As `history.members.change` takes them."""
        team = self.cleaned_data["team"]
        rest = {name: value for name, value in self.cleaned_data.items() if name != "team"}
        return {**rest, "email": rest["email"] or None, "team_id": team.pk if team else None}


class HandOverForm(forms.Form):
    """Who takes over somebody's records."""

    IDS = "handing_%s"  # several forms stand on a person's page, and ids are given once

    to = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Hand over to"), empty_label=gettext_lazy("Choose somebody")
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": self.IDS, **kwargs})
        others = User.objects.who_may_own().exclude(pk=person.pk).exclude(role=Role.READER)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]  # it is the ModelChoiceField above


class LeavingForm(HandOverForm):
    """Somebody leaves: from when on, and who takes over."""

    IDS = "leaving_%s"

    left_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=DAY)

    field_order = ("left_on", "to")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["to"].required = False
        self.fields["to"].empty_label = _("Nobody: records stay with them")  # type: ignore[attr-defined]
