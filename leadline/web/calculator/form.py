"""What may be asked of the calculator, with errors beside the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import Team, User
from leadline.activities.models import ActivityType
from leadline.crm.models import Pipeline, Stage
from leadline.history.cleaning import FIRST_DAY, LAST_DAY
from leadline.history.numbers import number_of
from leadline.insights.ask_needed import Asked
from leadline.insights.sight import Sight, Whose, sight_of
from leadline.web.insights.period import company_today
from leadline.web.records.amounts import AmountField

UNITS = (("money", gettext_lazy("won value")), ("wins", gettext_lazy("deals won")))
MOST = Decimal(10**15)  # no company sells for more
FARTHEST = dt.timedelta(days=3660)


class Question(forms.Form):
    """A target, its last day, whose it is; and what is typed over instead of what is measured.

    `s<stage>` is a share in percent that is typed over, `g<stage>` a guess where there is no history; `w<type>` and
    `q<type>` are activities per win likewise.
    """

    amount = AmountField(label=gettext_lazy("To be won"), most=MOST)
    unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=UNITS, required=False)
    until = forms.DateField(label=gettext_lazy("By"), required=False)
    since = forms.DateField(label=gettext_lazy("Count what was won since"), required=False)
    pipeline = forms.ModelChoiceField(Pipeline.objects.none(), label=gettext_lazy("Pipeline"), empty_label=None)
    everywhere = forms.BooleanField(label=gettext_lazy("in all pipelines"), required=False)
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose somebody of whom you see all deals.")},
    )
    mean = AmountField(label=gettext_lazy("A won deal brings"), most=MOST)
    days = forms.FloatField(label=gettext_lazy("Days from adding a deal to winning it"), required=False)

    def __init__(self, address: Mapping[str, Any], pipeline: Pipeline, user: User) -> None:
        super().__init__(address, auto_id="ask_%s")
        self.fields["pipeline"].queryset = Pipeline.objects.kept()  # type: ignore[attr-defined]  # the field above
        self.fields["whose"].choices = _whose(sight_of(user))  # type: ignore[attr-defined]  # the field above
        self.fields["days"].validators += [MinValueValidator(0), MaxValueValidator(3660)]
        self.stages = list(Stage.objects.kept().filter(pipeline=pipeline).order_by("position", "pk"))
        self.types = list(ActivityType.objects.kept())
        for letters, rows, most in (("sg", self.stages, 100), ("wq", self.types, 10_000)):
            for name, row in ((f"{letter}{row.pk}", row) for letter in letters for row in rows):
                self.fields[name] = forms.FloatField(label=row.name, required=False, min_value=0, max_value=most)

    def clean_until(self) -> dt.date | None:
        return _in_reach(self.cleaned_data["until"], company_today())

    def clean_since(self) -> dt.date | None:
        return _in_reach(self.cleaned_data["since"], FIRST_DAY)

    def asked(self, usual: Asked) -> Asked:
        """The question of a valid form; what it leaves open is as usual."""
        values = self.cleaned_data
        typed = values["amount"] is not None
        return Asked(
            amount=values["amount"] if typed else usual.amount,
            unit=values["unit"] or usual.unit,
            until=values["until"] or usual.until,
            since=values["since"] if typed else usual.since,
            everywhere=values["everywhere"] if typed else usual.everywhere,
            pipeline=values["pipeline"].pk,
            where=usual.where,
            typed=self._shares("s"),
            guesses=self._shares("g"),
            mean_won=values["mean"],
            days_to_close=values["days"],
            per_win=dict(self._filled("w", self.types)),
            per_win_guesses=dict(self._filled("q", self.types)),
        )

    def about(self) -> Whose:
        """The person or team of a valid form; neither where none is chosen."""
        return whose_of(self.cleaned_data["whose"])

    def _shares(self, letter: str) -> dict[int, float]:
        return {pk: percent / 100 for pk, percent in self._filled(letter, self.stages)}

    def _filled(self, letter: str, rows: list[Any]) -> Iterator[tuple[int, float]]:
        for row in rows:
            value = self.cleaned_data[f"{letter}{row.pk}"]
            if value is not None:
                yield row.pk, value


def pipeline_asked(text: str) -> Pipeline | None:
    """The pipeline that an address names; None where it names none that is there."""
    pk = number_of(text)
    found: Pipeline | None = Pipeline.objects.kept().filter(pk=pk).first() if pk is not None else None
    return found


def whose_of(text: str) -> Whose:
    """The person of "owner-12", the team of "team-3"; of all else neither."""
    name, _dash, pk = text.partition("-")
    return number_of(pk) if name == "owner" else None, number_of(pk) if name == "team" else None


def key_of(about: Whose) -> str:
    """The same as an address says it."""
    person, team = about
    if person is not None:
        return f"owner-{person}"
    return f"team-{team}" if team is not None else ""


def _whose(sight: Sight) -> list[Any]:
    """Those of whom all deals are seen."""
    owners = [person for person in User.objects.who_may_own() if sight.whole(person=person.pk)]
    people = [(f"owner-{person.pk}", str(person)) for person in owners]
    teams = [(f"team-{team.pk}", team.name) for team in Team.objects.all() if sight.whole(team=team.pk)]
    groups = [(_("Teams"), teams), (_("People"), people)]
    everybody = [("", _("Everybody"))] if sight.whole() else []
    return [*everybody, *((heading, some) for heading, some in groups if some)]


def _in_reach(day: dt.date | None, first: dt.date) -> dt.date | None:
    """Raises ValidationError for a day that no plan reaches."""
    if day is None:
        return None
    if day < first:
        early = (
            _("Choose a day from the year 1900 on.") if first == FIRST_DAY else _("Choose a day that is still to come.")
        )
        raise forms.ValidationError(early)
    if day > min(company_today() + FARTHEST, LAST_DAY):
        raise forms.ValidationError(_("Choose a day within ten years."))
    return day
