"""The calendar as a page: what stands where, for whom; and what may be put elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User, Visibility
from leadline.activities.models import Activity, Block
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
MONDAY = dt.date(2027, 3, 1)
JSON = {"Accept": "application/json"}


def at(hour: int, minute: int = 0, day: dt.date = MONDAY) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


def page(client: Client, view: str = "week", day: dt.date = MONDAY, **asked: Any) -> Element:
    answer = client.get("/activities/calendar/", {"view": view, "day": str(day), **asked})
    assert answer.status_code == 200
    return read(answer.content)


def column(shown: Element, day: dt.date = MONDAY) -> Element:
    return next(one for one in shown.all("section", class_="cal-day") if one.attributes["data-day"] == str(day))


def events(where: Element) -> dict[str, dict[str, str]]:
    """By subject: its attributes, its classes under "is"."""
    return {
        one.one("b").text: {**one.attributes, "is": one.attributes["class"]} for one in where.all("li", class_="event")
    }


def plan(owner: User, subject: str = "Call", **fields: Any) -> Activity:
    return make.activity(subject=subject, owner=owner, by=SYSTEM, **fields)


def test_a_week_as_it_is(cast: Cast, signed_in: SignedIn) -> None:
    plan(cast.owner, "Timed", due_at=at(10, 15), minutes=45)
    plan(cast.owner, "Day", due_on=MONDAY)
    plan(cast.owner, "Night", due_at=at(23), minutes=120)
    plan(cast.owner, "Unsaid", due_at=at(15))
    plan(cast.owner, "Held", due_at=at(9), minutes=30).complete(by=SYSTEM)
    plan(cast.owner, "Logged", done_at=at(8, day=dt.date(2026, 3, 2)))
    plan(cast.owner, "Gone", due_at=at(9)).trash(by=SYSTEM)
    shown = page(signed_in(cast.owner))
    found = events(column(shown))
    assert found.keys() == {"Timed", "Day", "Night", "Unsaid", "Held"}
    assert (found["Timed"]["data-at"], found["Timed"]["data-long"]) == ("615", "45")
    assert "data-at" not in found["Day"]
    assert (found["Night"]["data-at"], found["Night"]["data-long"]) == ("1380", "60")
    assert found["Unsaid"]["data-long"] == "30"
    assert "data-minutes" not in found["Unsaid"]
    assert "done" in found["Held"]["is"]
    assert found["Held"]["data-fixed"] == "done"
    night = events(column(shown, MONDAY + dt.timedelta(days=1)))["Night"]
    assert (night["data-at"], night["data-long"]) == ("0", "60")
    assert "goes-on" in night["is"]
    then = dt.date(2026, 3, 2)
    assert not events(column(page(signed_in(cast.owner), day=then), then))  # nobody had planned it
    past = events(column(page(signed_in(cast.owner), day=then, done=1), then))
    assert past.keys() == {"Logged"}
    for minute in (1, 2, 3):
        plan(cast.owner, f"Note {minute}", done_at=at(16, minute, day=then))
    day = column(page(signed_in(cast.owner), view="day", day=then), then)
    assert events(day).keys() == {"Logged"}
    heap = day.one("li", class_="cal-heap").one("a")
    assert heap.text == "+3 done"
    assert len(events(read(signed_in(cast.owner).get(heap.attributes["href"]).content))) == 4
    assert len(shown.all("section", class_="off")) == 2


def test_days_are_the_readers(cast: Cast, signed_in: SignedIn) -> None:
    cast.owner.time_zone = "America/New_York"
    cast.owner.save()
    plan(cast.owner, "Late", due_at=at(2))
    plan(cast.owner, "Day", due_on=MONDAY)
    shown = page(signed_in(cast.owner))
    assert events(column(shown)).keys() == {"Day"}
    assert "Late" not in str(events(shown))
    before = page(signed_in(cast.owner), day=MONDAY - dt.timedelta(days=1))
    late = events(column(before, MONDAY - dt.timedelta(days=1)))["Late"]
    assert late["data-at"] == str(21 * 60)


def test_whose_it_shows(cast: Cast, signed_in: SignedIn) -> None:
    Visibility.objects.update_or_create(kind="activity", defaults={"see": "owner", "change": "owner"})
    plan(cast.owner, "Mine", due_at=at(9))
    plan(cast.outsider, "Hidden", due_at=at(9))
    plan(cast.outsider, "With me", due_at=at(11), colleague_ids=[cast.owner.pk])
    plan(cast.teammate, "Theirs", due_at=at(10))
    client = signed_in(cast.owner)
    assert events(page(client)).keys() == {"Mine", "With me"}
    both = f"{cast.owner.pk},{cast.outsider.pk}"
    answer = client.get("/activities/calendar/", {"view": "day", "day": str(MONDAY), "people": both})
    assert b"Hidden" not in answer.content
    team = {"team": cast.outsider.team_id}
    assert "Mine" not in events(page(signed_in(cast.leader), **team))
    assert events(page(signed_in(cast.leader), **team)).keys() == {"Hidden", "With me"}
    beside = page(signed_in(cast.administrator), view="day", people=both)
    by_name = {one.one("h2").text: set(events(one)) for one in beside.all("section", class_="cal-day")}
    assert by_name == {"Olga": {"Mine", "With me"}, "Umar": {"Hidden", "With me"}}


def test_what_will_come_again_and_time_kept_free(cast: Cast, signed_in: SignedIn) -> None:
    start = timezone.now().astimezone(dt.UTC).replace(hour=10, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    again = plan(cast.owner, "Weekly", due_at=start, minutes=30, repeats="FREQ=WEEKLY")
    Block(
        owner=cast.owner, name="Prospecting", weekdays=list(range(5)), starts_at=dt.time(9), start_on=start.date(),
    ).add(by=SYSTEM)  # fmt: skip
    then = (start + dt.timedelta(days=7)).date()
    shown = page(signed_in(cast.owner), day=then)
    ghost = events(shown)["Weekly"]
    assert ghost["data-id"] == str(again.pk)
    assert ghost["data-fixed"] == "ghost"
    assert "ghost" in ghost["is"]
    assert len(shown.all("ol", class_="cal-blocks")) == 5
    assert not page(signed_in(cast.teammate), day=then, people=cast.owner.pk).all("ol", class_="cal-blocks")


def test_a_full_day_of_a_month_says_how_many_more(cast: Cast, signed_in: SignedIn) -> None:
    for n in range(20):
        plan(cast.owner, f"Call {n}", due_at=at(8 + n // 4, n % 4 * 15))
    cell = column(page(signed_in(cast.owner), view="month"))
    assert len(events(cell)) == 8
    more = cell.one("li", class_="cal-rest").one("a")
    assert more.text == "+12 more"
    assert len(events(read(signed_in(cast.owner).get(more.attributes["href"]).content))) == 20


def test_queries_do_not_grow_with_what_is_shown(cast: Cast, signed_in: SignedIn) -> None:
    def asked(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, people=f"{cast.owner.pk},{cast.teammate.pk}")
        return len(queries)

    client = signed_in(cast.owner)
    for n in range(3):
        plan(cast.teammate, due_at=at(9 + n), deal=make.deal(owner=cast.teammate, by=SYSTEM))
    page(client)
    few = asked(client)
    for n in range(30):
        plan(cast.owner, due_at=at(7 + n // 4), deal=make.deal(owner=cast.owner, by=SYSTEM), person=make.person())
    assert asked(client) <= few + 2  # and of whether the contacts may be seen, once for all


def move(client: Client, row: Activity, **data: Any) -> Any:
    return client.post(f"/activities/calendar/{row.pk}/move/", data, headers=JSON)


def test_moving(cast: Cast, signed_in: SignedIn) -> None:
    row, client = plan(cast.owner, due_at=at(9), minutes=30), signed_in(cast.owner)
    saw = str(at(9).timestamp())
    answer = move(client, row, day="2027-03-02", time="10:45", saw=saw, saw_minutes="30")
    assert answer.status_code == 200
    assert "Undo" not in answer.content.decode()
    row.refresh_from_db()
    assert (row.due_at, row.minutes) == (at(10, 45, dt.date(2027, 3, 2)), 30)
    late = move(client, row, day="2027-03-03", time="08:00", saw=saw)
    assert late.status_code == 409, "somebody has moved it since"
    move(client, row, minutes="90", saw_minutes="30")
    move(client, row, day="2027-03-05")
    row.refresh_from_db()
    assert (row.due_on, row.minutes) == (dt.date(2027, 3, 5), 90)
    move(client, row, day="2027-03-05", time="08:00")
    row.refresh_from_db()
    assert (row.due_on, row.due_at) == (None, at(8, 0, dt.date(2027, 3, 5)))
    wrong = ({"day": "soon", "time": "9"}, {"minutes": "-5"}, {"minutes": "9999999"}, {"day": "2027-03-02", "saw": "x"})
    for data in wrong:
        assert move(client, row, **data).status_code == 422, data
    assert move(signed_in(cast.reader), row, day="2027-03-09").status_code in (403, 404)
    row.complete(by=SYSTEM)
    assert move(client, row, day="2027-03-09").status_code == 422
    plain = client.post(f"/activities/calendar/{plan(cast.owner, due_at=at(9)).pk}/move/", {"day": "2027-03-02"})
    assert plain.status_code == 302


def test_the_second_of_an_hour_that_comes_twice(cast: Cast, signed_in: SignedIn) -> None:
    cast.owner.time_zone = "Europe/Berlin"
    cast.owner.save()
    row, client = plan(cast.owner, due_at=at(9), minutes=30), signed_in(cast.owner)
    for again, utc in (("", 0), ("1", 1)):
        move(client, row, day="2027-10-31", time="02:30", again=again)
        row.refresh_from_db()
        assert row.due_at == at(utc, 30, dt.date(2027, 10, 31))
    shown = page(client, day=dt.date(2027, 10, 31))
    assert events(shown)["Call"]["data-at"] == "210"
    assert shown.one("div", class_="cal-hours").attributes["data-length"] == "1500"
    move(client, row, day="2027-03-28", time="02:30")  # is left out: as much later
    row.refresh_from_db()
    assert row.due_at == at(1, 30, dt.date(2027, 3, 28))
