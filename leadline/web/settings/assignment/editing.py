"""One rule: when it holds, and who gets the lead; saved as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.models import Role, SalesRole, User
from leadline.accounts.permissions import may, refusal
from leadline.crm.conditions import read
from leadline.crm.models import AssignmentRule, Choosing, Pod
from leadline.crm.ordering import behind
from leadline.history.numbers import number_of, numbers_of
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.refusals import by_field
from leadline.web.lists.conditions import Conditions, conditions_in, conditions_of
from leadline.web.records.answering import did
from leadline.web.settings.frame import draw

FORM = "settings/assignment/_form.html"
PEOPLE, POD, ROLE = "people", "pod", "role"


@dataclass
class Draft:
    """A rule as the form has it. `whom` says which of people, pod and role names those who may get the lead."""

    conditions: Conditions
    name: str = ""
    whom: str = PEOPLE
    user_ids: list[int] = field(default_factory=list)
    pod_id: int | None = None
    sales_role: str = ""
    by: str = Choosing.TURN
    most_open: str = ""
    active: bool = True
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The fields of a rule. Raises ValidationError, with the mend."""
        problems: dict[str, list[str]] = {}
        if not self.name:
            problems["name"] = [_("Give it a name.")]
        most = number_of(self.most_open) if self.most_open else None
        if self.most_open and not most:
            problems["most_open"] = [_("Write a whole number above 0, or leave it empty.")]
        named = {PEOPLE: self.user_ids, POD: self.pod_id, ROLE: self.sales_role}[self.whom]
        if not named:
            problems["whom"] = [_("Say who gets these leads.")]
        try:
            query = read("lead", self.conditions.query).query()
        except ValidationError as error:
            problems["query"] = error.messages
        if self.conditions.problems:
            problems["query"] = list(self.conditions.problems)
        if problems:
            raise ValidationError(problems)
        return {
            "name": self.name, "query": query, "by": self.by, "most_open": most, "active": self.active,
            "user_ids": self.user_ids if self.whom == PEOPLE else [],
            "pod_id": self.pod_id if self.whom == POD else None,
            "sales_role": "" if self.whom == PEOPLE else self.sales_role,
        }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_add(request: HttpRequest) -> HttpResponse:
    """An empty rule; kept behind the others."""
    _require(request)
    if request.method != "POST":
        return _draw(request, Draft(conditions_of("lead", "")), None)
    return _saved(request, AssignmentRule(position=behind(AssignmentRule.objects.kept())))


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_rule(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(AssignmentRule.objects.kept(), pk=pk)
    _require(request)
    return _saved(request, rule) if request.method == "POST" else _draw(request, draft_of(rule), rule)


@require_POST
def assignment_form(request: HttpRequest) -> HttpResponse:
    """The form with one condition more or less; nothing is kept."""
    _require(request)
    rule = AssignmentRule.objects.kept().filter(pk=number_of(request.POST.get("rule", "")) or 0).first()
    return _draw(request, draft_in(request.POST), rule)


def draft_of(rule: AssignmentRule) -> Draft:
    whom = PEOPLE if rule.user_ids else POD if rule.pod_id else ROLE
    return Draft(
        conditions_of("lead", rule.query), rule.name, whom, list(rule.user_ids), rule.pod_id, rule.sales_role, rule.by,
        "" if rule.most_open is None else str(rule.most_open), rule.active,
    )  # fmt: skip


def draft_in(given: QueryDict) -> Draft:
    """What the form holds, as it was typed."""
    whom, by, role = given.get("rule-whom", ""), given.get("rule-by", ""), given.get("rule-sales_role", "")
    return Draft(
        conditions_in("lead", given),
        " ".join(given.get("rule-name", "").split())[:120],
        whom if whom in (PEOPLE, POD, ROLE) else PEOPLE,
        _people(given.getlist("rule-user")),
        number_of(given.get("rule-pod", "")),
        role if role in SalesRole.values else "",
        by if by in Choosing.values else str(Choosing.TURN),
        given.get("rule-most_open", "").strip()[:9],
        given.get("rule-active") == "yes",
    )


def _people(chosen: list[str]) -> list[int]:
    wanted = numbers_of(chosen)
    known = set(User.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return [pk for pk in dict.fromkeys(wanted) if pk in known]


def _saved(request: HttpRequest, rule: AssignmentRule) -> HttpResponse:
    draft, by, new = draft_in(request.POST), doer(request), rule.pk is None
    try:
        values = draft.values()
        if new:
            for name, value in values.items():
                setattr(rule, name, value)
            rule.add(by=by)
        else:
            rule.edit(by=by, **values)
    except ValidationError as error:
        draft.wrong = by_field(error)
        return _draw(request, draft, None if new else rule, status=422)
    text = _("“%(rule)s” is saved.") if rule.active else _("“%(rule)s” is saved, and off.")
    return did(request, by, text % {"rule": rule}, reverse("assignment"), go=reverse("assignment"))


def _draw(request: HttpRequest, draft: Draft, rule: AssignmentRule | None, status: int = 200) -> HttpResponse:
    people = User.objects.who_may_own().exclude(role=Role.READER)
    context = {
        "draft": draft,
        "rule": rule,
        "conditions": draft.conditions,
        "redraw_at": reverse("assignment_form"),
        "redraw": "#assignment-form",
        "save_at": reverse("assignment_rule", args=[rule.pk]) if rule else reverse("assignment_add"),
        "people": [*people, *User.objects.filter(pk__in=set(draft.user_ids) - {user.pk for user in people})],
        "pods": list(Pod.objects.kept()),
        "roles": SalesRole.choices,
        "choosing": Choosing.choices,
    }
    return draw(request, "settings/assignment/rule.html", context, part=FORM, status=status)


def _require(request: HttpRequest) -> None:
    """For those who may change rules: others read them in the list."""
    if not may(reader_of(request), "change", AssignmentRule()):
        raise PermissionDenied(refusal("change", AssignmentRule.ENTITY))
