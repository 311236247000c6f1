"""What a reader sees when something cannot be shown: plain words, a way on, nothing of the inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, _("That address or form cannot be read"), _("Go back and try once more."))


@requires_csrf_token
def refused(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    """What a verb refused, in its words."""
    return _page(request, 422, _("That could not be done"), " ".join(reasons))


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, _("This is not open to you"), _("If you need it for your work, ask an administrator."))


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("There is nothing here"),
        _("The address may be old or mistyped, or what it named is not open to you."),
    )


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        500,
        _("Something failed on our side"),
        _("Nothing of what you entered has been half saved. Try again; if it fails again, tell an administrator when."),
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("This form has grown old"),
        _("Go back, load the page anew and send the form again. Cookies must be allowed for this site."),
    )


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "text": text, "status": status}, status=status)
