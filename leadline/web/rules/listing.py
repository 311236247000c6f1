"""The page of all rules: what each does, whether it is on, how often it acted, what went wrong last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.rules.models import Rule, RuleRun, RunState
from leadline.web.frame.doing import reader_of
from leadline.web.rules.act_words import acts_said
from leadline.web.rules.cause_words import cause_said, condition_said
from leadline.web.rules.finding import rule_or_404
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, act, may_change
from leadline.web.settings.frame import draw

LATELY = dt.timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """One rule in words, with what came of it lately; `error` is that of its last run, where that failed."""

    rule: Rule
    cause: str
    condition: str
    acts: list[str]
    done: int
    last: dt.datetime | None
    error: str
    failed: int


def draw_rules(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    context = {
        "rows": rows(reader_of(request)),
        "gone": list(Rule.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "can": may_change(request, Rule),
        "wrong": wrong,
    }
    return draw(request, "rules/rules.html", context, part="rules/_rules.html", status=status)


def rows(reader: User) -> list[Row]:
    kept = list(Rule.objects.kept())
    since = timezone.now() - LATELY
    lately = RuleRun.objects.filter(rule__in=kept, at__gte=since).order_by().values("rule")
    counted = lately.annotate(
        done=Count("pk", filter=Q(state=RunState.DONE)), last=Max("at", filter=Q(state=RunState.DONE)),
        failed=Count("pk", filter=~Q(state=RunState.DONE)), newest=Max("pk"),
    )  # fmt: skip
    counts: dict[int, dict[str, Any]] = {one["rule"]: dict(one) for one in counted}
    last = RuleRun.objects.filter(pk__in=[one["newest"] for one in counted]).exclude(state=RunState.DONE)
    errors = {run.rule_id: run.error or str(RunState(run.state).label) for run in last}
    none: dict[str, Any] = {"done": 0, "last": None, "failed": 0}
    return [
        Row(
            rule, cause_said(rule), condition_said(rule, reader), acts_said(rule), found["done"], found["last"],
            errors.get(rule.pk, ""), found["failed"],
        )
        for rule in kept
        for found in [counts.get(rule.pk, none)]
    ]  # fmt: skip


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    return draw_rules(request)


@require_POST
def rule_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """On or off, at once."""
    rule, on = rule_or_404(pk), request.POST.get("on") == "yes"

    def deed(by: Actor) -> str:
        rule.edit(by=by, active=on)
        return (_("“%(rule)s” is on.") if on else _("“%(rule)s” is off.")) % {"rule": rule}

    return act(request, deed, draw_rules, back="rules", place=f"rule-{pk}")


@require_POST
def rule_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the trash; what it did stays."""
    rule = rule_or_404(pk)

    def deed(by: Actor) -> str:
        rule.trash(by=by)
        return _("“%(rule)s” is deleted.") % {"rule": rule}

    return act(request, deed, draw_rules, back="rules", place=f"rule-{pk}")


@require_POST
def rule_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the trash, and off: somebody looks at it first."""
    rule = rule_or_404(pk, trashed=True)

    def deed(by: Actor) -> str:
        rule.edit(by=by, active=False)
        rule.restore(by=by)
        return _("“%(rule)s” is back, and off.") % {"rule": rule}

    return act(request, deed, draw_rules, back="rules", place=f"rule-{pk}")
