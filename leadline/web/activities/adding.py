"""An activity is added from anywhere: by one line, or by the fields below it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.permissions import may
from leadline.activities.models import Activity
from leadline.history.numbers import number_of
from leadline.web.activities import composing, making, matching
from leadline.web.activities.form import KINDS, ActivityForm, refuse_twice
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.frame.places import record_url
from leadline.web.records.answering import did
from leadline.web.search.limits import limited

PRESET = ("type", "minutes", "day", "time", "owner", "priority", "place", "note")


class AddForm(ActivityForm):
    """`line` says it all; what is filled in below it counts before it. `on` is "deal-12"; `log`: it has been done."""

    line = forms.CharField(label=gettext_lazy("What, when, with whom"), max_length=300, required=False)
    on = forms.CharField(label=gettext_lazy("On"), max_length=40, required=False)
    log = forms.BooleanField(required=False)
    several: list[dict[str, Any]]

    def on_record(self) -> Any:
        """The record it is to hang on, as far as one is named."""
        return matching.record_at(self.reader, (self.data if self.is_bound else self.initial).get("on", ""))

    def make(self, by: Actor) -> Activity:
        """Adds it. Raises ValidationError."""
        given, record = self.cleaned_data, self.on_record()
        if given["on"] and record is None:
            raise ValidationError({"on": _("It is not there any more, or not open to you.")})
        found = making.understood(making.read(given["line"]), self.reader, record)
        self.several = [{"id": f"{row.kind}-{row.pk}", "name": row.name, "about": row.about} for row in found.several]
        if self.several:
            raise ValidationError(
                {"on": _("Several are called “%(name)s”. Choose one.") % {"name": found.line.names or found.line.guess}}
            )
        activity = making.activity_of(found, log=given["log"], kind=given["type"] or "", note=given["note"])
        if not given["line"].strip() and not given["type"]:
            raise ValidationError({"line": _("Write what it is, such as: call tue 10 with Ann.")})
        self._fill(activity)
        return activity.add(by=by)

    def _fill(self, activity: Activity) -> None:
        """What stands in the fields counts before what the line says."""
        given = self.cleaned_data
        for name in ("minutes", "place"):
            setattr(activity, name, given[name] or getattr(activity, name))
        activity.subject = given["subject"] or activity.subject
        activity.priority = int(given["priority"] or 0) or activity.priority
        activity.remind_before = number_of(given["remind_before"])
        activity.outcome = given["outcome"] if activity.is_done and given["outcome"] else activity.outcome
        activity.participant_ids = sorted({*activity.participant_ids, *self.people("participants")})
        activity.colleague_ids = self.people("colleagues")
        if given["type"]:
            activity.type = making.type_of(given["type"])
        if given["owner"]:
            activity.owner_id = number_of(given["owner"])
        if given["day"]:
            for name, value in self.due().items():
                setattr(activity, name, value)
        if not activity.is_done:
            activity.repeats = self.rule() or activity.repeats
        for kind in KINDS:
            if (linked := self.linked(kind)) is not None:
                setattr(activity, kind, linked)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_add(request: HttpRequest) -> HttpResponse:
    """GET: the form, filled from the address (`deal=12`, `due=2026-11-24T10:00`, `log=1` …). POST: adds."""
    reader = reader_of(request)
    if not may(reader, "add", Activity()):
        raise PermissionDenied(_("You may not add this."))
    form = AddForm(reader, request.POST) if request.method == "POST" else AddForm(reader, initial=_given(request))
    form.several = []
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            activity = form.make(by)
        except ValidationError as error:
            refuse_twice(form, error)
        else:
            on = activity.guarded_by()
            changes = [
                {"kind": one.ENTITY, "id": one.pk, "mine": True, "fields": [], "on": {}} for one in (on, activity)
            ]
            return did(request, by, composing.added(activity), record_url(on) or "/activities/", changes=changes)
    context = {"form": form, "record": form.on_record()}
    part = "activities/_add.html"
    return page(request, "activities/add.html", part, context, status=422 if form.errors else 200)


@require_safe
@limited
def activity_with(request: HttpRequest) -> JsonResponse:
    """[{"id": "deal-12", "name", "about"}]: what an activity can hang on, for what was typed."""
    rows = matching.named(reader_of(request), request.GET.get("q", "").strip()[: matching.LONGEST])
    return JsonResponse(
        [{"id": f"{row.kind}-{row.pk}", "name": row.name, "about": row.about} for row in rows], safe=False
    )


def _given(request: HttpRequest) -> dict[str, Any]:
    """What the address fills in."""
    given = {name: request.GET[name] for name in ("line", "log", *PRESET) if request.GET.get(name)}
    kind = next((kind for kind in KINDS if number_of(request.GET.get(kind, ""))), "")
    if kind:
        given["on"] = f"{kind}-{request.GET[kind]}"
    day, _t, time = request.GET.get("due", "").partition("T")
    return {**({"day": day} if day else {}), **({"time": time[:5]} if time else {}), **given}
