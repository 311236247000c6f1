"""The pages behind one-time links: /setup/…/ and /join/…/."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leadline.accounts import invitations
from leadline.accounts.models import User
from leadline.crm.models import base_currency
from leadline.web.entry import founding
from leadline.web.entry.forms import PasswordForm, SetupForm


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator says who they are. The link works once, for a day, while there is no administrator."""
    try:
        invitation = invitations.find(token, setup=True)
        form = SetupForm(request.POST or None, person=User(), initial={"currency": base_currency()})
        if not founding.currency_is_open():
            del form.fields["currency"]
        if form.is_valid():
            return _in(request, founding.found(invitation, **form.cleaned_data))
    except invitations.NotValid:
        return _spent(request, "entry/setup_spent.html")
    return _form(request, "entry/setup.html", form)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody invited chooses a password and is in. The link works once, for a week."""
    try:
        invitation = invitations.find(token, setup=False)
        assert invitation.user is not None
        form = PasswordForm(request.POST or None, person=invitation.user)
        if form.is_valid():
            return _in(request, founding.accept(invitation, **form.cleaned_data))
    except invitations.NotValid:
        return _spent(request, "entry/join_spent.html")
    return _form(request, "entry/join.html", form)


def _form(request: HttpRequest, template: str, form: PasswordForm) -> HttpResponse:
    return render(request, template, {"form": form, "person": form.person}, status=422 if form.errors else 200)


def _spent(request: HttpRequest, template: str) -> HttpResponse:
    return render(request, template, {"ready": invitations.has_administrator()}, status=410)


def _in(request: HttpRequest, user: User) -> HttpResponse:
    """Signed in with a fresh session; whoever has a second step is asked for it first."""
    answer: HttpResponse = perform_login(request, user)
    return answer
