"""The form of a schedule: how often, at what hour, to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.models import Dashboard
from leadline.mail.models import Every, Schedule, Weekday
from leadline.mail.running import unfit
from leadline.web.dashboards.rhythms import named
from leadline.web.frame import formats

ALSO: dict[Any, tuple[str, ...]] = {Every.WEEK: ("weekday",), Every.MONTH: ("day",)}


class ScheduleForm(forms.Form):
    """The people in it are those who may see the dashboard, and whoever was chosen before."""

    every = forms.ChoiceField(label=gettext_lazy("How often"), choices=Every.choices, initial=Every.WEEK)
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("On"), choices=Weekday.choices, coerce=int, initial=Weekday.MONDAY
    )
    day = forms.TypedChoiceField(label=gettext_lazy("On day"), coerce=int, initial=1)
    hour = forms.TypedChoiceField(label=gettext_lazy("At"), coerce=int, initial=8)
    to = forms.TypedMultipleChoiceField(
        label=gettext_lazy("To"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose who gets it.")},
    )

    def __init__(self, board: Dashboard, schedule: Schedule | None, reader: User, given: Any = None) -> None:
        names = ("every", "weekday", "day", "hour")
        before = {name: getattr(schedule, name) for name in names} if schedule else {}
        chosen = schedule.recipient_ids if schedule else [reader.pk]
        super().__init__(given, initial={**before, "to": chosen})
        self.others = board.schedules.kept().exclude(pk=schedule.pk if schedule else None)
        choices = {
            "day": [*((n, str(n)) for n in range(1, 31)), (31, _("31 (the last day)"))],
            "hour": [(hour, formats.hour(hour)) for hour in range(24)],
            "to": _people(board, chosen if schedule else []),
        }
        for name, some in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = some

    def clean(self) -> dict[str, Any]:
        """One schedule for each time: two would bring the same people two equal letters."""
        found = super().clean() or self.cleaned_data
        kind = found.get("every")
        when = {name: found.get(name) for name in ("every", "hour", *ALSO.get(kind, ()))}
        if kind and self.others.filter(**when).exists():
            self.add_error(None, _("It is mailed at this time already. Change to whom, there."))
        return found

    def values(self) -> dict[str, Any]:
        """As the fields of a schedule are called."""
        given = dict(self.cleaned_data)
        return {"recipient_ids": given.pop("to"), **given}


def _people(board: Dashboard, chosen: list[int]) -> list[tuple[int, str]]:
    if board.shared:
        fit = [user for user in User.objects.filter(is_active=True) if user.email]
    else:
        fit = [user for user in User.objects.filter(pk=board.owner_id) if not unfit(board, user)]
    before = User.objects.filter(pk__in=set(chosen) - {user.pk for user in fit})
    unwell = [(user.pk, named(board, user)) for user in before if unfit(board, user)]
    return [(user.pk, str(user)) for user in fit] + unwell
