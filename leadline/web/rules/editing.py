"""Writing a rule: the form, drawn anew as it grows, tried on the past, saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.permissions import may, refusal
from leadline.crm.conditions import asker
from leadline.history.numbers import number_of
from leadline.rules import checking, trying
from leadline.rules.acts.changing import settable
from leadline.rules.models import Rule
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.places import address_of
from leadline.web.frame.refusals import by_field
from leadline.web.records.answering import did
from leadline.web.rules import choices
from leadline.web.rules.cause_words import cause_said
from leadline.web.rules.draft import Draft, draft_in, draft_of, fresh
from leadline.web.rules.finding import rule_or_404
from leadline.web.settings.frame import draw

SPANS = (7, 30, 90)  # days of the past on which a rule can be tried
NAMES = 120
FORM = "rules/_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def rule_add(request: HttpRequest) -> HttpResponse:
    """GET: an empty rule. POST: keeps it."""
    _require(request)
    if request.method != "POST":
        return _draw(request, fresh(), None)
    return _saved(request, Rule(position=_last() + 1))


@require_http_methods(["GET", "HEAD", "POST"])
def rule_change(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: a rule as it is. POST: changes it. Whoever may not sees it all the same."""
    rule = rule_or_404(pk)
    if request.method != "POST":
        return _draw(request, draft_of(rule), rule)
    _require(request)
    return _saved(request, rule)


@require_POST
def rule_draw(request: HttpRequest) -> HttpResponse:
    """The form anew, after a choice on which others depend; nothing is kept."""
    _require(request)
    return _draw(request, draft_in(request.POST), _of_form(request))


@require_POST
def rule_try(request: HttpRequest) -> HttpResponse:
    """What the rule as the form has it would have done; nothing is kept."""
    _require(request)
    draft, rule = draft_in(request.POST), _of_form(request)
    span = number_of(request.POST.get("rule-span", ""))
    days = span if span in SPANS else SPANS[1]
    end = timezone.now()
    context: dict[str, Any] = {"days": days, "trial": None}
    try:
        tried = _read(draft, Rule(pk=rule.pk if rule else None))
        context["trial"] = trying.tried(tried, reader_of(request), end - dt.timedelta(days=days), end)
        context["cause"] = cause_said(tried)
    except ValidationError as error:
        draft.wrong = by_field(error)
        context["refused"] = error.messages
    return _draw(request, draft, rule, part="rules/_trial.html", **context)


def _saved(request: HttpRequest, rule: Rule) -> HttpResponse:
    draft, by = draft_in(request.POST), doer(request)
    new = rule.pk is None
    kept = None if new else rule
    if draft.conditions.problems:
        return _draw(request, draft, kept, status=422)
    values = draft.values()
    values["name"] = draft.name or _name(draft)
    try:
        if new:
            for name, value in values.items():
                setattr(rule, name, value)
            rule.add(by=by)
        else:
            rule.edit(by=by, **values)
    except ValidationError as error:
        draft.wrong = by_field(error)
        return _draw(request, draft, kept, status=422)
    on = _("“%(rule)s” is saved, and on.") if rule.active else _("“%(rule)s” is saved, and off.")
    return did(request, by, on % {"rule": rule}, reverse("rules"), go=reverse("rules"))


def _read(draft: Draft, rule: Rule) -> Rule:
    """The rule of a draft, checked as if it were kept. Raises ValidationError."""
    rule.kind, rule.when = draft.kind, draft.when
    rule.details = checking.details(draft.kind, draft.when, draft.details)
    rule.query = checking.query(draft.kind, draft.conditions.query)
    rule.acts = checking.acts(draft.kind, draft.acts)
    rule.name = draft.name or cause_said(rule)[:NAMES]
    return rule


def _name(draft: Draft) -> str:
    """What sets it off, where nobody has named it."""
    try:
        return cause_said(_read(draft, Rule()))[:NAMES]
    except ValidationError:
        return _("Rule")  # refused in a moment, beside what is wrong


def _draw(
    request: HttpRequest,
    draft: Draft,
    rule: Rule | None,
    *,
    part: str = "rules/_form.html",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    watched, set_by = checking.watchable(draft.kind), settable(draft.kind)
    context = {
        "draft": draft, "rule": rule, "conditions": draft.conditions, "choices": choices,
        "can": may(reader_of(request), "change", Rule()),
        "value": choices.control(watched, str(draft.details.get("field", ""))),
        "controls": [choices.control(set_by, str(act.get("field", ""))) for act in draft.acts],
        "redraw_at": reverse("rule_draw"), "redraw": "#rule-form", "spans": SPANS, "today": asker().today,
        "address_of": address_of, **more,
    }  # fmt: skip
    return draw(request, "rules/rule.html", context, part=part, status=status)


def _require(request: HttpRequest) -> None:
    if not may(reader_of(request), "change", Rule()):
        raise PermissionDenied(refusal("change", Rule.ENTITY))


def _of_form(request: HttpRequest) -> Rule | None:
    number = number_of(request.POST.get("rule", ""))
    return Rule.objects.kept().filter(pk=number).first() if number is not None else None


def _last() -> int:
    return Rule.objects.aggregate(last=Max("position"))["last"] or 0
