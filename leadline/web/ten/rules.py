"""How somebody wants their lists: which rules, in which order, with which numbers; whom never."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from leadline.accounts.models import Role, User
from leadline.activities.models import Habits
from leadline.activities.ten.listing import again
from leadline.activities.ten.rules import MOST_DAYS, Chosen, choose, chosen, never_label
from leadline.crm.models import Label
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.records.answering import did
from leadline.web.today.whose import day_of

PAGE, PART = "ten/rules.html", "ten/_rules.html"


class RulesForm(forms.Form):
    """A line a rule: `on_…`, `days_…`, `label_…`, and `place_…`, its place in the order."""

    size = forms.IntegerField(label=gettext_lazy("People a day"), min_value=1, max_value=50)
    never = forms.ModelChoiceField(
        Label.objects.none(), label=gettext_lazy("Never people with the label"), required=False, empty_label="–"
    )

    def __init__(self, user: User, data: Any = None) -> None:
        self.rules = chosen(Habits.of(user))
        super().__init__(data, initial={"size": Habits.of(user).ten_size, "never": never_label(user)})
        labels = Label.objects.kept()
        self.fields["never"].queryset = labels  # type: ignore[attr-defined]  # the field above
        for place, rule in enumerate(self.rules, 1):
            name = rule.kind.name
            self.fields[f"on_{name}"] = forms.BooleanField(label=str(rule.kind.word), required=False, initial=rule.on)
            self.fields[f"place_{name}"] = forms.TypedChoiceField(
                label=_("Place"),
                coerce=int,
                initial=place,
                choices=[(n, str(n)) for n in range(1, len(self.rules) + 1)],
            )
            if rule.kind.days:
                self.fields[f"days_{name}"] = forms.IntegerField(
                    label=_("Days"), initial=rule.days, min_value=1, validators=[MaxValueValidator(MOST_DAYS)]
                )
            if rule.kind.label:
                self.fields[f"label_{name}"] = forms.ModelChoiceField(
                    labels, label=_("Label"), required=False, initial=rule.label, empty_label=_("choose one")
                )

    def lines(self) -> list[tuple[Chosen, dict[str, Any]]]:
        """Each rule with its fields, for the page."""
        parts = ("on", "place", "days", "label")
        return [
            (
                rule,
                {part: self[f"{part}_{rule.kind.name}"] for part in parts if f"{part}_{rule.kind.name}" in self.fields},
            )
            for rule in self.rules
        ]

    def wanted(self) -> list[Chosen]:
        """The rules of a valid form in their order; of two at one place the one that was put there comes first."""
        values = self.cleaned_data
        was = {rule.kind.name: place for place, rule in enumerate(self.rules, 1)}

        def place(rule: Chosen) -> tuple[int, bool, int]:
            to, at = values[f"place_{rule.kind.name}"], was[rule.kind.name]
            return (to, to == at, at) if to <= at else (to, to != at, at)

        return [
            replace(
                rule,
                on=values[f"on_{rule.kind.name}"],
                days=values.get(f"days_{rule.kind.name}") or 0,
                label=getattr(values.get(f"label_{rule.kind.name}"), "pk", None),
            )
            for rule in sorted(self.rules, key=place)
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Saved, and today's list made again for whoever is neither written to nor skipped yet."""
    user = reader_of(request)
    if user.role == Role.READER:
        raise PermissionDenied(_("Readers write to nobody."))
    form = RulesForm(user, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return page(request, PAGE, PART, {"form": form}, status=422 if form.is_bound else 200)
    by = doer(request)
    choose(user, form.wanted(), form.cleaned_data["size"], getattr(form.cleaned_data["never"], "pk", None))
    again(user, day_of(request).date, by=by)
    return did(request, by, _("Rules saved, and today's list made anew."), reverse("ten"))
