"""The filter: what may be asked, with errors beside the field."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import BadRequest
from django.core.validators import MinValueValidator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.models import Pipeline
from leadline.history.cleaning import FIRST_DAY
from leadline.web.insights import choices, period
from leadline.web.insights.asked import Asked

PEOPLE = (("owner", gettext_lazy("Person")), ("team", gettext_lazy("Team")))
COMPARED = (
    ("win_rate", gettext_lazy("Win rate")),
    ("deal_size", gettext_lazy("Deal size")),
    ("time_to_close", gettext_lazy("Days to close")),
)
AGAINST = (("", gettext_lazy("Nothing")), *period.AGAINST.items())


def _day(label: Any) -> forms.DateField:
    wrong = {"invalid": gettext_lazy("This is not a day. Write it like 2026-11-22.")}
    begun = MinValueValidator(FIRST_DAY, gettext_lazy("Choose a day from the year 1900 on."))
    return forms.DateField(
        label=label, required=False, input_formats=["%Y-%m-%d"], error_messages=wrong, validators=[begun]
    )


class Filter(forms.Form):
    """Period, moment, pipeline, source, team, owner."""

    period = forms.ChoiceField(choices=list(period.NAMES.items()), required=False)
    to = _day(gettext_lazy("To"))
    as_of = _day(gettext_lazy("As of"))
    pipeline = forms.ModelChoiceField(
        Pipeline.objects.none(),
        label=gettext_lazy("Pipeline"),
        required=False,
        empty_label=gettext_lazy("All pipelines"),
    )
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    against = forms.ChoiceField(
        label=gettext_lazy("Compare with"),
        choices=AGAINST,
        required=False,
    )
    by = forms.ChoiceField(label=gettext_lazy("Compare"), choices=PEOPLE, required=False)
    compare = forms.ChoiceField(label=gettext_lazy("By"), choices=COMPARED, required=False)

    def __init__(self, address: QueryDict, user: User) -> None:
        super().__init__(address, auto_id="ask_%s")
        self.fields["from"] = _day(gettext_lazy("From"))  # a word of Python's own, so it cannot stand above
        self.fields["pipeline"].queryset = Pipeline.objects.kept()  # type: ignore[attr-defined]  # the field above
        for name, every, known in (
            ("source", _("All sources"), choices.sources()),
            ("team", _("All teams"), choices.teams()),
            ("owner", _("Everybody"), choices.owners(user)),
        ):
            self.fields[name].choices = [("", every), *known]  # type: ignore[attr-defined]  # the fields above

    def narrowing(self) -> list[forms.BoundField]:
        """The choices that are one: with a single pipeline, source … there is nothing to choose."""
        fields = (self[name] for name in ("pipeline", "source", "team", "owner"))
        return [bound for bound in fields if bound.data or len(list(cast(Any, bound.field).choices)) > 2]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("from"), values.get("to")
        if start and end and start > end and not values.get("period"):
            self.add_error("to", _("The period ends before it begins. Choose a later day."))
        return values

    def asked(self) -> Asked:
        """The question of a valid form. A named period goes before dates; without either it is everything."""
        values = self.cleaned_data
        name = values["period"] or ("" if values["from"] or values["to"] else "all")
        chosen = period.Period(values["from"], values["to"])
        if name:
            chosen = period.named(name, values["as_of"] or period.company_today())
        return Asked(
            period=name,
            start=chosen.start,
            end=chosen.end,
            as_of=values["as_of"],
            pipeline=values["pipeline"].pk if values["pipeline"] else None,
            source=values["source"],
            team=values["team"],
            owner=values["owner"],
            by=values["by"] or "owner",
            compare=values["compare"] or "win_rate",
            against=values["against"],
        )


def asked_of(request: HttpRequest) -> Asked:
    """The question in an address that is not the page's own. Raises BadRequest where there is something wrong in it."""
    assert isinstance(request.user, User)
    form = Filter(request.GET, request.user)
    if not form.is_valid():
        raise BadRequest("; ".join(f"{name}: {texts.as_text()}" for name, texts in form.errors.items()))
    return form.asked()
