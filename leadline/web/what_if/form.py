"""What may be asked, with errors beside the field. What is left empty stays as it is measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Team, User
from leadline.crm.models import Pipeline, Source, Stage
from leadline.insights.ask_what_if import Wish
from leadline.insights.sight import sight_of
from leadline.web.insights.period import company_today
from leadline.web.records.amounts import AmountField

MOST = Decimal(10**15)  # no company sells for more
LEADS, DAYS, SELLERS, MONTHS = 1_000_000, 3_660, 200, 24


class Question(forms.Form):
    """`l<source>` leads a quarter; of a stage `s<stage>` the share that goes on, in percent, `d<stage>` days."""

    sellers = forms.IntegerField(
        label=gettext_lazy("More sellers"), required=False, min_value=-SELLERS, max_value=SELLERS
    )
    after = forms.FloatField(label=gettext_lazy("They begin in months"), required=False, min_value=0, max_value=MONTHS)
    ramp = forms.FloatField(
        label=gettext_lazy("Months until they do as the others"), required=False, min_value=0, max_value=MONTHS
    )
    capacity = forms.FloatField(
        label=gettext_lazy("New deals a quarter each can take"), required=False, min_value=0, max_value=LEADS
    )
    own = forms.FloatField(
        label=gettext_lazy("Share of their deals that sellers find themselves, in percent"),
        required=False,
        min_value=0,
        max_value=100,
    )
    capped = forms.BooleanField(
        label=gettext_lazy("Nobody takes more new deals than people here have been seen to take"), required=False
    )
    lead_conversion = forms.FloatField(
        label=gettext_lazy("Leads that become deals"), required=False, min_value=0, max_value=100
    )
    size = AmountField(label=gettext_lazy("A won deal brings"), most=MOST)
    whales = forms.IntegerField(
        label=gettext_lazy("So many of the largest open deals are lost"), required=False, min_value=0, max_value=50
    )
    smaller = forms.IntegerField(
        label=gettext_lazy("None comes as large as so many of the largest won lately"),
        required=False,
        min_value=0,
        max_value=50,
    )
    fluff = forms.BooleanField(label=gettext_lazy("Open deals that are probably fluff are taken out"), required=False)
    as_of = forms.DateField(label=gettext_lazy("As of"), required=False)
    pipeline = forms.ModelChoiceField(Pipeline.objects.none(), label=gettext_lazy("Pipeline"), empty_label=None)
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a team of which you see all deals.")},
    )

    def __init__(self, address: Mapping[str, Any], pipeline: Pipeline, user: User) -> None:
        super().__init__(address, auto_id="ask_%s")
        self.fields["pipeline"].queryset = Pipeline.objects.kept()  # type: ignore[attr-defined]  # the field above
        self.fields["whose"].choices = _whose(user)  # type: ignore[attr-defined]  # the field above
        self.stages = list(Stage.objects.kept().filter(pipeline=pipeline).order_by("position", "pk"))
        self.sources = list(Source.objects.kept().order_by("name"))
        for letter, rows, most in (("l", self.sources, LEADS), ("s", self.stages, 100), ("d", self.stages, DAYS)):
            for row in rows:
                field = forms.FloatField(label=row.name, required=False)
                field.validators += [MinValueValidator(0), MaxValueValidator(most)]
                self.fields[f"{letter}{row.pk}"] = field

    def wish(self) -> Wish:
        """The wish of a valid form."""
        values = self.cleaned_data
        own, leads = values["own"], values["lead_conversion"]
        return Wish(
            sellers=values["sellers"] or 0,
            after=values["after"] or 0.0,
            ramp=values["ramp"],
            capacity=values["capacity"],
            own=None if own is None else own / 100,
            leads=dict(self._filled("l", self.sources)),
            lead_conversion=None if leads is None else leads / 100,
            conversion={pk: value / 100 for pk, value in self._filled("s", self.stages)},
            days=dict(self._filled("d", self.stages)),
            size=None if values["size"] is None else float(values["size"]),
            whales=values["whales"] or 0,
            smaller=values["smaller"] or 0,
            fluff=values["fluff"],
            capped=values["capped"],
        )

    def team(self) -> int | None:
        """The team; None for everybody, or where it is no team that may be chosen."""
        text = self.cleaned_data.get("whose", "")
        return int(text.removeprefix("team-")) if text else None

    def day(self) -> dt.date | None:
        """The past day as of which it is asked; None for now."""
        found = self.cleaned_data.get("as_of")
        return found if isinstance(found, dt.date) and found < company_today() else None

    def _filled(self, letter: str, rows: Iterable[Any]) -> Iterator[tuple[int, float]]:
        for row in rows:
            value = self.cleaned_data[f"{letter}{row.pk}"]
            if value is not None:
                yield row.pk, value


def _whose(user: User) -> list[tuple[str, str]]:
    """Everybody that is seen, and the teams of which all deals are."""
    sight = sight_of(user)
    teams = [(f"team-{team.pk}", team.name) for team in Team.objects.all() if sight.whole(team=team.pk)]
    return [("", _("Everybody") if sight.whole() else _("All that I see")), *teams]
