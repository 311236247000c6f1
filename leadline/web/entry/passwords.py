"""A forgotten password where Leadline sends no mail."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def ask_an_administrator(request: HttpRequest) -> HttpResponse:
    """Says who can help, and with which command."""
    return render(request, "account/password_ask.html")
