"""What a rule did, the latest first: to which record, why, what came of it, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import User
from leadline.accounts.permissions import may, refusal
from leadline.history.models import Change
from leadline.history.standing import undone_among
from leadline.history.undoing import Undone, undo_act
from leadline.rules import acting
from leadline.rules.models import Rule, RuleRun, RunState
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.formats import moment
from leadline.web.frame.places import address_of
from leadline.web.records.answering import did
from leadline.web.rules.act_words import TELL, Known, acts_said
from leadline.web.rules.cause_words import cause_said, condition_said
from leadline.web.rules.finding import rule_or_404
from leadline.web.settings.changing import may_change
from leadline.web.settings.frame import draw
from leadline.web.wording.naming import Names
from leadline.web.wording.telling import Told, tell

A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """One run in words. `undone`: what it did has been taken back. A record that the reader may not see has no name."""

    run: RuleRun
    record: str
    href: str
    cause: str
    did: list[str]
    undone: bool

    @property
    def open(self) -> bool:
        """Whether there is something to take back."""
        return self.run.act is not None and not self.undone


@require_safe
def rule_runs(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of them; `state=failed` those that went wrong."""
    rule, reader, state = rule_or_404(pk), reader_of(request), request.GET.get("state", "")
    runs = rule.runs.filter(state=state) if state in RunState.values else rule.runs.all()
    found = Paginator(runs, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rule": rule,
        "cause": cause_said(rule),
        "condition": condition_said(rule, reader),
        "acts": acts_said(rule),
        "page": found,
        "rows": rows(rule, list(found), reader),
        "state": state,
        "can": may_change(request, Rule),
    }
    return draw(request, "rules/runs.html", context, part="rules/_runs.html")


@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """One that failed, once more."""
    by, run = doer(request), _run(pk, reader_of(request))
    run, back = acting.again(run.pk), reverse("rule_runs", args=[run.rule_id])
    if run.state == RunState.FAILED:
        said = _("It failed once more. %(error)s") % {"error": run.error}
        return did(request, by, said, back, go=back)
    return did(request, by, _("Done."), back, go=back)


@require_POST
def run_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What one run did is taken back, as far as it still stands and the person may change it."""
    by, run = doer(request), _run(pk, reader_of(request))
    undone = undo_act(run.act, by=by) if run.act else Undone()
    if not undone.records:
        raise ValidationError(" ".join(undone.left) or _("There is nothing left to take back."))
    back = reverse("rule_runs", args=[run.rule_id])
    return did(request, by, " ".join([_("Taken back."), *undone.left]), back, go=back)


def _run(pk: int, reader: User) -> RuleRun:
    """For those who may change rules. Raises PermissionDenied, Http404."""
    if not may(reader, "change", Rule()):
        raise PermissionDenied(refusal("change", Rule.ENTITY))
    run = RuleRun.objects.filter(pk=pk, rule__deleted_at=None).first()
    if run is None:
        raise Http404
    return run


def rows(rule: Rule, runs: Sequence[RuleRun], reader: User) -> list[Row]:
    """In words; some questions for all of them together."""
    names = Names(reader)
    for run in runs:
        names.want(run.kind, [run.record_id])
    changes = Change.objects.in_bulk([run.change_id for run in runs if run.change_id is not None])
    told = dict(zip(changes, tell(changes.values(), reader, names), strict=True))
    known, undone = Known(rule.acts), _undone([run for run in runs if run.act is not None])
    return [
        Row(
            run,
            names.of(run.kind, run.record_id),
            address_of(run.kind, run.record_id) if names.knows(run.kind, run.record_id) else "",
            _cause(run, told.get(run.change_id or 0)) if names.knows(run.kind, run.record_id) else "",
            _did(rule, run, known),
            run.act in undone,
        )
        for run in runs
    ]


def _undone(runs: Sequence[RuleRun]) -> set[Any]:
    """The acts of which nothing stands any more."""
    changes = list(Change.objects.filter(act__in=[run.act for run in runs]))
    gone = undone_among(changes)
    return {change.act for change in changes} - {change.act for change in changes if change.pk not in gone}


def _cause(run: RuleRun, told: Told | None) -> str:
    if told is not None:
        about = "" if told.kind == run.kind else f" ({told.record})"
        return f"{told.who} {told.deed}{about}"
    _kind, _space, said = run.cause.partition(f"{run.record_id} ")
    if said.startswith("idle since "):
        return _("idle since %(moment)s") % {
            "moment": moment(dt.datetime.fromisoformat(said.removeprefix("idle since ")))
        }
    return said.rpartition(" ")[2]


def _did(rule: Rule, run: RuleRun, known: Known) -> list[str]:
    """As the rule says it now, act by act, where it still does the same; what was so already says that."""
    same = [one["do"] for one in run.did] == [act["do"] for act in rule.acts]
    if not same:
        return [_count(one) for one in run.did]
    return [
        TELL[act["do"]](rule.kind, act, known) + (_(" (was so already)") if one.get("same") else "")
        for act, one in zip(rule.acts, run.did, strict=True)
    ]


def _count(one: Mapping[str, Any]) -> str:
    """What is known without the rule as it was."""
    match one["do"]:
        case "activity" | "checklist":
            n = len(one["ids"])
            return ngettext("added %(n)d activity", "added %(n)d activities", n) % {"n": n}
        case "notify":
            n = len(one["user_ids"])
            return ngettext("told %(n)d person", "told %(n)d people", n) % {"n": n}
    given, labels, field, parked = _("gave it to somebody"), _("changed labels"), _("set a field"), _("parked it")
    return {"assign": given, "label": labels, "set": field, "park": parked}.get(str(one["do"]), "")
