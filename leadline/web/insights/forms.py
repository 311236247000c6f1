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
from leadline.insights.periods import Period
from leadline.web.insights import choices, period
from leadline.web.insights.asked import Asked
from leadline.web.insights.declaring import Page
from leadline.web.insights.titles import said, title_of

AGAINST = (("", gettext_lazy("Nothing")), *period.AGAINST.items())


def _day(label: Any) -> forms.DateField:
    wrong = {"invalid": gettext_lazy("This is not a day. Write it like 2026-11-22.")}
    begun = MinValueValidator(FIRST_DAY, gettext_lazy("Choose a day from the year 1900 on."))
    return forms.DateField(
        label=label, required=False, input_formats=["%Y-%m-%d"], error_messages=wrong, validators=[begun]
    )


def _named(label: Any, wrong: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": wrong})


class Filter(forms.Form):
    """Period, moment, pipeline, source, team, owner; and what a page lets its reader choose."""

    period = forms.ChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no period of this name. Choose one below, or give From and To.")
        },
    )
    to = _day(gettext_lazy("To"))
    as_of = _day(gettext_lazy("As of"))
    pipeline = forms.ModelChoiceField(
        Pipeline.objects.none(),
        label=gettext_lazy("Pipeline"),
        required=False,
        empty_label=gettext_lazy("All pipelines"),
    )
    source = _named(gettext_lazy("Source"), gettext_lazy("There is no source of this name. Choose one of the list."))
    team = _named(gettext_lazy("Team"), gettext_lazy("There is no team of this name. Choose one of the list."))
    owner = _named(
        gettext_lazy("Owner"), gettext_lazy("You see no deals of anybody of this name. Choose one of the list.")
    )
    against = forms.ChoiceField(
        label=gettext_lazy("Compare with"),
        choices=AGAINST,
        required=False,
    )
    by = forms.ChoiceField(label=gettext_lazy("Group by"), required=False)
    compare = forms.ChoiceField(label=gettext_lazy("Number"), required=False)

    def __init__(self, address: QueryDict, user: User, page: Page) -> None:
        super().__init__(address, auto_id="ask_%s")
        self.page, self.calendar = page, period.company_calendar()
        self.more = period.further(self.calendar)
        self.fields["from"] = _day(gettext_lazy("From"))  # a word of Python's own, so it cannot stand above
        self.fields["pipeline"].queryset = Pipeline.objects.kept()  # type: ignore[attr-defined]  # the field above
        self._choose("period", [*period.NAMES.items(), *self.more.items()])
        self._choose("by", [(name, said(name)) for name in page.group_by])
        self._choose("compare", [(name, title_of(name)) for name in page.chooses])
        for name, every, known in (
            ("source", _("All sources"), choices.sources()),
            ("team", _("All teams"), choices.teams()),
            ("owner", _("Everybody"), choices.owners(user)),
        ):
            self._choose(name, [("", every), *known])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # the fields above

    def choosing(self) -> list[forms.BoundField]:
        """What the page lets its reader choose, where there is a choice."""
        return [self[name] for name, known in (("by", self.page.group_by), ("compare", self.page.chooses)) if known[1:]]

    def narrowing(self) -> list[forms.BoundField]:
        """The choices that are one: with a single pipeline, source … there is nothing to choose."""
        fields = (self[name] for name in self.page.narrows)
        return [bound for bound in fields if bound.data or len(list(cast(Any, bound.field).choices)) > 2]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("from"), values.get("to")
        if start and end and start > end and not values.get("period"):
            self.add_error("to", _("The period ends before it begins. Choose a later day."))
        return values

    def asked(self) -> Asked:
        """The question of a valid form. A named period goes before dates; without either it is the page's usual one."""
        values = {**self.cleaned_data, **dict.fromkeys(self._unasked(), "")}
        name = values["period"] or ("" if values["from"] or values["to"] else self.page.period)
        chosen = Period(values["from"], values["to"])
        if name:
            chosen = period.named(name, values["as_of"] or period.company_today(), self.calendar)
        return Asked(
            period=name,
            start=chosen.start,
            end=chosen.end,
            as_of=values["as_of"],
            pipeline=values["pipeline"].pk if values["pipeline"] else None,
            source=values["source"],
            team=values["team"],
            owner=values["owner"],
            by=_other_than_first(values["by"], self.page.group_by),
            compare=_other_than_first(values["compare"], self.page.chooses),
            against=values["against"],
            usual=self.page.period,
        )

    def _unasked(self) -> list[str]:
        """What an address may say, e.g. one that comes from another page, and this page does not mind."""
        periods = [] if self.page.dated else ["period", "from", "to", "against"]
        return [*periods, *(name for name in ("source", "team", "owner") if name not in self.page.narrows)]


def _other_than_first(chosen: str, known: tuple[str, ...]) -> str:
    """The first of a page's choices is taken when none is, so that addresses need not say it."""
    return "" if chosen == next(iter(known), "") else chosen


def asked_of(request: HttpRequest, page: Page) -> Asked:
    """The question in an address that is not the page's own. Raises BadRequest where there is something wrong in it."""
    assert isinstance(request.user, User)
    form = Filter(request.GET, request.user, page)
    if not form.is_valid():
        raise BadRequest(" ".join(str(text) for texts in form.errors.values() for text in texts))
    return form.asked()
