"""Setting, changing and ending a goal; and what history says of one while it is typed (R49)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.activities.models import MEASURES, Goal
from leadline.insights.ask_goals import company_day, likelihood, reckoning
from leadline.web.frame.doing import doer, reader_of
from leadline.web.frame.parts import page
from leadline.web.goals.form import GoalForm
from leadline.web.goals.likely_words import told
from leadline.web.goals.whose import Of, asked, named, of_goal
from leadline.web.goals.words import goal_name
from leadline.web.records.answering import did

DAY = dt.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: sets the goal."""
    viewer = reader_of(request)
    of = asked(request, viewer)
    if not may(viewer, "add", Goal()):
        raise PermissionDenied(_("You may not set goals."))
    form = GoalForm(viewer, of, given=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            goal = _drafted(form, of).add(by=by)
        except ValidationError as error:
            form.refuse(error)
        else:
            return did(request, by, _("The goal “%(goal)s” is set.") % {"goal": goal_name(goal)}, _at(of), go=_at(of))
    return _draw(request, form, of)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_change(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form of a goal that is there. POST: changes it; earlier spans are held against what it says now."""
    viewer, goal = reader_of(request), _goal(request, pk)
    of = of_goal(goal, viewer)
    form = GoalForm(viewer, of, goal, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by = doer(request)
        try:
            goal.edit(by=by, **form.values())
        except ValidationError as error:
            form.refuse(error)
        else:
            said = _("The goal “%(goal)s” is changed.") % {"goal": goal_name(goal)}
            return did(request, by, said, _at(of), go=_at(of))
    return _draw(request, form, of)


@require_POST
def goal_end(request: HttpRequest, pk: int) -> HttpResponse:
    """No more of it: its spans so far stay. One that has no whole span behind it goes into the trash."""
    viewer, goal, by = reader_of(request), _goal(request, pk), doer(request)
    of, today = of_goal(goal, viewer), company_day()
    span = reckoning().span_of(goal.every, today, goal.start_on, goal.end_on)
    if goal.start_on >= span.start:
        goal.trash(by=by)
    else:
        goal.edit(by=by, end_on=span.start - DAY)
    return did(request, by, _("The goal “%(goal)s” is ended.") % {"goal": goal_name(goal)}, _at(of), go=_at(of))


@require_safe
def goal_likely(request: HttpRequest) -> HttpResponse:
    """What history says of the goal as the form has it; nothing while something in it is wrong."""
    viewer = reader_of(request)
    goal = _known(request, viewer)
    of = of_goal(goal, viewer) if goal else named(request.GET.get("of", ""), viewer)
    return render(request, "goals/_likely.html", _said(GoalForm(viewer, of, goal, request.GET), of, viewer))


def _said(form: GoalForm, of: Of, viewer: User) -> dict[str, Any]:
    if not form.is_valid() or form.cleaned_data["amount"] <= 0:
        return {"told": None}
    draft = _drafted(form, of)
    if MEASURES[draft.metric].stage and draft.stage_id is None:
        return {"told": None}
    return {"told": told(draft, likelihood(draft, viewer))}


def _drafted(form: GoalForm, of: Of) -> Goal:
    person, team = of.who
    return Goal(metric=form.metric_now, owner_id=person, team_id=team, **form.values())


def _draw(request: HttpRequest, form: GoalForm, of: Of) -> HttpResponse:
    said = _said(form, of, reader_of(request)) if form.is_bound else {"told": None}
    context = {"form": form, "goal": form.goal, "of": of, "measures": MEASURES, **said}
    return page(request, "goals/form.html", "goals/_form.html", context, status=422 if form.errors else 200)


def _goal(request: HttpRequest, pk: int) -> Goal:
    """Raises Http404 for one that is not there, or not open to the reader."""
    found = Goal.objects.visible_to(reader_of(request)).kept().filter(pk=pk).first()
    if not isinstance(found, Goal):
        raise Http404
    return found


def _known(request: HttpRequest, viewer: User) -> Goal | None:
    pk = request.GET.get("goal", "")
    return Goal.objects.visible_to(viewer).kept().filter(pk=pk).first() if pk.isdecimal() else None


def _at(of: Of) -> str:
    return reverse("goals") + of.query
