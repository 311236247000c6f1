"""The door for one person: a link, sessions ended, sign-in ended with a hand-over, let in again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import require
from leadline.crm.handing_over import hand_over
from leadline.history import members
from leadline.history.writing import writing
from leadline.web.frame.doing import doer
from leadline.web.settings.acting import acted, stands_beside
from leadline.web.settings.people.forms import HandOverForm, LeavingForm
from leadline.web.settings.people.links import make_link
from leadline.web.settings.people.person import page


@require_POST
def user_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh link by which they choose a (new) password; with `send`, by mail."""
    person = get_object_or_404(User, pk=pk)
    require(doer(request), "change", person)
    make_link(request, person, send="send" in request.POST)
    return page(request, pk) if request.htmx else redirect("user", pk)  # type: ignore[attr-defined]


@require_POST
def user_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Every session of theirs ends."""
    person, by = get_object_or_404(User, pk=pk), Actor(doer(request).user)
    members.sign_out(person, by=by)
    if by.id == person.pk:
        return redirect("account_login")
    return _acted(request, by, _("%(name)s is signed out everywhere.") % {"name": person}, pk)


@require_POST
def user_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """They sign in no more; what they were working on goes to somebody else, if one is named. One act."""
    person, by = get_object_or_404(User, pk=pk), doer(request)
    require(by, "change", person)
    form = LeavingForm(request.POST, person=person)
    if form.is_valid():
        try:
            with writing():
                members.deactivate(person, by=by)
                members.change(person, by=by, left_on=form.cleaned_data["left_on"])
                moved = hand_over(person, to, by=by) if (to := form.cleaned_data["to"]) else {}
            text = _("%(name)s signs in no more.") % {"name": person}
            return _acted(request, by, f"{text} {_moved(moved)}".strip(), pk)
        except ValidationError as error:
            stands_beside(form, error)
    return page(request, pk, status=422, leaving=form)


@require_POST
def user_return(request: HttpRequest, pk: int) -> HttpResponse:
    """They may sign in again, with the password they had."""
    person, by = get_object_or_404(User, pk=pk), doer(request)
    members.change(person, by=by, is_active=True, left_on=None)
    return _acted(request, by, _("%(name)s may sign in again.") % {"name": person}, pk)


@require_POST
def user_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """What is pending of theirs goes to somebody else; `kind` names which kinds of it."""
    person, by = get_object_or_404(User, pk=pk), doer(request)
    form = HandOverForm(request.POST, person=person)
    require(by, "change", person)
    if not form.is_valid():
        return page(request, pk, status=422, handing=form)
    moved = hand_over(person, form.cleaned_data["to"], by=by, kinds=request.POST.getlist("kind"))
    return _acted(request, by, _moved(moved) or _("There was nothing to hand over."), pk)


def _acted(request: HttpRequest, by: Actor, text: str, pk: int) -> HttpResponse:
    return acted(request, by, text, lambda: page(request, pk), reverse("user", args=[pk]))


def _moved(moved: dict[str, int]) -> str:
    count = sum(moved.values())
    if not count:
        return ""
    return ngettext("%(count)d record was handed over.", "%(count)d records were handed over.", count) % {
        "count": count
    }
