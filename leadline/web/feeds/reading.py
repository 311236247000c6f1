"""A calendar read by its secret address, by a program that signs in nowhere and asks every few minutes."""

from __future__ import annotations

import hashlib
import time
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.accounts.models import User
from leadline.activities.calendar_file import feeds, reserved, working, writing
from leadline.activities.calendar_file.entries import Entry, Window
from leadline.activities.zones import zone_of
from leadline.web.entry.lockout import place
from leadline.web.frame.limits import Limit
from leadline.web.frame.navigation import address
from leadline.web.frame.places import address_of
from leadline.web.frame.reader import reading_as

TYPE = "text/calendar; charset=utf-8"
# A reader that polls once a minute is far below; many readers may share one office's address.
MOST, MOST_FROM_ONE_PLACE, WITHIN = 30, 600, 300.0  # questions, within seconds
KEPT = 32  # calendars kept as they were written last
_limit = Limit()


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar; 404 for any address that opens none, whether it ever did or not."""
    if wait := _wait(request, secret):
        return _closed(HttpResponse(status=429, headers={"Retry-After": str(wait)}))
    found = feeds.found(secret)
    if found is None:
        return _closed(
            HttpResponse(_("There is no such calendar."), status=404, content_type="text/plain; charset=utf-8")
        )
    with reading_as(found.user):
        zone = zone_of(found.user)
        said = tuple(_entries(found.user, request.build_absolute_uri("/").rstrip("/")))
        name = _("Leadline: %(name)s") % {"name": found.user}
    feeds.read(found, timezone.now())
    etag = f'"{hashlib.sha256(repr((said, name, zone.key)).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(_written(said, name, zone.key), content_type=TYPE)
        response.headers["Content-Disposition"] = 'inline; filename="leadline.ics"'
    response.headers["ETag"] = etag
    return _closed(response)


def forget() -> None:
    """Nobody has read anything."""
    _limit.forget()


def _wait(request: HttpRequest, secret: str) -> int:
    """Counted for each address, also those that open nothing, and for the place that asks."""
    now = time.monotonic()
    wait = _limit.wait(("from", place(request)), now, MOST_FROM_ONE_PLACE, WITHIN)
    return wait or _limit.wait(feeds.digest(secret), now, MOST, WITHIN)


def _closed(response: HttpResponse) -> HttpResponse:
    """The address is a secret: nobody on the way keeps the answer, no page that is opened from it learns of it."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _entries(user: User, here: str) -> list[Entry]:
    window = Window.around(timezone.now(), zone_of(user))
    blocks = here + (address("blocks") or "/")
    return [
        *working.entries(user, window, lambda kind, pk: here + link(kind, pk)),
        *reserved.entries(user, window, blocks),
    ]


def link(kind: str, pk: int) -> str:
    """Where what an activity is about can be opened, else itself."""
    return address_of(kind, pk) or reverse("activity", args=[pk])


_written = lru_cache(KEPT)(writing.written)
