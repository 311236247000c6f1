"""The sign-in page; before there is anybody, where to find the way in."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from leadline.accounts.models import User


@login_not_required
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for e-mail and password. A server that nobody can sign in to yet says so, and where its set-up link is."""
    if request.method in ("GET", "HEAD") and not User.objects.filter(is_active=True).exists():
        return render(request, "entry/nobody_yet.html")
    answer: HttpResponse = account.login(request)
    return answer
