"""A forgotten password: by mail where Leadline sends mail, else by asking an administrator."""

from __future__ import annotations

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Sends a link, or says who can help and with which command."""
    if settings.EMAIL_URL:
        answer: HttpResponse = account.password_reset(request)
        return answer
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return render(request, "account/password_ask.html")
