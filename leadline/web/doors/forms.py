"""A public form: looked at, sent, thanked for. What was sent is kept before anything else is done with it."""

from __future__ import annotations

import time

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from leadline.crm.intake import keep
from leadline.crm.models import Door, DoorKind
from leadline.web.doors import drawing, filling, guarding, places
from leadline.web.doors.answering import closed, length, plain
from leadline.web.doors.finding import door_at
from leadline.web.doors.sealing import opened, seal

MOST = 512 * 1024  # bytes of what is sent: letters take up to twelve, and fields thousands of letters
FORM = "application/x-www-form-urlencoded"


@login_not_required
def form(request: HttpRequest, token: str) -> HttpResponse:
    """GET: the form, or with ?sent its thanks. POST: 303 to the thanks, 422 with what is wrong."""
    if request.method == "POST":
        return _sent(request, token)
    if request.method not in ("GET", "HEAD"):
        return _not_so(request)
    if wait := places.wait_to_read(places.place_of(request)):
        return _slower(request, wait)
    door = door_at(token, DoorKind.FORM)
    if door is None:
        return _nothing(request)
    if request.GET.get("sent"):
        return drawing.thanks_page(request, door)
    if not door.active:
        return drawing.closed_page(request, door)
    return drawing.form_page(request, door, seal(door.token, time.time()))


@login_not_required
def theme(request: HttpRequest, token: str) -> HttpResponse:
    """The form's own look."""
    door = door_at(token, DoorKind.FORM)
    if door is None:
        return _nothing(request)
    css, _word = drawing.theme_of(door)
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    return closed(response)


@login_not_required
def embed(request: HttpRequest, token: str) -> HttpResponse:
    """The script that puts the form into a page of somebody's own site."""
    if door_at(token, DoorKind.FORM) is None:
        return _nothing(request)
    response = HttpResponse(drawing.EMBED_JS, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return closed(response)


def _sent(request: HttpRequest, token: str) -> HttpResponse:
    where = places.place_of(request)
    if wait := places.wait_to_send(where):
        return _slower(request, wait)
    door = door_at(token, DoorKind.FORM)
    if door is None:
        return _nothing(request)
    if not door.active:
        return drawing.closed_page(request, door)
    if request.content_type != FORM:
        return plain(request, 415, _("Send it as a form."))
    if length(request) > MOST:
        return plain(request, 413, _("This is too much for a form. Write less, and send it again."))
    post = request.POST
    filled = filling.read(door, post)
    if filled.errors:
        sealed = post.get("_seal", "")
        return drawing.form_page(request, door, sealed if opened(token, sealed) else seal(token, time.time()), filled)
    _keep(door, post, filled, where)
    return HttpResponseRedirect(_thanks(request, door), status=303)


def _keep(door: Door, post: QueryDict, filled: filling.Filled, where: str) -> None:
    now = time.time()
    found = opened(door.token, post.get("_seal", ""))
    why = guarding.held(found, post.get(guarding.TRAP, ""), filled.given, where, now)
    mark = filled.mark(found.mark if found else "")
    keep(door.pk, mark, filled.given, filling.origin(door, post, filled), why=why)


def _thanks(request: HttpRequest, door: Door) -> str:
    """In a frame always our own page, from which a script leads the page around further."""
    if drawing.is_embedded(request):
        return f"/forms/{door.token}/?sent=1&embed=1"
    return door.texts.get("go_to") or f"/forms/{door.token}/?sent=1"


def _nothing(request: HttpRequest) -> HttpResponse:
    return plain(request, 404, _("There is no such form."))


def _not_so(request: HttpRequest) -> HttpResponse:
    response = plain(request, 405, _("Look at the form, or send it."))
    response.headers["Allow"] = "GET, HEAD, POST"
    return response


def _slower(request: HttpRequest, wait: int) -> HttpResponse:
    minutes = _("Too many came from your network. Try again in %(minutes)d minutes.") % {"minutes": -(-wait // 60)}
    return plain(request, 429, minutes, after=wait)
