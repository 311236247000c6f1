"""The one door to what changed in the open value between two days (R29)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.insights import moments
from leadline.insights.ask_board import deals_seen
from leadline.insights.measuring import ids
from leadline.insights.question import BadQuestion
from leadline.insights.warehouse import warehouse

if TYPE_CHECKING:
    from leadline.insights.changes.answer import Changes, Part
    from leadline.insights.changes.steps import Scope

BEGINNING = dt.datetime(1900, 1, 1)  # noqa: DTZ001  naive UTC; before anything
Days = tuple[dt.date | None, dt.date | None]


def changes(
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    as_of: dt.datetime | dt.date | None = None,
    pipeline: int | None = None,
    where: Mapping[str, str | None] | None = None,
    user: User | None = None,
    closing: bool = False,
) -> Changes:
    """What changed from the end of the day before `start` to the end of `end`, of the deals that `user` may see.

    `closing` counts only what is expected to close from `start` to `end`. Raises BadQuestion for narrowing by anything
    but owner, team and source.
    """
    # Arrow stays off the start-up path.
    from leadline.insights.changes import answer  # noqa: PLC0415

    after, until = span(start, end, as_of)
    return answer.changes(
        warehouse(), _scope(pipeline, where or {}, user, (start, end) if closing else None), after, until
    )


def deals_behind(name: str, **asked: Any) -> list[int]:
    """The deals of one bar ("opening", "won" … "closing"), by id. `asked` and what is raised as for `changes`."""
    return [part.deal for part in parts_behind(name, **asked)]


def parts_behind(
    name: str,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    as_of: dt.datetime | dt.date | None = None,
    pipeline: int | None = None,
    where: Mapping[str, str | None] | None = None,
    user: User | None = None,
    closing: bool = False,
) -> list[Part]:
    """What each deal of one bar counted before and after, by its id; together they are the bar. As `changes`."""
    from leadline.insights.changes import answer  # noqa: PLC0415  see changes

    after, until = span(start, end, as_of)
    scope = _scope(pipeline, where or {}, user, (start, end) if closing else None)
    return answer.parts(warehouse(), scope, after, until, name)


def span(
    start: dt.date | None, end: dt.date | None, as_of: dt.datetime | dt.date | None
) -> tuple[dt.datetime, dt.datetime]:
    """The two moments, naive UTC: the last before `start`, and the last of `end` or `as_of`, whichever is earlier."""
    zone = settings.LEADLINE_TIME_ZONE
    now = moments.end(as_of, zone) if as_of and not isinstance(as_of, dt.datetime) else as_of or timezone.now()
    last = moments.in_utc(now)  # type: ignore[arg-type]  # a moment by now
    until = min(moments.end(end, zone), last) if end else last
    after = moments.beginning(start, zone) - moments.MICROSECOND if start and start > BEGINNING.date() else BEGINNING
    return min(after, until), until


def _scope(pipeline: int | None, where: Mapping[str, str | None], user: User | None, closing: Days | None) -> Scope:
    from leadline.insights.changes.steps import Scope  # noqa: PLC0415  see changes

    unknown = where.keys() - {"owner", "team", "source"}
    if unknown:
        raise BadQuestion(f"Changes cannot be narrowed by {', '.join(sorted(unknown))}.")
    owners = _among("owner", where) if "owner" in where else None
    if "team" in where:
        mates = _members(where["team"])
        owners = mates if owners is None else tuple(set(owners) & set(mates))
    first, last = closing or (None, None)
    days = (first or dt.date(1, 1, 1), last or dt.date.max) if closing else None
    return Scope(pipeline, owners, _among("source", where) if "source" in where else None, days, deals_seen(user))


def _among(kind: str, where: Mapping[str, str | None]) -> tuple[int | None, ...]:
    label = where[kind]
    if label is None:
        return (None,)
    found = ids(kind).get(label)
    return () if found is None else (found,)


def _members(label: str | None) -> tuple[int | None, ...]:
    """Who is in the team now; of none, those who are in no team, and nobody."""
    team = None if label is None else ids("team").get(label, -1)
    found = User.objects.filter(team=team).values_list("pk", flat=True)
    return (*found, *([None] if label is None else []))
