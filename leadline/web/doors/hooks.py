"""Leads that other programs send, signed as Standard Webhooks says. Each `webhook-id` is kept once."""

from __future__ import annotations

import json
import time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leadline.crm.intake import keep, signing
from leadline.crm.intake.keeping import plainly
from leadline.crm.models import Door, DoorKind
from leadline.web.doors import places
from leadline.web.doors.answering import length, plain, said
from leadline.web.doors.finding import door_at

MOST = 256 * 1024  # bytes of a message


@login_not_required
def hook(request: HttpRequest, token: str) -> HttpResponse:
    """202 kept; 200 had it already; 400, 401, 404, 405, 410, 411, 413, 415 or 429 with {"error": why}."""
    door = door_at(token, DoorKind.HOOK)
    if door is None:
        return plain(request, 404, _("There is no such webhook."))
    if request.method != "POST":
        response = plain(request, 405, _("Send it by POST."))
        response.headers["Allow"] = "POST"
        return response
    if not door.active:
        return plain(request, 410, _("This webhook takes nothing any more."))
    if request.content_type != "application/json":
        return plain(request, 415, _("Send application/json."))
    if request.headers.get("Transfer-Encoding") and not length(request):
        return plain(request, 411, _("Say by Content-Length how long it is."))
    if length(request) > MOST:
        return plain(request, 413, _("A message has at most %(bytes)d bytes.") % {"bytes": MOST})
    return _refused(request, door) or _kept(request, door)


def _refused(request: HttpRequest, door: Door) -> HttpResponse | None:
    """What is not signed by who has the secret; None for what is."""
    mark, moment = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    given = request.headers.get("webhook-signature", "")
    if not (mark and moment and given):
        return plain(request, 400, _("Send webhook-id, webhook-timestamp and webhook-signature."))
    if signing.is_timely(moment, time.time()) and signing.is_signed(door, mark, moment, given, request.body):
        if wait := places.wait_to_post(door.pk):
            return plain(request, 429, _("Too many at once. Send it again later."), after=wait)
        return None
    if wait := places.wait_unsigned(places.place_of(request)):
        return plain(request, 429, _("Too many that were not signed."), after=wait)
    if not signing.is_timely(moment, time.time()):
        return plain(request, 401, _("The timestamp is more than five minutes from now."))
    return plain(request, 401, _("The signature is not right."))


def _kept(request: HttpRequest, door: Door) -> HttpResponse:
    try:
        given = plainly(json.loads(request.body))  # reads halves of signs and endless numbers, which we then mend
    except (ValueError, RecursionError):
        return plain(request, 400, _("This is no JSON that can be kept."))
    if not isinstance(given, dict):
        return plain(request, 400, _("Send one JSON object."))
    mark = request.headers["webhook-id"]
    origin: dict[str, Any] = {"webhook_id": plainly(mark)[:200]}
    new = keep(door.pk, mark, given, origin)
    return said(202 if new else 200, {"status": "kept" if new else "duplicate"})
