"""Who I am here, and how pages look to me."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leadline.accounts.models import User
from leadline.activities.models import Habits
from leadline.web.absences.showing import absences
from leadline.web.feeds.views import addresses
from leadline.web.frame.navigation import THEMES
from leadline.web.me.forms import HereForm
from leadline.web.me.sessions import end, end_others, signed_in

YEAR = 60 * 60 * 24 * 365


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """My name, role and team (an administrator changes those), how I read, and how and where I am signed in."""
    assert isinstance(request.user, User)
    known = {"time_zone": request.user.time_zone, "language": request.user.language}
    form = HereForm(request.POST or None, initial=known)
    if form.is_valid():
        request.user.time_zone = form.cleaned_data["time_zone"]
        request.user.language = form.cleaned_data["language"]
        request.user.save(update_fields=["time_zone", "language"])
        messages.success(request, _("Saved."))
        return redirect("me")
    found = signed_in(request.user, request.session)
    context = {"form": form, "sessions": found, "habits": Habits.of(request.user)}
    context |= {**addresses(request, request.user), **absences(request.user)}
    return render(request, "me/account.html", context, status=422 if form.errors else 200)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """`session` names one of mine, which ends; without it all others but this one do. This one is signed out of."""
    assert isinstance(request.user, User)
    name = request.POST.get("session", "")
    ended = end(request.user, name) if name else end_others(request.user, request.session.session_key)
    text = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", ended) % {"count": ended}
    messages.success(request, text)
    return redirect("me")


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system: kept in a cookie, so that the page is right before any script runs."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=settings.TLS)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """Where the form stood, if that is here; the start page else."""
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return page if safe else "/"
