"""The digest on screen: of today as it stands, of a past day as it was said; its letters, on and off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel import dates
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.mail import digests, stopping
from leadline.mail.digests import Due
from leadline.mail.models import Cover, DigestWish, Edition
from leadline.web.digests.letters import title
from leadline.web.digests.making import gathered, scope_of
from leadline.web.digests.parts import Scope
from leadline.web.digests.seeing import still_seen
from leadline.web.digests.wishes import WishForm
from leadline.web.frame import formats
from leadline.web.frame.doing import reader_of
from leadline.web.frame.reader import reader as reads

SHOWN = 14  # days to go back to


@require_safe
def digest(request: HttpRequest) -> HttpResponse:
    """`week`: the leaders' weekly one. `day`: a past day's, as it was sent or first read."""
    reader = reader_of(request)
    cover = Cover.WEEK.value if request.GET.get("week") and reader.leads else Cover.DAY.value
    scope = scope_of(reader, cover, timezone.now())
    day = _day(request.GET.get("day", ""), scope.on_day)
    past = day != scope.on_day
    parts, made_at = _past(scope, day) if past else _now(scope)
    kept = Edition.objects.filter(user=reader, cover=cover).exclude(on_day=scope.on_day)
    context: dict[str, Any] = {
        "parts": still_seen(parts, reader),
        "title": title(Scope(reader, cover, day, scope.since, scope.now, scope.zone)),
        "weekly": scope.weekly,
        "leads": reader.leads,
        "past": past,
        "day": day,
        "made_at": made_at,
        "days": list(kept.values_list("on_day", flat=True)[:SHOWN]),
        "wish": WishForm(reader),
        "mail": bool(settings.EMAIL_URL),
    }
    return render(request, "digests/digest.html", context)


@require_POST
def digest_wish(request: HttpRequest) -> HttpResponse:
    """Letters on or off, and their hour."""
    form = WishForm(reader_of(request), request.POST)
    if form.is_valid():
        wish = form.keep()
        messages.success(request, _saved(wish))
    else:
        messages.error(request, _("Write the hour as in 07:30."))
    week = "?week=1" if request.GET.get("week") else ""
    return redirect(f"{reverse('digest')}{week}#by-mail")


def _saved(wish: DigestWish) -> str:
    """With the day and hour of the first letter, as it comes to whoever has something to be told."""
    first = digests.first_after(wish, timezone.now())
    if first is None:
        return _("Saved. No letters: the digest stays here on screen.")
    return _("Saved. The first letter comes on %(day)s at %(hour)s, if there is something to tell.") % {
        "day": formats.day(first.date()),
        "hour": dates.format_time(first.time(), "short", locale=reads().locale),
    }


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def letters_stop(request: HttpRequest, signed: str) -> HttpResponse:
    """GET: a page with one button, as mail programs open links by themselves. POST: no more of it, at once (RFC 8058).

    Needs no sign-in and no token: whoever has the link can stop these letters and do nothing else.
    """
    wanted = stopping.read(signed)
    if wanted is None:
        raise Http404
    if request.method == "POST":
        stopping.stop(wanted)
    response = render(request, "digests/stop.html", {"name": wanted.name, "stopped": request.method == "POST"})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _day(text: str, today: dt.date) -> dt.date:
    try:
        return min(dt.date.fromisoformat(text), today)
    except ValueError:
        return today


def _now(scope: Scope) -> tuple[list[dict[str, Any]], dt.datetime]:
    """As it stands; what was read first is kept as that day's, unless a letter is."""
    parts = [part.plain() for part in gathered(scope)]
    due = Due(scope.user, scope.cover, scope.on_day)
    if not Edition.objects.filter(user=scope.user, cover=scope.cover, on_day=scope.on_day).exists():
        digests.keep(due, {"parts": parts}, scope.now)
    return parts, scope.now


def _past(scope: Scope, day: dt.date) -> tuple[list[dict[str, Any]], dt.datetime | None]:
    edition = Edition.objects.filter(user=scope.user, cover=scope.cover, on_day=day).first()
    return (edition.said.get("parts", []), edition.made_at) if edition else ([], None)
