"""Where somebody is signed in, and how to end that: at once, as every request asks the database for its session."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from leadline.accounts.models import User
from leadline.web.entry.lockout import place
from leadline.web.me.browsers import browser

KEPT = "signed_in"  # where a session keeps what is told of it
EVERY = dt.timedelta(minutes=10)  # how exactly we know when somebody was here last


@dataclass(frozen=True)
class SignedIn:
    """One session. `name` stands for its key, which is a secret."""

    name: str
    browser: str
    place: str
    since: dt.datetime | None
    last: dt.datetime | None
    here: bool


def signed_in(user: User, session: SessionBase) -> list[SignedIn]:
    """This person's sessions, this one first, then the one used last."""
    here, now = session.session_key, dict(session.items())
    found = [_told(row.pk, now if row.pk == here else row.get_decoded(), row.pk == here) for row in _rows(user)]
    return sorted(found, key=lambda one: (one.here, one.last or dt.datetime.min.replace(tzinfo=dt.UTC)), reverse=True)


def end(user: User, name: str) -> int:
    """End the one of this person's sessions that bears this name; 0 where there is none."""
    return _delete([row.pk for row in _rows(user) if _name(row.pk) == name])


def end_others(user: User, here: str | None) -> int:
    """End all of this person's sessions but this one; returns how many."""
    return _delete([row.pk for row in _rows(user) if row.pk != here])


def session_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: a session remembers which browser uses it, from where, since when and when last (to ten minutes)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _remember(request, timezone.now())
        return get_response(request)

    return middleware


def _remember(request: HttpRequest, now: dt.datetime) -> None:
    known = request.session.get(KEPT) or {}
    if known and now - dt.datetime.fromisoformat(known["last"]) < EVERY:
        return
    request.session[KEPT] = {
        "agent": request.headers.get("User-Agent", "")[:300],
        "place": place(request),
        "since": known.get("since") or now.isoformat(),
        "last": now.isoformat(),
    }


def _rows(user: User) -> Iterator[Any]:
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if row.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield row


def _told(key: str, data: dict[str, Any], here: bool) -> SignedIn:
    known = data.get(KEPT) or {}
    since, last = (dt.datetime.fromisoformat(known[name]) if known.get(name) else None for name in ("since", "last"))
    return SignedIn(_name(key), browser(known.get("agent", "")), known.get("place", ""), since, last, here)


def _name(key: str) -> str:
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:20]


def _delete(keys: list[str]) -> int:
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
