"""Today: what is due in its order with its reasons, what rots, what was handed over; nobody else's day; focus."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Role, User
from leadline.activities.models import Activity, ActivityType, CountsAs, Outcome, Priority, Work
from leadline.crm.handing_off import hand
from leadline.crm.models import Deal
from leadline.mail.models import Cover
from leadline.web.digests.making import gathered, scope_of
from tests import factories as make
from tests.cast import Cast
from tests.web.hidden import set_everywhere
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_at_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: moment)
        yield


def shown(client: Client, query: str = "") -> Element:
    answer = client.get(reverse("today") + query)
    assert answer.status_code == 200
    return read(answer.content)


def subjects(page: Element, region: str = "to-do") -> list[str]:
    found = page.all(id=region)
    return [one.text for one in found[0].all("a", class_="act-subject")] if found else []


def titles(page: Element, region: str) -> list[str]:
    found = page.all(id=region)
    return [one.text for one in found[0].all("a", **{"data-open": ""})] if found else []


def due(owner: User, subject: str, at: dt.datetime, **more: Any) -> Activity:
    return make.activity(owner=owner, subject=subject, due_at=at, by=SYSTEM, **more)


def open_deal(owner: User, title: str, value: int, days_idle: int) -> Deal:
    """In the first stage, which rots after 10 days; untouched for so many."""
    since = NOW - days_idle * DAY
    deal = make.deal(owner=owner, title=title, value=Decimal(value), created_at=since, at=since)
    Deal.objects.filter(pk=deal.pk).update(last_touch_at=since, stage_entered_at=since)
    return deal


def test_what_is_worth_most_and_nearest_to_rot_stands_first_and_says_why(cast: Cast, signed_in: SignIn) -> None:
    olga = cast.owner
    whale = open_deal(olga, "Whale", 48_000, 9)  # rots tomorrow
    small = open_deal(olga, "Small", 900, 2)
    due(olga, "Small thing", NOW + dt.timedelta(hours=1), deal=small)
    due(olga, "Old thing", NOW - 3 * DAY, deal=small)
    due(olga, "Ring the whale", NOW + dt.timedelta(hours=8), deal=whale)
    due(olga, "Loose", NOW + dt.timedelta(hours=2))
    due(olga, "Pressing", NOW + dt.timedelta(hours=2), priority=Priority.HIGH)
    due(olga, "Next week", NOW + 7 * DAY)
    due(cast.teammate, "Theo’s", NOW - DAY)
    due(olga, "Done before", NOW - DAY).complete(by=olga)
    page = shown(signed_in(olga))
    order = subjects(page)
    assert order[0] == "Ring the whale"
    assert set(order) == {"Ring the whale", "Old thing", "Small thing", "Pressing", "Loose"}
    assert order.index("Old thing") < order.index("Small thing")
    assert order.index("Pressing") < order.index("Loose")
    why = {
        row.all("a", class_="act-subject")[0].text: row.all(class_="act-why")[0].text
        if row.all(class_="act-why")
        else ""
        for row in page.one(id="to-do").all("li", class_="act-row")
    }
    assert why["Ring the whale"] == "$48,000, rots tomorrow"
    assert why["Old thing"] == "$900, 3 days late"
    assert why["Pressing"] == "high priority"
    assert "5 things due" in page.one(class_="today-figures").text
    assert "1 overdue" in page.one(class_="today-figures").text
    assert "1 done today" in page.one(class_="today-figures").text


def test_meetings_stand_at_their_hour_and_invitations_count(cast: Cast, signed_in: SignIn) -> None:
    meeting = ActivityType(name="Meeting", icon="users").add(by=SYSTEM)
    due(cast.owner, "Late meeting", NOW + dt.timedelta(hours=5), type=meeting)
    due(cast.owner, "Early meeting", NOW + dt.timedelta(hours=1), type=meeting)
    due(cast.teammate, "Theo’s round", NOW + dt.timedelta(hours=3), type=meeting, colleague_ids=[cast.owner.pk])
    due(cast.owner, "Yesterday’s", NOW - DAY, type=meeting)
    due(cast.teammate, "Theo’s old round", NOW - DAY, colleague_ids=[cast.owner.pk])
    review = ActivityType(name="Review", icon="file", work=Work.INTERNAL).add(by=SYSTEM)
    due(cast.owner, "Team review", NOW + dt.timedelta(hours=2), type=review, minutes=30)
    client = signed_in(cast.owner)
    page = shown(client)
    assert subjects(page, "day-line") == ["Early meeting", "Team review", "Theo’s round", "Late meeting"]
    assert set(subjects(page)) == {"Yesterday’s", "Theo’s old round"}
    figures = page.one(class_="today-figures")
    assert "4 of them meetings" in figures.text
    for words, rows in (("6 things due", 6), ("2 overdue", 2)):
        href = next(one.attributes["href"] for one in figures.all("a") if one.text == words)
        behind = read(client.get(href).content).all(class_="act-cell")
        assert len(behind) == rows, words


def test_a_day_is_that_of_its_reader(cast: Cast, signed_in: SignIn) -> None:
    """At nine in UTC it is Monday evening in Auckland, and Tuesday begins there at eleven."""
    cast.owner.time_zone = "Pacific/Auckland"
    cast.owner.save()
    due(cast.owner, "Tonight", NOW + dt.timedelta(hours=1))
    due(cast.owner, "After midnight", NOW + dt.timedelta(hours=4))
    due(cast.owner, "A day alone", NOW, due_on=dt.date(2026, 11, 23))
    page = shown(signed_in(cast.owner))
    assert set(subjects(page)) == {"Tonight", "A day alone"}
    assert "overdue" not in page.one(class_="today-figures").text


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
def test_a_day_without_an_hour_is_that_day_wherever_one_is(cast: Cast, signed_in: SignIn, zone: str) -> None:
    """Planned in UTC, where it ends when it is Tuesday in Kolkata and on Lord Howe; it is Monday there still."""
    today, deal = NOW.date(), make.deal(cast.owner, owner=cast.owner)
    for subject, on in (("Today’s", today), ("Late", today - DAY), ("Later", today + DAY)):
        make.activity(owner=cast.owner, deal=deal, subject=subject, due_on=on, by=SYSTEM)
    cast.owner.time_zone = zone
    cast.owner.save()
    client, mine = signed_in(cast.owner), f"/activities/?owner={cast.owner.pk}&done=no&"
    page = shown(client)
    assert sorted(subjects(page)) == ["Late", "Today’s"]
    assert "1 overdue" in page.one(class_="today-figures").text
    for asked, there in (("due_at=today", "Today’s"), ("overdue=yes", "Late"), ("due_at=tomorrow", "Later")):
        rows = read(client.get(mine + asked).content).all(class_="act-cell")
        assert len(rows) == 1, asked
        assert there in rows[0].text
    digest = {part.key: part for part in gathered(scope_of(cast.owner, Cover.DAY, NOW))}
    assert [(digest[key].number, digest[key].lines[0].text[:4]) for key in ("due", "overdue")] == [
        ("1", "Toda"),
        ("1", "Late"),
    ]


def test_deals_that_rot_and_those_without_a_next_activity(cast: Cast, signed_in: SignIn) -> None:
    olga = cast.owner
    open_deal(olga, "Rotten small", 500, 12)
    worst = open_deal(olga, "Rotten large", 90_000, 40)
    open_deal(olga, "Fresh", 700, 1)
    cared = open_deal(olga, "Cared for", 800, 1)
    open_deal(cast.teammate, "Theo’s rotten", 9_000, 40)
    due(olga, "Call", NOW + 5 * DAY, deal=cared)
    due(olga, "Call too", NOW + 5 * DAY, deal=worst)
    Deal.objects.filter(pk=worst.pk).update(last_touch_at=NOW - 40 * DAY)
    page = shown(signed_in(olga))
    assert titles(page, "rotten") == ["Rotten large", "Rotten small"]
    assert "rotten for 30 days" in page.one(id="rotten").text
    assert page.one(id="rotten").text.count("nothing planned") == 1
    assert titles(page, "unplanned") == ["Fresh"]
    rows = signed_in(olga).get(reverse("deals"), {"owner": olga.pk, "status": "open", "rotten": "yes"})
    assert "Rotten large" in rows.content.decode()


def test_what_was_handed_over_waits_with_a_clock_until_it_is_touched(cast: Cast, signed_in: SignIn) -> None:
    client, theo = signed_in(cast.owner), cast.teammate.via("web").together()
    with at(NOW - DAY):
        deal = make.deal(owner=cast.teammate, title="Given deal")
        lead = make.lead(owner=cast.teammate, title="Given lead")
    shown(client)  # what was before anybody could be told is no news
    with at(NOW - dt.timedelta(hours=3)):
        deal.edit(by=theo, owner_id=cast.owner.pk)
    lead.edit(by=cast.teammate.via("web").together(), owner_id=cast.owner.pk)
    page = shown(client)
    assert titles(page, "handed-over") == ["Given deal", "Given lead"]
    assert page.one(id="handed-over").all("time")[0].attributes["datetime"].startswith("2026-11-23T06:00")
    assert "from Theo" in page.one(id="handed-over").text
    make.activity(deal=deal, owner=cast.owner, by=cast.owner, done_at=NOW)
    lead.edit(by=cast.owner.via("web"), title="Given lead, rung")
    assert titles(shown(client), "handed-over") == []


def test_leads_that_nobody_has_touched(cast: Cast, signed_in: SignIn) -> None:
    old = make.lead(owner=cast.owner, title="Waits longest", stage="mql", created_at=NOW - 3 * DAY)
    make.lead(owner=cast.owner, title="Just came", stage="mql", created_at=NOW)
    make.lead(owner=cast.owner, title="An idea", stage="target")
    rung = make.lead(owner=cast.owner, title="Rung", stage="mql")
    make.activity(lead=rung, owner=cast.owner, done_at=NOW)
    edited = make.lead(owner=cast.owner, title="Edited", stage="mql")
    edited.edit(by=cast.owner.via("web"), title="Edited by hand")
    client = signed_in(cast.owner)
    assert titles(shown(client), "untouched") == ["Just came", "Waits longest"]
    make.note(old, by=cast.owner)
    assert titles(shown(client), "untouched") == ["Just came"]


def test_a_leader_sees_the_same_page_and_changes_nothing_there(cast: Cast, signed_in: SignIn) -> None:
    deal = open_deal(cast.owner, "Olga’s whale", 48_000, 40)
    due(cast.owner, "Olga’s call", NOW - DAY, deal=deal)
    query = f"?of={cast.owner.pk}"
    own = shown(signed_in(cast.owner), query)
    assert own.all(class_="act-tick")[0].tag == "form"
    for part in ("leader", "administrator"):
        page = shown(signed_in(getattr(cast, part)), query)
        assert subjects(page) == subjects(own) == ["Olga’s call"]
        assert titles(page, "rotten") == ["Olga’s whale"]
        assert "Olga’s day" in page.one("h1").text
        assert not page.one(id="today").all("form", method="post")
        assert not page.one(id="today").all("button", type="button")
        assert not page.one(id="today").all(class_="act-acts")
    for part in ("teammate", "outsider", "reader"):
        assert signed_in(getattr(cast, part)).get(reverse("today") + query).status_code == 404
    client = signed_in(cast.leader)
    for nobody in (cast.inactive.pk, cast.administrator.pk, 10**30, "x"):
        assert client.get(f"{reverse('today')}?of={nobody}").status_code == 404


def test_names_that_are_hidden_are_not_told(cast: Cast, signed_in: SignIn) -> None:
    set_everywhere("owner", "owner")
    firm = make.organization(name="Hushhush Ltd", owner=cast.outsider)
    theirs = make.deal(title="Hushhush deal", owner=cast.outsider, value=Decimal(77_777))
    deal = open_deal(cast.owner, "Olga’s own", 500, 40)
    deal.edit(by=SYSTEM, organization_id=firm.pk)
    due(cast.owner, "About theirs", NOW - DAY).edit(by=SYSTEM, deal_id=theirs.pk)
    body = signed_in(cast.owner).get(reverse("today")).content.decode()
    assert "About theirs" in body
    assert "Hushhush" not in body
    assert "77,777" not in body


def test_three_hundred_are_shown_in_parts_and_all_are_counted(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    first = due(cast.owner, "Thing 0", NOW - DAY)
    copies = [
        Activity(type=first.type, owner=cast.owner, subject=f"Thing {n}", due_at=NOW - DAY) for n in range(1, 300)
    ]
    Activity.objects.bulk_create(copies)
    client = signed_in(cast.owner)
    shown(client)
    with django_assert_max_num_queries(60):
        page = shown(client)
    assert len(subjects(page)) == 25
    assert "300 things due" in page.text
    assert "275" in page.one(class_="today-more").text
    assert len(subjects(shown(client, "?shown=75"))) == 75


def test_focus_shows_one_thing_with_all_that_it_needs(cast: Cast, signed_in: SignIn) -> None:
    olga = cast.owner
    person = make.person(name="Maria Lopez", phones=[{"value": "+49 30 1", "primary": True}], owner=olga)
    deal = open_deal(olga, "Whale", 48_000, 9)
    make.activity(deal=deal, owner=olga, subject="Sent the offer", outcome="Reached", done_at=NOW - 9 * DAY)
    make.note(deal, by=olga, text="<p>Likes blue.</p>")
    Deal.objects.filter(pk=deal.pk).update(last_touch_at=NOW - 9 * DAY)
    due(olga, "Ring Maria", NOW - DAY, deal=deal, person=person)
    due(olga, "Small thing", NOW)
    client = signed_in(olga)
    page = read(client.get(reverse("today_focus")).content)
    assert page.one("h1").text == "Ring Maria"
    text = page.one(id="focus").text
    for said in ("2 things left", "Maria Lopez", "+49 30 1", "Whale", "rots tomorrow", "Sent the offer", "Likes blue."):
        assert said in text, said


def test_focus_does_skips_and_ends(cast: Cast, signed_in: SignIn) -> None:
    """Done with outcome, note and what is next in one act; what was skipped comes at the end, also after a reload."""
    olga, client = cast.owner, signed_in(cast.owner)
    talked = Outcome(name="Talked", counts_as=CountsAs.CONVERSATION).add(by=SYSTEM)
    deal = open_deal(olga, "Whale", 48_000, 1)
    first = due(olga, "First", NOW - DAY, deal=deal)
    second = due(olga, "Second", NOW)

    def one() -> str:
        return read(client.get(reverse("today_focus")).content).one("h1").text

    assert one() == "First"
    client.post(reverse("focus_skip", args=[first.pk]), headers={"Accept": "application/json"})
    assert one() == one() == "Second"
    client.post(reverse("focus_skip", args=[first.pk]), {"back": "1"}, headers={"Accept": "application/json"})
    assert one() == "First", "z takes the skip back"
    client.post(reverse("focus_skip", args=[first.pk]), headers={"Accept": "application/json"})
    client.post(reverse("focus_skip", args=[second.pk]), headers={"Accept": "application/json"})
    assert one() == "First"
    form = {"outcome": talked.pk, "note": "Likes blue.", "subject": "call tomorrow 10 about the offer", "line": "1"}
    answer = client.post(reverse("focus_done", args=[first.pk]), form, headers={"Accept": "application/json"})
    act = json.loads(answer.headers["HX-Trigger"])["leadline:done"]["act"]
    first.refresh_from_db()
    assert (first.is_done, first.outcome, first.counts_as, first.note) == (
        True,
        "Talked",
        "conversation",
        "Likes blue.",
    )
    following = Activity.objects.get(deal=deal, done_at=None)
    assert following.due_at == dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    client.post(reverse("undo", args=[act]), headers={"Accept": "application/json"})
    first.refresh_from_db()
    assert not first.is_done
    assert first.note == ""
    assert not Activity.objects.kept().filter(pk=following.pk).exists()
    for row in (first, second):
        client.post(reverse("focus_done", args=[row.pk]), {})
    end = read(client.get(reverse("today_focus")).content)
    assert end.one("h1").text == "Nothing is left for today."
    assert "You did 2 things today." in end.text
    assert client.post(reverse("focus_done", args=[second.pk]), {"outcome": "999"}).status_code == 422


def test_one_begins_at_today_unless_one_chose_otherwise(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.owner)
    assert client.get("/").headers["Location"] == reverse("pipeline")
    make.pipeline()
    assert client.get("/").headers["Location"] == reverse("today")
    assert "Your day will stand here" in shown(client).text
    hand(make.lead(title="Mill", owner=cast.leader), cast.owner, by=cast.leader)  # there is no deal, but that waits
    assert "Mill" in shown(client).one(id="offered").text
    make.deal(owner=cast.teammate)
    assert "Nothing is due." in shown(client).text


def test_everything_done_says_so_and_offers_the_next_thing(cast: Cast, signed_in: SignIn) -> None:
    due(cast.owner, "Only thing", NOW - DAY).complete(by=cast.owner)
    page = shown(signed_in(cast.owner))
    assert "Everything is done." in page.one(id="to-do").text
    assert page.one(class_="today-next").all("a")


def test_a_reader_sees_a_day_without_acts(cast: Cast, signed_in: SignIn) -> None:
    cast.owner.role = Role.READER
    cast.owner.save()
    due(cast.owner, "From before", NOW - DAY)
    page = shown(signed_in(cast.owner))
    assert subjects(page) == ["From before"]
    assert not page.all(id="today-habits")
    assert not page.one(id="today").all("form", method="post")
