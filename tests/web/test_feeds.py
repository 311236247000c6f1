"""Calendar addresses: made and shown once, read by whoever has one, gone when revoked; invitations as files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.models import User
from leadline.activities.models import Block, Feed
from leadline.web.feeds import reading
from tests import factories as make
from tests.cast import Cast
from tests.web.hidden import set_everywhere

SignedIn = Callable[[User], Client]
SOON = timezone.now().replace(microsecond=0) + dt.timedelta(days=3)
SECRET = re.compile(r"/calendar-feed/([\w-]{43})\.ics")


@pytest.fixture(autouse=True)
def _nobody_has_asked() -> Iterator[None]:
    reading.forget()
    yield
    reading.forget()


def made(client: Client, name: str = "Phone") -> str:
    """The path of a new address, as the page shows it this once."""
    client.post("/me/calendar-address/", {"name": name})
    found = SECRET.search(client.get("/me/").content.decode())
    assert found
    assert SECRET.search(client.get("/me/").content.decode()) is None, "shown once"
    return found[0]


def test_an_address_is_read_without_signing_in_until_it_is_revoked(cast: Cast, signed_in: SignedIn) -> None:
    me = signed_in(cast.owner)
    deal = make.deal(cast.owner, title="Dock")
    make.activity(cast.owner, deal=deal, subject="Call the harbour", due_at=SOON)
    Block(name="Prospecting", weekdays=[0, 1, 2, 3, 4], starts_at=dt.time(9), start_on=SOON.date()).add(by=cast.owner)
    me.post("/me/calendar-address/", {"name": "No\x00thing"})
    assert not Feed.objects.exists()
    phone, desk = made(me), made(me, "Desk")
    assert not Feed.objects.filter(digest__in=[phone, phone.split("/")[2][:-4]]).exists(), "a digest is kept"
    reader = Client()
    answer = reader.get(phone)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    said = {str(one["SUMMARY"]): one for one in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(said) == {"Call the harbour", "Prospecting"}
    assert f"http://testserver/deals/{deal.pk}/" in said["Call the harbour"]["DESCRIPTION"]
    for name, value in (
        ("Cache-Control", "private, no-cache"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Robots-Tag", "noindex"),
    ):
        assert answer.headers[name] == value
    assert not reader.cookies
    Feed.objects.filter(name="Phone").update(read_at=None)
    assert reader.get(phone, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert Feed.objects.get(name="Phone").read_at is not None
    assert b"last read" in me.get("/me/").content
    make.activity(cast.owner, subject="One more", due_at=SOON)
    assert b"One more" in reader.get(phone, headers={"If-None-Match": answer.headers["ETag"]}).content

    pk = Feed.objects.get(name="Phone").pk
    assert signed_in(cast.teammate).post(f"/me/calendar-address/{pk}/revoke/").status_code == 404
    me.post(f"/me/calendar-address/{pk}/revoke/")
    gone, never = reader.get(phone), reader.get(phone.replace("feed/", "feed/x"))
    assert (gone.status_code, gone.content) == (404, never.content) == (never.status_code, never.content)
    assert sorted(gone.headers.items()) == sorted(never.headers.items())
    assert reader.get(desk).status_code == 200
    User.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert reader.get(desk).status_code == 404


def test_an_unchanged_calendar_costs_a_poll_little(
    cast: Cast,
    signed_in: SignedIn,
    django_assert_max_num_queries: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deal = make.deal(cast.owner)
    for day in range(40):
        make.activity(cast.owner, deal=deal, person=make.person(), due_at=SOON + dt.timedelta(days=day))
    at = made(signed_in(cast.owner))
    etag = Client().get(at).headers["ETag"]
    monkeypatch.setattr(reading, "_written", None)  # nothing is written anew
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]  # a fixture of pytest-django
        assert Client().get(at, headers={"If-None-Match": etag}).status_code == 304


def test_whoever_asks_too_often_waits(cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 2)
    at, other = (made(signed_in(cast.owner), name) for name in ("a", "b"))
    answers = [Client().get(at) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert Client().get(other).status_code == 200
    guesses = [Client().get(f"/calendar-feed/{'x' * 43}.ics").status_code for _ in range(3)]
    assert guesses == [404, 404, 429], "as for one that opens something"
    monkeypatch.setattr(reading, "MOST_FROM_ONE_PLACE", 1)
    assert Client().get("/calendar-feed/y.ics").status_code == 429


def test_an_invitation_asks_those_who_take_part_and_calls_it_off(cast: Cast, signed_in: SignedIn) -> None:
    guest = make.person(name='Mia "the Boss"; O\'Hara', emails=[{"value": "mia@customer.example", "label": "work"}])
    quiet = make.person(name="No mail")
    meeting = make.activity(
        cast.owner, subject="Kick-off", place="Pier 3", due_at=SOON, minutes=45, note="Between us", person=guest,
        participant_ids=[guest.pk, quiet.pk], colleague_ids=[cast.teammate.pk],
    )  # fmt: skip
    me = signed_in(cast.owner)
    answer = me.get(f"/activities/{meeting.pk}/invitation.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert b"Between us" not in answer.content, "a note is ours"
    calendar = icalendar.Calendar.from_ical(answer.content)
    (asked,) = calendar.walk("VEVENT")
    assert (str(calendar["METHOD"]), str(asked["ORGANIZER"])) == ("REQUEST", "mailto:olga@example.com")
    assert [str(one) for one in asked["ATTENDEE"]] == ["mailto:mia@customer.example", "mailto:theo@example.com"]
    assert asked["ATTENDEE"][0].params["CN"] == "Mia 'the Boss'; O'Hara"
    assert asked["DTEND"].dt - asked["DTSTART"].dt == dt.timedelta(minutes=45)
    meeting.trash(by=cast.owner)
    called_off = icalendar.Calendar.from_ical(me.get(f"/activities/{meeting.pk}/invitation.ics").content)
    (off,) = called_off.walk("VEVENT")
    assert (str(called_off["METHOD"]), str(off["STATUS"]), off["UID"]) == ("CANCEL", "CANCELLED", asked["UID"])
    assert off["SEQUENCE"] > asked["SEQUENCE"]
    set_everywhere("owner", "owner")
    for person, status in ((cast.teammate, 200), (cast.outsider, 404)):
        assert signed_in(person).get(f"/activities/{meeting.pk}/invitation.ics").status_code == status
    logged = make.activity(cast.owner, subject="No day")
    assert me.get(f"/activities/{logged.pk}/invitation.ics").status_code == 404
