"""Who should hear of what: the log is read behind a cursor, and what concerns somebody becomes a notice.

Somebody hears of what another person did: that they were named in a note, that something was handed to them or what
they handed on was answered, that a record became theirs, that they take part in something, that a record which they
follow was changed or got a note, a file, an activity. Imports, rules and undoing are no news.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from leadline.accounts.actors import HUMAN_WAYS
from leadline.accounts.models import User
from leadline.crm.models import Follow, HandOff, HandOffState, Notice, NoticeReader, Why
from leadline.history import reading
from leadline.history.models import Change
from leadline.history.registry import model_of
from leadline.history.writing import locked, writing

FOLLOWED = ("deal", "lead", "person", "organization", "product")
OWNED = (*FOLLOWED[:4], "activity")
WINDOW, WINDOWS = 5000, 4  # rows of the log read at a time, and how often in one go
AT_ONCE = 500  # ids in one question
LIGHT = ("id", "txn", "by_id", "via", "undoes")
Place = tuple[str, int]
Followers = dict[Place, dict[int, dt.datetime]]
ANSWERS = frozenset({HandOffState.ACCEPTED, HandOffState.RETURNED})
RANK = {
    why: rank for rank, why in enumerate((Why.NAMED, Why.OFFERED, Why.ANSWERED, Why.GIVEN, Why.JOINED, Why.FOLLOWED))
}
# Kinds of records in which colleagues take part, and where these are listed; floors above add theirs.
COLLEAGUES: dict[str, str] = {}


@dataclass(frozen=True)
class News:
    """One change as it concerns one person."""

    user_id: int
    why: Why
    place: Place
    guard: Place  # what the changed thing is seen with: a note on a deal and its person, with the deal
    change: Change


def catch_up() -> None:
    """Write the notices of what has happened since last time. Cheap where nothing has."""
    newest = Change.objects.order_by("-txn", "-id").values_list("txn", "id").first() or (0, 0)
    reader = NoticeReader.objects.order_by("pk").first()
    if reader is None:  # what was before anybody could be told is no news
        NoticeReader.objects.create(txn=newest[0], change_id=newest[1])
    elif (reader.txn, reader.change_id) != newest:
        with writing():
            _read_on(locked(NoticeReader.objects.filter(pk=reader.pk)).get())


def unread(user: User) -> int:
    """How many notices wait for somebody, of records that they still see; at most 100 are counted."""
    waiting = list(Notice.objects.filter(user=user, read_at=None)[:100])
    return len(list(seen(waiting, user)))


def seen(notices: Iterable[Notice], user: User) -> Iterator[Notice]:
    """Those about records that the person sees."""
    rows = list(notices)
    places = visible_places(user, {(row.kind, row.record_id) for row in rows})
    return (row for row in rows if (row.kind, row.record_id) in places)


def mark_read(user: User, notice: int | None = None) -> None:
    """One notice of somebody, or all."""
    waiting = Notice.objects.filter(user=user, read_at=None)
    (waiting.filter(pk=notice) if notice else waiting).update(read_at=timezone.now())


def visible_places(user: User, places: Iterable[Place]) -> set[Place]:
    """The places that the person sees, one question a kind."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in places:
        by_kind[kind].add(pk)
    found: set[Place] = set()
    for kind, ids in by_kind.items():
        for some in _parts(sorted(ids)):
            rows = model_of(kind).objects.visible_to(user).filter(pk__in=some)
            found |= {(kind, pk) for pk in rows.values_list("pk", flat=True)}
    return found


def _read_on(reader: NoticeReader) -> None:
    cursor = reading.Cursor(reader.txn, reader.change_id)
    for _n in range(WINDOWS):
        rows = reading.changes_after(cursor, WINDOW, LIGHT)
        cursor = reading.moved(cursor, rows)
        by_hand = [pk for pk, _txn, by, via, undoes in rows if by and via in HUMAN_WAYS and undoes is None]
        _write([news for some in _parts(by_hand) for news in _news(some)])
        if len(rows) < WINDOW:
            break
    reader.txn, reader.change_id = cursor
    reader.save()


def _parts(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _news(ids: list[int]) -> Iterator[News]:
    changes = list(Change.objects.filter(pk__in=ids).order_by("id"))
    places = {change.pk: list(_places(change)) for change in changes}
    followers = _followers({place for of_one in places.values() for place in of_one})
    for change in changes:
        for place in places[change.pk]:
            for user_id, why in _concerned(change, place, followers):
                if user_id != change.by_id:
                    yield News(user_id, why, place, places[change.pk][0], change)
        here = change.entity, change.record_id
        yield from (News(user_id, Why.JOINED, here, here, change) for user_id in _joined(change) - {change.by_id})
        yield from (
            News(user_id, why, here, here, change) for user_id, why in _handed(change) if user_id != change.by_id
        )


def _joined(change: Change) -> set[int]:
    name = COLLEAGUES.get(change.entity)
    if name is None or not (change.verb == Change.CREATE or name in change.old):
        return set()
    return set(change.new.get(name) or []) - set(change.old.get(name) or [])


def _handed(change: Change) -> Iterator[tuple[int, Why]]:
    """Its taker hears of a hand-off, its giver of the answer; whoever did it themselves does not."""
    if change.entity != HandOff.ENTITY:
        return
    new = change.new
    if change.verb == Change.CREATE and new["state"] == HandOffState.WAITING:
        yield new["taker_id"], Why.OFFERED
    elif "state" in change.old and new["state"] in ANSWERS and new.get("giver_id"):
        yield new["giver_id"], Why.ANSWERED


def _concerned(change: Change, place: Place, followers: Followers) -> Iterator[tuple[int, Why]]:
    old, new = change.old, change.new
    made = change.verb == Change.CREATE
    if change.entity == "note" and (made or "mention_ids" in old):
        for user_id in set(new.get("mention_ids") or []) - set(old.get("mention_ids") or []):
            yield user_id, Why.NAMED
    if change.entity in OWNED and (made or "owner_id" in old) and new.get("owner_id"):
        yield new["owner_id"], Why.GIVEN
    for user_id, since in followers.get(place, {}).items():
        if since <= change.recorded_at:
            yield user_id, Why.FOLLOWED


def _places(change: Change) -> Iterator[Place]:
    """The record itself, or those that a note, a file, an activity, a line or a participant hangs on."""
    if change.entity in FOLLOWED:
        yield change.entity, change.record_id
        return
    after = change.new
    for kind in FOLLOWED[:4]:
        if pk := after.get(f"{kind}_id"):
            yield kind, pk


def _followers(places: set[Place]) -> Followers:
    """Who follows each of these, and since when."""
    found: Followers = defaultdict(dict)
    for kind in {kind for kind, _pk in places}:
        for some in _parts(sorted(pk for other, pk in places if other == kind)):
            rows = Follow.objects.filter(kind=kind, record_id__in=some, user__is_active=True)
            for user_id, pk, since in rows.values_list("user_id", "record_id", "since"):
                found[kind, pk][user_id] = since
    return found


def _write(news: list[News]) -> None:
    """One notice for each person and act: the weightiest reason, and how many other records it reached."""
    together: dict[tuple[int, Any], list[News]] = defaultdict(list)
    for item in _open_to_them(news):
        together[item.user_id, item.change.act or item.change.pk].append(item)
    Notice.objects.bulk_create((_notice(items) for items in together.values()), ignore_conflicts=True)


def _notice(items: list[News]) -> Notice:
    first = min(items, key=lambda item: (RANK[item.why], item.change.pk))
    others = len({item.place for item in items if item.why is first.why}) - 1
    if first.change.entity not in FOLLOWED and first.place[0] != HandOff.ENTITY:
        others = 0  # a note on a deal and its person is one note
    kind, pk = first.place
    return Notice(
        user_id=first.user_id, why=first.why, change_id=first.change.pk, kind=kind, record_id=pk, others=others
    )


def _open_to_them(news: list[News]) -> Iterator[News]:
    """Nobody hears of what they may not see."""
    asked: dict[int, set[Place]] = defaultdict(set)
    for item in news:
        asked[item.user_id] |= {item.place, item.guard}
    users = User.objects.filter(is_active=True).in_bulk(asked)
    seen_by = {pk: visible_places(user, asked[pk]) for pk, user in users.items()}
    return (item for item in news if {item.place, item.guard} <= seen_by.get(item.user_id, set()))
