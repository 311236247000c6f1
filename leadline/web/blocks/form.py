"""The form of a block: what for, on which days, when, how long, from when on."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from babel import dates
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.activities.blocks.clock import zone_named
from leadline.activities.models import Block, Work
from leadline.web.frame.reader import reader

LENGTHS = (30, 45, 60, 90, 120, 150, 180, 240)
WEEKS = ((1, _("Every week")), (2, _("Every second week")), (3, _("Every third week")), (4, _("Every fourth week")))
FARTHEST = dt.timedelta(days=3660)


class BlockForm(forms.Form):
    """`from_day` is the first day that is as the form says; of a new block its first day at all."""

    name = forms.CharField(label=_("Name"), max_length=120)
    work = forms.ChoiceField(label=_("Kind of work"), choices=Work.choices, initial=Work.PROSPECTING)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    starts_at = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.TypedChoiceField(label=_("For"), coerce=int)
    every_weeks = forms.TypedChoiceField(label=_("How often"), coerce=int, choices=WEEKS, initial=1)
    aim = forms.IntegerField(label=_("Meaningful conversations to aim for"), min_value=0, max_value=99, initial=5)
    from_day = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    end_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, block: Block, there: bool, given: Any = None) -> None:
        """`block` as it is, or as one is proposed; `there`: it takes place already."""
        self.block, self.there = block, there
        today = timezone.now().astimezone(zone_named(block.zone)).date()
        names = ("name", "work", "weekdays", "starts_at", "minutes", "every_weeks", "aim", "end_on")
        initial = {name: getattr(block, name) for name in names} | {"from_day": max(today, block.start_on)}
        super().__init__(given, initial=initial, auto_id="block_%s")
        lengths = sorted({*LENGTHS, block.minutes})
        self._choose("minutes", [(minutes, length(minutes)) for minutes in lengths])
        self._choose("weekdays", list(enumerate(weekday_names())))
        self._choose("every_weeks", [*WEEKS] if block.every_weeks <= len(WEEKS) else [*WEEKS, (block.every_weeks,) * 2])
        self.today = today

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # the fields above

    def clean_from_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["from_day"]
        if day < self.today:
            raise forms.ValidationError(_("What has been stays as it was. Choose today or a later day."))
        return self._near(day)

    def clean_end_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["end_on"]
        return day and self._near(day)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        end, start = values.get("end_on"), values.get("from_day")
        if end and start and end < start:
            self.add_error("end_on", _("The last day comes before the first. Choose a later one."))
        return values

    def values(self) -> dict[str, Any]:
        """The fields of a block, of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "from_day"}

    def _near(self, day: dt.date) -> dt.date:
        if day > self.today + FARTHEST:
            raise forms.ValidationError(_("Choose a day within ten years."))
        return day


def weekday_names(width: Literal["wide", "abbreviated"] = "wide") -> list[str]:
    """Monday to Sunday in the reader's language."""
    names = dates.get_day_names(width, "stand-alone", reader().locale)
    return [str(names[day]) for day in range(7)]


def length(minutes: int) -> str:
    """30 min, 1 h, 1 h 30."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest}" if rest else f"{hours} h"
