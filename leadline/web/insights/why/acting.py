"""What people do about a finding: dismiss it with a reason, take it up again, say what was done, draft a goal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.crm.models import KnownFinding
from leadline.insights.ask_diagnosis import DIAGNOSIS, today
from leadline.insights.findings import recording
from leadline.insights.kept.asking import latest
from leadline.insights.kept.subject import Subject
from leadline.insights.measuring import ids
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.insights.asked import with_query
from leadline.web.insights.why.drafting import draft
from leadline.web.insights.why.showing import judged_by
from leadline.web.records.answering import did

if TYPE_CHECKING:
    from leadline.insights.findings.told import ToldFinding


class DismissForm(forms.Form):
    """Why it is put aside."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why: whoever sees it later wants to know.")},
    )  # fmt: skip


class DoneForm(forms.Form):
    """What was done, and when."""

    done = forms.CharField(
        label=gettext_lazy("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what was done.")},
    )  # fmt: skip
    on = forms.DateField(
        label=gettext_lazy("On"), widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("This is not a day. Write it like 2026-11-22.")},
    )  # fmt: skip

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if day > today():
            raise ValidationError(_("What was done lies in the past, or is done today."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form. POST: puts the finding aside."""
    row, by = _to_judge(request, pk), doer(request)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        shown = _latest(request, row)  # the record has the day's first; what was read may be a later one
        seen = recording.standing(shown) if shown else None
        row.dismiss(form.cleaned_data["reason"], today(), by=by, seen=seen)
        return _did(request, row, by, _("Dismissed. It comes back when it becomes worse."))
    return _form(request, "dismiss", row, form)


@require_http_methods(["GET", "HEAD", "POST"])
def acted(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form. POST: notes what was done about it."""
    row, by = _to_judge(request, pk), doer(request)
    begun = {"done": row.done, "on": row.acted_on or today()}
    form = DoneForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        row.act(form.cleaned_data["done"], form.cleaned_data["on"], by=by)
        return _did(request, row, by, _("Noted. What follows is held against what was before."))
    return _form(request, "acted", row, form)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer dismissed."""
    row, by = _to_judge(request, pk), doer(request)
    row.take_up(by=by)
    return _did(request, row, by, _("Taken up again."))


@require_safe
def finding_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A goal to copy or to print, drafted from the latest diagnosis."""
    row = _seen(request, pk)
    told = draft(row, _latest(request, row), today())
    return render(request, "insights/why/draft.html", {"draft": told, "back": address_of(row)})


def address_of(row: KnownFinding) -> str:
    """The page that the finding stands on."""
    query = QueryDict(mutable=True)
    if row.pipeline_id:
        query["pipeline"] = str(row.pipeline_id)
    team = next((label for label, pk in ids("team").items() if pk == row.team_id), "") if row.team_id else ""
    if team:
        query["team"] = team
    return with_query(reverse("insights_why"), query)


def _latest(request: HttpRequest, row: KnownFinding) -> ToldFinding | None:
    """As the latest diagnosis says it."""
    kept = latest(DIAGNOSIS, Subject(row.pipeline_id, row.team_id), reader_of(request)).value
    return next((one for one in kept.findings if one.key == row.key), None) if kept else None


def _seen(request: HttpRequest, pk: int) -> KnownFinding:
    """Raises Http404 for one that is not there or not open to the reader."""
    found: KnownFinding = get_object_or_404(KnownFinding.objects.visible_to(reader_of(request)).kept(), pk=pk)
    return found


def _to_judge(request: HttpRequest, pk: int) -> KnownFinding:
    """As `_seen`. Raises PermissionDenied for one that others judge."""
    found = _seen(request, pk)
    if not judged_by(reader_of(request), found):
        raise PermissionDenied(_("Only those who lead judge findings about the company."))
    return found


def _did(request: HttpRequest, row: KnownFinding, by: Actor, text: str) -> HttpResponse:
    back = address_of(row)
    return did(request, by, text, back, go=back)


def _form(request: HttpRequest, name: str, row: KnownFinding, form: forms.Form) -> HttpResponse:
    context = {"form": form, "row": row, "action": reverse(f"finding_{name}", args=(row.pk,)), "part": name}
    part = f"insights/why/_{name}.html"
    return page(request, "insights/why/form.html", part, context, status=422 if form.errors else 200)
