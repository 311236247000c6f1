"""All that can be said of an activity, as a form: for adding one and for editing it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.activities.models import Outcome, Priority
from leadline.activities.models.timing import MOST_MINUTES
from leadline.activities.recurring import said
from leadline.crm.models import Deal, Lead, Organization, Person
from leadline.history.numbers import numbers_of
from leadline.history.recorded import Recorded
from leadline.web.frame.names import linked
from leadline.web.frame.reader import reader
from leadline.web.records.adding import LookupForm

# Rules that can be chosen; others are read from a line ("every tue and thu") and kept as they are.
RULES = (
    "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY",
)  # fmt: skip
REMIND = (0, 5, 10, 15, 30, 60, 120, 1440)  # minutes before
KINDS = ("deal", "lead", "person", "organization")


class ActivityForm(LookupForm):
    """The fields of an activity; people and colleagues are lists of numbers."""

    LINKS: ClassVar[dict[str, type[Recorded]]] = {
        "deal": Deal, "lead": Lead, "person": Person, "organization": Organization,
    }  # fmt: skip

    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=255, required=False)
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=MOST_MINUTES)
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False, choices=Priority.choices)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=255, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    outcome = forms.CharField(label=gettext_lazy("Outcome"), max_length=255, required=False)
    remind_before = forms.ChoiceField(label=gettext_lazy("Reminder"), required=False)
    repeats = forms.ChoiceField(label=gettext_lazy("Repeats"), required=False)
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deal = forms.CharField(required=False)
    lead = forms.CharField(required=False)
    person = forms.CharField(required=False)
    organization = forms.CharField(required=False)

    def __init__(self, reader: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(reader, *args, **kwargs)
        self._offer("type", self._types())
        self._offer("owner", self._owners())
        self._offer("remind_before", [("", _("As usual")), *((str(n), before_word(n)) for n in REMIND)])
        self._offer("repeats", [("", _("Never")), *((rule, said(rule).capitalize()) for rule in RULES)])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        """What stands there already can be left there, though it is offered to nobody else."""
        current = self.initial.get(name)
        if current not in (None, "") and str(current) not in {str(value) for value, _word in choices}:
            choices.append((current, self._word(name, current)))
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # they are the ChoiceFields above

    def _types(self) -> list[tuple[Any, str]]:
        kept = [(row.pk, row.name) for row in linked().table("activity_type") if row.deleted_at is None]
        return kept if self.initial.get("type") else [("", _("As the line says")), *kept]

    def _owners(self) -> list[tuple[Any, str]]:
        return [("", _("Nobody")), *((row.pk, str(row)) for row in linked().table("user") if row.may_own)]

    def _word(self, name: str, current: Any) -> str:
        if name == "repeats":
            return said(current).capitalize()
        if name == "remind_before":
            return before_word(int(current))
        kind = {"type": "activity_type", "owner": "user"}[name]
        return str(linked().get(kind, current) or "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("time") and not given.get("day") and "day" not in self.errors:
            self.add_error("day", _("Name the day to this time."))
        if given.get("until") and not given.get("repeats"):
            self.add_error("repeats", _("Choose how often, or leave the last day out."))
        elif given.get("until") and given.get("day") and given["until"] < given["day"]:
            self.add_error("until", _("The last day is before the first. Choose a later one, or leave it out."))
        return given

    # --- what the form says, as the record takes it ---

    def due(self) -> dict[str, Any]:
        """A moment of the reader's clock, a day alone, or neither."""
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day is None:
            return {"due_at": None, "due_on": None}
        if time is None:
            return {"due_on": day}
        return {"due_at": dt.datetime.combine(day, time, reader().zone), "due_on": None}

    def rule(self) -> str:
        """The rule with its last day."""
        rule, until = str(self.cleaned_data.get("repeats") or ""), self.cleaned_data.get("until")
        if rule and until:
            rule = ";".join(part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT=")))
            return f"{rule};UNTIL={until:%Y%m%d}"
        return rule

    def people(self, name: str) -> list[int]:
        """The numbers of a list of people, `participants` or `colleagues`."""
        if isinstance(self.data, QueryDict) and self.is_bound:
            return sorted(set(numbers_of(self.data.getlist(name))))
        return list(self.initial.get(name, []))

    def named(self, name: str) -> list[Any]:
        """Those people, to be shown; whom the reader may not see stays in it unnamed."""
        kind = "person" if name == "participants" else "user"
        return [linked().get(kind, pk) for pk in self.people(name)]

    def outcomes(self) -> list[str]:
        return list(Outcome.objects.kept().values_list("name", flat=True))


def before_word(minutes: int) -> str:
    """10 minutes before, 1 hour before, when it begins."""
    if minutes == 0:
        return _("When it begins")
    if minutes == 1440:
        return _("A day before")
    if minutes % 60 == 0:
        return _("%(hours)d h before") % {"hours": minutes // 60}
    return _("%(minutes)d min before") % {"minutes": minutes}


def refuse_twice(form: ActivityForm, error: ValidationError) -> None:
    """What a verb refused, beside the field of the form that says it."""
    places = {"due_at": "day", "due_on": "day", "type_id": "type", "participant_ids": None, "colleague_ids": None}
    if not hasattr(error, "error_dict"):
        return form.refuse(error)
    for name, messages in error.message_dict.items():
        field = places.get(name, name.removesuffix("_id"))
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
    return None
