"""The rules in their order, who would get the latest leads by them, and those that nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.accounts.models import SalesRole, User
from leadline.crm.assigning import Choice, propose
from leadline.crm.assigning.choosing import candidates
from leadline.crm.conditions import read
from leadline.crm.models import AssignmentRule, Lead, LeadStatus
from leadline.web.frame.doing import reader_of
from leadline.web.lists.writing import READING
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change, moved
from leadline.web.settings.frame import draw
from leadline.web.wording.assigning import names_of, people_in, proposed_because

TRIED, WAITING = 8, 200  # leads: on which the rules are tried; that are given out at once


@dataclass(frozen=True)
class Shown:
    """A rule in words: when it holds, and whom it names."""

    rule: AssignmentRule
    holds: list[str]
    broken: list[str]
    people: list[User]

    @property
    def role(self) -> str:
        return str(SalesRole(self.rule.sales_role).label) if self.rule.sales_role else ""


@dataclass(frozen=True)
class Tried:
    """Who would get a lead, and why."""

    lead: Lead
    choice: Choice
    because: str
    passed_over: list[str]


@require_safe
def assignment(request: HttpRequest) -> HttpResponse:
    return draw_assignment(request)


def draw_assignment(request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    rules = list(AssignmentRule.objects.kept().select_related("pod"))
    reader = reader_of(request)
    waiting = nobodys(reader)[: WAITING + 1]
    context: dict[str, Any] = {
        "here": reverse("assignment"),
        "rules": [_shown(rule) for rule in rules],
        "orders": moved([rule.pk for rule in rules]),
        "gone": list(AssignmentRule.objects.exclude(deleted_at=None).order_by("-deleted_at")[:50]),
        "can": may_change(request, AssignmentRule),
        "tried": tried(reader) if rules else [],
        "waiting": len(waiting),
        "most": WAITING,
        "wrong": wrong,
    }
    return draw(
        request, "settings/assignment/assignment.html", context, part="settings/assignment/_rules.html", status=status
    )


def nobodys(reader: User) -> Any:
    """Open leads without an owner, oldest first."""
    rows = Lead.objects.visible_to(reader).kept()
    return rows.filter(status=LeadStatus.OPEN, owner=None).order_by("created_at", "pk")


def tried(reader: User) -> list[Tried]:
    """The latest leads, as if each came now and nobody had it: each alone, so that one may be named several times."""
    latest = list(Lead.objects.visible_to(reader).kept().order_by("-pk")[:TRIED])
    choices = [propose(lead) for lead in latest]
    names = names_of({pk for choice in choices for pk in people_in(choice.passed_over)})
    return [Tried(lead, choice, *proposed_because(choice, names)) for lead, choice in zip(latest, choices, strict=True)]


def _shown(rule: AssignmentRule) -> Shown:
    try:
        holds, broken = read("lead", rule.query).words(READING), list[str]()
    except ValidationError as error:
        holds, broken = [], error.messages
    return Shown(rule, holds or [_("every lead")], broken, candidates(rule))
