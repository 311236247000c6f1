"""The form of a goal: what is counted, how often, how much, from when on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.activities.models import MEASURES, ActivityType, Goal, Span
from leadline.crm.models import Pipeline
from leadline.insights.ask_goals import company_day, reckoning
from leadline.web.dealing.stages import stage_groups
from leadline.web.frame.formats import typed_number
from leadline.web.goals.whose import Of, settable
from leadline.web.records.amounts import AmountField

DATE = {"type": "date"}
MOST = Decimal("9999999999999999")
FIELDS = ("name", "type_ids", "stage_id", "pipeline_id", "every", "amount", "start_on", "end_on", "by_season")


class GoalForm(forms.Form):
    """Of a new goal, or (`goal`) of one that is there: what it counts and whose it is stay as they are."""

    of = forms.ChoiceField(label=_("Whose goal"), required=False)
    metric = forms.ChoiceField(label=_("What is counted"), choices=[(name, one.word) for name, one in MEASURES.items()])
    type_ids = forms.TypedMultipleChoiceField(
        label=_("Only these types"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    stage_id = forms.TypedChoiceField(label=_("Stage"), coerce=int, empty_value=None, required=False)
    pipeline_id = forms.TypedChoiceField(label=_("Pipeline"), coerce=int, empty_value=None, required=False)
    amount = AmountField(label=_("How much"), most=MOST)
    every = forms.ChoiceField(label=_("How often"), choices=Span.choices, initial=Span.WEEK)
    start_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    end_on = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    by_season = forms.BooleanField(
        label=_("Pace by season: as earlier weeks and months went, not the same each working day"), required=False
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)

    def __init__(self, viewer: User, of: Of, goal: Goal | None = None, given: Any = None) -> None:
        self.goal = goal
        super().__init__(given, initial=_of_goal(goal) if goal else {"of": of.key, **_usual()}, auto_id="goal_%s")
        types = ActivityType.objects.kept().order_by("position", "name")
        stages = [(name, [(one.pk, str(one)) for one in several]) for name, several in stage_groups()]
        self._choose("of", [(one.key, one.name) for one in settable(viewer)])
        self._choose("type_ids", [(one.pk, one.name) for one in types])
        self._choose("stage_id", [("", _("Choose a stage")), *(stages[0][1] if len(stages) == 1 else stages)])
        pipelines = Pipeline.objects.kept().values_list("pk", "name")
        self._choose("pipeline_id", [("", _("All pipelines")), *pipelines])
        self.fields["amount"].required = True
        self.fields["amount"].error_messages["required"] = _("Write an amount above 0.")
        if goal:
            del self.fields["metric"], self.fields["of"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # the fields above

    @property
    def metric_now(self) -> str:
        """What the form counts at the moment."""
        return self.goal.metric if self.goal else str(self["metric"].value() or next(iter(MEASURES)))

    def clean(self) -> dict[str, Any]:
        """What does not narrow what is counted is left out: the form hides it, and it may have been chosen before."""
        values = super().clean() or {}
        measure = MEASURES[self.goal.metric if self.goal else values.get("metric") or next(iter(MEASURES))]
        hidden: dict[str, Any] = {} if measure.types else {"type_ids": []}
        hidden |= {} if measure.stage else {"stage_id": None}
        hidden |= {} if measure.pipeline else {"pipeline_id": None}
        return {**values, **hidden}

    def values(self) -> dict[str, Any]:
        """The fields of a goal, of a valid form."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def refuse(self, error: ValidationError) -> None:
        """What the verb refused, beside its field."""
        told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, messages in told.items():
            field = name if name in self.fields else f"{name}_id"
            for message in messages:
                self.add_error(field if field in self.fields else None, message)


def _of_goal(goal: Goal) -> dict[str, Any]:
    found = {name: getattr(goal, name) for name in FIELDS}
    return {**found, "amount": typed_number(goal.amount)}


def _usual() -> dict[str, Any]:
    """A week that began: so its first span is a whole one."""
    return {"start_on": first_day("week"), "every": "week", "metric": next(iter(MEASURES))}


def first_day(every: str, day: dt.date | None = None) -> dt.date:
    """The first day of the span in which a day (today) lies."""
    return reckoning().span_of(every, day or company_day(), dt.date.min).start
