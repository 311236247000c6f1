"""The digest: what it says and to whom, on screen and by mail; once a day whatever runs; stopped by its link."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Dashboard, Deal
from leadline.insights import ask
from leadline.mail import digests, stopping
from leadline.mail.digests import Due
from leadline.mail.filing import Paper
from leadline.mail.models import Cover, DigestWish, Edition, Letter, Schedule
from leadline.web.digests.background import run_due
from leadline.web.digests.making import gathered, made, scope_of
from leadline.web.digests.parts import Scope
from leadline.web.digests.weekly.movement import weeks
from tests import factories as make
from tests.cast import Cast, assemble
from tests.web.hidden import set_everywhere

SignedIn = Callable[[User], Client]
MONDAY = dt.datetime(2024, 11, 25, 7, 30, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def wished(user: User, **more: Any) -> DigestWish:
    return DigestWish.objects.create(user=user, since=MONDAY - 3 * DAY, **{"daily": True, **more})


def short(due: Due, now: dt.datetime) -> tuple[dict[str, Any], Paper | None]:
    return {"parts": []}, Paper(f"{due.user} {due.cover} {due.on_day}", "text")


def filed() -> list[str]:
    return [letter.subject for letter in Letter.objects.order_by("pk")]


def test_it_comes_at_the_hour_of_each_readers_clock_on_working_days_and_once(cast: Cast) -> None:
    wished(cast.owner)
    wished(cast.outsider, at=dt.time(9))
    User.objects.filter(pk=cast.outsider.pk).update(time_zone="America/New_York")
    wished(cast.teammate, daily=False)
    wished(cast.inactive)
    wished(cast.leader, weekly=True, daily=False)
    wished(cast.reader, weekly=True, daily=False)  # leads nobody
    assert digests.run_due(short, MONDAY - MINUTE) == []
    for minutes in range(4):
        digests.run_due(short, MONDAY + MINUTE * minutes)
    assert filed() == ["Olga day 2024-11-25", "Lena week 2024-11-25"]
    digests.run_due(short, MONDAY + 6.5 * HOUR)  # nine in New York
    assert filed()[2:] == ["Umar day 2024-11-25"]
    for day in range(1, 8):
        digests.run_due(short, MONDAY + day * DAY)
    olgas = [subject for subject in filed() if subject.startswith("Olga")]
    assert [subject[-2:] for subject in olgas] == ["25", "26", "27", "28", "29", "02"], "none at the weekend"
    assert [subject for subject in filed() if subject.startswith("Lena")][1:] == ["Lena week 2024-12-02"]


def test_what_was_missed_is_not_made_up_for(cast: Cast) -> None:
    wish = wished(cast.owner)
    digests.run_due(short, MONDAY)
    digests.run_due(short, MONDAY + 9 * DAY + HOUR)  # the server was away
    assert filed() == ["Olga day 2024-11-25", "Olga day 2024-12-04"]
    wish.since = MONDAY + 10 * DAY + HOUR  # switched on after its hour
    wish.save()
    assert digests.run_due(short, MONDAY + 10 * DAY + 2 * HOUR) == []


def test_a_process_that_dies_or_is_overtaken_sends_no_second_letter(cast: Cast) -> None:
    wished(cast.owner)
    dead = digests.claim(Due(cast.owner, Cover.DAY, MONDAY.date()), MONDAY)
    assert dead
    assert digests.run_due(short, MONDAY + digests.LEASE - MINUTE) == []

    def overtaken(due: Due, now: dt.datetime) -> tuple[dict[str, Any], Paper | None]:
        digests.run_due(short, MONDAY + 2 * digests.LEASE)
        return short(due, now)

    digests.run_due(overtaken, MONDAY + digests.LEASE)
    assert filed() == ["Olga day 2024-11-25"]

    def broken(due: Due, now: dt.datetime) -> tuple[dict[str, Any], Paper | None]:
        raise RuntimeError("no ink")

    digests.run_due(broken, MONDAY + DAY)
    digests.run_due(short, MONDAY + DAY + digests.LEASE)
    assert len(filed()) == 2

    def stopped(due: Due, now: dt.datetime) -> tuple[dict[str, Any], Paper | None]:
        DigestWish.objects.update(daily=False)
        return short(due, now)

    digests.run_due(stopped, MONDAY + 2 * DAY)
    assert len(filed()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_begin_at_once_file_one_letter_each() -> None:
    cast = assemble()
    wished(cast.owner)
    wished(cast.teammate)
    together, faults = threading.Barrier(2, timeout=20), []

    def look() -> None:
        try:
            together.wait()
            digests.run_due(short, MONDAY)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (faults, sorted(filed())) == ([], ["Olga day 2024-11-25", "Theo day 2024-11-25"])


def busy(cast: Cast, now: dt.datetime) -> Deal:
    """A deal of Olga's on which something is due, something late, and something changed; one that others hide."""
    deal = make.deal(cast.owner, owner=cast.owner, title="Dock 7 <b>")
    make.activity(cast.owner, deal=deal, subject="Call them", due_on=now.date())
    make.activity(cast.owner, deal=deal, subject="Write them", due_at=now - 30 * HOUR)
    deal.edit(by=cast.administrator, value=700)
    secret = make.deal(cast.outsider, owner=cast.outsider, title="Secret harbour")
    make.activity(owner=cast.owner, deal=secret, subject="My part", due_at=now + MINUTE)
    set_everywhere("owner", "owner")
    return deal


def noon() -> dt.datetime:
    """Of today. Pages look at the clock: what is due today has no time, or it would be late after noon."""
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


def test_each_number_leads_to_its_rows_and_nothing_hidden_is_said(cast: Cast, signed_in: SignedIn) -> None:
    busy(cast, noon())
    scope = scope_of(cast.owner, Cover.DAY, noon())
    parts = {part.key: part for part in gathered(scope)}
    assert {key: parts[key].number for key in ("due", "overdue", "changes")} == {
        "due": "2",
        "overdue": "1",
        "changes": "1",
    }
    assert "Secret" not in str(parts)
    assert "could not be made" not in str(parts)
    client = signed_in(cast.owner)
    for part in parts.values():
        for href in filter(None, (part.href, *(line.href for line in part.lines))):
            assert client.get(href).status_code == 200, href
    listed = client.get(parts["overdue"].href).content.decode()
    assert ("Write them" in listed, "Call them" in listed) == (True, False)
    page = client.get("/today/digest/").content.decode()
    assert "Dock 7 &lt;b&gt;" in page
    assert "<b>" not in page
    quiet = gathered(scope_of(cast.teammate, Cover.DAY, noon()))
    assert [part for part in quiet if not part.quiet] == []


def test_the_letter_says_the_same_and_stops_by_its_link(cast: Cast, signed_in: SignedIn) -> None:
    busy(cast, noon())
    with override_settings(LEADLINE_ADDRESS="https://sales.example.com"):
        _said, paper = made(Due(cast.owner, Cover.DAY, noon().date()), noon())
    assert paper
    assert "Due today: 2" in paper.subject
    for body in (paper.text, paper.html):
        assert "https://sales.example.com/activities/?owner=" in body
        assert paper.stop_at in body
        assert "Secret" not in body
    assert re.search(r"^Due today: 2\nhttps://sales.example.com/activities/", paper.text, re.MULTILINE)
    assert "Dock 7 <b>" in paper.text
    assert "Dock 7 &lt;b&gt;" in paper.html
    wished(cast.owner, weekly=True)
    at, anybody = urlsplit(paper.stop_at).path, Client(enforce_csrf_checks=True)
    asked = anybody.get(at)
    assert asked.status_code == 200
    assert DigestWish.objects.get().daily, "a mail program that opens links stops nothing"
    cast.owner.set_password("another horse battery")
    cast.owner.save()
    assert anybody.post(at, {"List-Unsubscribe": "One-Click"}).status_code == 200
    wish = DigestWish.objects.get()
    assert (wish.daily, wish.weekly) == (False, True)
    assert anybody.post(at).status_code == 200, "twice is once"
    signed = at.split("/")[3]
    for forged in (signed[:-1] + ("a" if signed[-1] != "a" else "b"), signed.replace("day", "week"), "1.day", "x"):
        assert anybody.post(f"/letters/stop/{forged}/").status_code == 404
    assert not anybody.cookies.get("sessionid")


def test_a_dashboards_letters_are_stopped_by_who_gets_them(cast: Cast) -> None:
    board = Dashboard(name="Monday", shared=True, tiles=[]).add(by=cast.owner)
    schedule = Schedule(dashboard=board, recipient_ids=[cast.owner.pk, cast.teammate.pk]).add(by=cast.owner)
    for person, left, on in ((cast.teammate, [cast.owner.pk], True), (cast.owner, [cast.owner.pk], False)):
        word = stopping.word(person, stopping.of_schedule(schedule))
        assert b"Monday" in Client().get(f"/letters/stop/{word}/").content
        assert Client().post(f"/letters/stop/{word}/").status_code == 200
        schedule.refresh_from_db()
        assert (schedule.recipient_ids, schedule.is_on) == (left, on)


def test_on_screen_always_and_by_mail_when_switched_on(cast: Cast, signed_in: SignedIn) -> None:
    me = signed_in(cast.owner)
    assert me.get("/today/digest/").status_code == 200
    assert "weekly" not in me.get("/today/digest/").content.decode()
    assert run_due() == []
    me.post("/today/digest/by-mail/", {"daily": "on", "weekly": "on", "at": "06:15"})
    wish = DigestWish.objects.get(user=cast.owner)
    assert (wish.daily, wish.weekly, wish.at) == (True, False, dt.time(6, 15))
    me.post("/today/digest/by-mail/", {"daily": "on", "at": "noon"})
    assert DigestWish.objects.get().at == dt.time(6, 15)
    answer = signed_in(cast.leader).post("/today/digest/by-mail/?week=1", {"weekly": "on", "at": "06:15"}, follow=True)
    assert answer.redirect_chain[0][0] == "/today/digest/?week=1#by-mail"
    assert "Saved. The first letter comes on" in answer.content.decode()


def test_a_past_day_is_as_it_was_said_but_for_what_is_hidden_since(cast: Cast, signed_in: SignedIn) -> None:
    deal = busy(cast, noon())
    wished(cast.owner, at=dt.time(0, 1))
    monday = noon() - dt.timedelta(days=(noon().weekday() or 7))
    Edition.objects.create(
        user=cast.owner,
        cover=Cover.DAY,
        on_day=monday.date(),
        said=made(Due(cast.owner, Cover.DAY, monday.date()), noon())[0],
    )
    me, at = signed_in(cast.owner), f"/today/digest/?day={monday.date()}"
    deal.edit(by=cast.owner, title="Renamed")
    assert "Dock 7 &lt;b&gt;" in me.get(at).content.decode()
    assert f"day={monday.date()}" in me.get("/today/digest/").content.decode()
    assert "Dock 7" not in signed_in(cast.teammate).get(at).content.decode()
    deal.edit(by=cast.administrator, owner_id=cast.outsider.pk)
    assert "Changed on your deals" in me.get(at).content.decode()
    assert re.search(r'href="/deals/\d+/">Dock 7', me.get(at).content.decode()) is None


def test_a_leaders_week(cast: Cast, signed_in: SignedIn) -> None:
    last_week = noon() - dt.timedelta(days=noon().weekday() + 4)
    for number in range(4):
        deal = make.deal(cast.owner, owner=cast.owner, title=f"Deal {number}")
        Deal.objects.filter(pk=deal.pk).update(last_touch_at=last_week, created_at=last_week)
    won = make.deal(cast.owner, owner=cast.owner)
    won.win(by=cast.owner)
    parts = {part.key: part for part in gathered(scope_of(cast.leader, Cover.WEEK, noon() + 7 * DAY))}
    assert "could not be made" not in str(parts)
    assert any("Deals added" in line.text and line.note.startswith("5") for line in parts["movement"].lines)
    assert {line.text for line in parts["help"].lines} == {"Olga"}
    reasons = {line.other: line.other_href for line in parts["help"].lines}
    assert "next_activity=none" in reasons["4 deals have no next step yet"]
    client = signed_in(cast.leader)
    for part in parts.values():
        for href in filter(None, (part.href, *(line.href for line in part.lines))):
            assert client.get(href).status_code == 200, href
    assert client.get("/today/digest/?week=1").status_code == 200
    assert "team's week" not in signed_in(cast.owner).get("/today/digest/?week=1").content.decode()


def test_a_leaders_week_is_that_of_whom_they_lead(cast: Cast, signed_in: SignedIn) -> None:
    User.objects.filter(pk=cast.leader.pk).update(team=cast.owner.team_id)
    leader = User.objects.get(pk=cast.leader.pk)
    by_name = User.objects.create(name="Nell", email=None, team_id=leader.team_id, is_active=False)
    last_week = noon() - dt.timedelta(days=noon().weekday() + 4)
    owners = [cast.owner, by_name, by_name, by_name, cast.outsider, cast.outsider]
    deals = [make.deal(cast.administrator, owner=owner) for owner in owners]
    Deal.objects.update(last_touch_at=last_week, created_at=last_week)
    deals += [make.deal(cast.administrator, owner=owner) for owner in (cast.owner, cast.outsider)]
    for deal in deals[-2:]:
        deal.lose(by=cast.administrator, reason=make.lost_reason())
    scope = scope_of(leader, Cover.WEEK, noon() + 7 * DAY)
    parts = {part.key: part for part in gathered(scope)}
    lines = {line.text: line for line in parts["movement"].lines}
    added, lost = lines["Deals added"], lines["Deals lost"]
    assert (lost.note, added.note) == ("1", str(_asked_of("North", scope)))
    client = signed_in(leader)
    for line in (added, lost):
        page = client.get(line.href).content.decode()
        assert len(set(re.findall(r"/deals/(\d+)/", page))) == int(line.note), line
    assert {line.text for line in parts["help"].lines} == {"Nell"}, "known by name only, and led"
    assert client.get(parts["help"].lines[0].href).status_code == 200
    for path in ("/today/", "/today/goals/", "/today/ten/", "/today/ideas/", "/activities/time/"):
        assert "Nell" in client.get(path).content.decode(), path
    whole = {part.key: part for part in gathered(scope_of(cast.administrator, Cover.WEEK, noon() + 7 * DAY))}
    assert whole["movement"].title.startswith("The whole company")
    assert {line.text: line.note for line in whole["movement"].lines}["Deals lost"] == "2"


def _asked_of(team: str, scope: Scope) -> int:
    start, end = weeks(scope.on_day)[0]
    rows = ask.report("deals_added", start=start, end=end, where={"team": team}, user=scope.user).rows
    return int(rows[0]["value"])


def test_the_outbox_says_what_became_of_letters_and_sends_again(cast: Cast, signed_in: SignedIn) -> None:
    at = {"owner": cast.owner, "to": "olga@example.com", "text": "-"}
    failed = Letter.objects.create(**at, subject="Went wrong", failed_at=MONDAY, error="550 No such <user>")
    Letter.objects.create(**at, subject="Went out", sent_at=MONDAY)
    Letter.objects.create(**at, subject="Waits", attempts=2, error="451 Busy")
    me, again = signed_in(cast.owner), f"/settings/outbox/{failed.pk}/again/"
    with override_settings(EMAIL_URL="smtp://x"):
        page = me.get("/settings/outbox/").content.decode()
    assert [page.count(word) for word in ("550 No such &lt;user&gt;", "Send again", "451 Busy")] == [1, 1, 1]
    assert "has not gone out" not in page
    assert signed_in(cast.teammate).post(again).status_code == 404
    me.post(again)
    failed.refresh_from_db()
    assert (failed.failed_at, failed.error) == (None, "")
