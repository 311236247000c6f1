"""What is asked of the page: a period as in Insights, and whose time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.activities.models import Activity
from leadline.crm.models.personal import people_led
from leadline.history.cleaning import FIRST_DAY, in_our_time
from leadline.insights.ask_time import Asked, asked_by, people_of
from leadline.web.insights import period

USUAL = "90d"
BY_WEEK = 200  # days up to which a period is told by week; longer ones are by month
NAMES = ("30d", "90d", "month", "quarter", "year", "12m", "all")


class Question(forms.Form):
    """`period` is a name; without one `from` and `to` count. `person`: one of those whose time the reader sees."""

    period = forms.ChoiceField(required=False)
    to = forms.DateField(label=_("To"), required=False)
    person = forms.TypedChoiceField(label=_("Person"), required=False, coerce=int, empty_value=None)

    def __init__(self, given: QueryDict, user: User) -> None:
        super().__init__(given, auto_id="ask_%s")
        self.user, self.calendar = user, period.company_calendar()
        self.people = list(people_of(user).order_by("name", "pk"))
        self.fields["from"] = forms.DateField(label=_("From"), required=False)
        words: dict[str, Any] = {**period.NAMES, **period.MORE}
        self._choose("period", [(name, words[name]) for name in NAMES])
        self._choose("person", [("", _("Everybody")), *((one.pk, str(one)) for one in self.people)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # the fields above

    @property
    def offered(self) -> list[tuple[str, Any]]:
        """Whom one can choose: as everywhere whom one leads; the numbers tell of those who left as well."""
        offered = {self.user.pk, *people_led(self.user).values_list("pk", flat=True), self.whose}
        return [("", _("Everybody")), *((str(one.pk), one) for one in self.people if one.pk in offered)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("from"), values.get("to")
        for name in ("from", "to"):
            if values.get(name):
                try:
                    in_our_time(values[name], name)
                except ValidationError as error:
                    self.add_error(None, error)
        if start and end and start > end and not values.get("period"):
            self.add_error("to", _("The period ends before it begins. Choose a later day."))
        return values

    @property
    def name(self) -> str:
        """The period's name; "" for days of one's own. What is wrong is answered as the usual one."""
        values = self.cleaned_data if self.is_valid() else {}
        own = values.get("from") or values.get("to")
        return str(values.get("period") or ("" if own else USUAL))

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        today = period.company_today()
        if self.name:
            found = period.named(self.name, today, self.calendar)
            start, end = found.start, found.end
        else:
            start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        end = end or today
        return max(start or _first_day(end), FIRST_DAY), end

    @property
    def whose(self) -> int | None:
        return self.cleaned_data.get("person") if self.is_valid() else None

    def asked(self, step: str = "") -> Asked:
        """The question: by week, or where there would be too many of them by month."""
        start, end = self.days
        step = step or ("week" if (end - start).days <= BY_WEEK else "month")
        return asked_by(self.user, start, end, step, [self.whose] if self.whose else ())

    def keep(self) -> dict[str, str]:
        """The question as an address has it."""
        start, end = self.days
        days = {"period": self.name} if self.name else {"from": start.isoformat(), "to": end.isoformat()}
        return days | ({"person": str(self.whose)} if self.whose else {})


def _first_day(end: dt.date) -> dt.date:
    """When something was first done; nobody asks how little time went somewhere before there was a company."""
    first = Activity.objects.done().order_by("done_at").values_list("done_at", flat=True).first()
    return first.date() if first else end
