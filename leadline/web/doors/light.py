"""The light path: doors are answered before static files, sessions and sign-in, and never by a page of ours.

Whoever floods a form costs one question and one row each, or one look into a table in memory; nothing they send
reaches what is built for people who sign in.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.web.doors.answering import plain

UNDER = ("/forms/", "/hooks/")
URLS = "leadline.web.doors.urls"
Answer = Callable[[HttpRequest], HttpResponse]


def light_path(get_response: Answer) -> Answer:
    """Middleware: answers doors itself; everything else goes on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(UNDER):
            return get_response(request)
        try:
            view, arguments, named = resolve(request.path_info, URLS)
        except Resolver404:
            return get_response(request)
        with translation.override(settings.LANGUAGE_CODE):
            return _answered(request, lambda: view(request, *arguments, **named))

    return middleware


def _answered(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        request.get_host()  # raises SuspiciousOperation for a name that is not ours
        return view()
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return plain(request, 400, _("This cannot be read."))
    except OperationalError:  # the database is away: nothing was kept, and that is said
        return plain(request, 503, _("This cannot be taken right now. Send it again in a minute."), after=60)
