"""The change log: found by every condition, read in words, taken back, and closed to whom it is not for."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Team, User
from leadline.crm.models import Deal
from leadline.history import members
from leadline.history.models import Change
from leadline.history.undoing import undo
from leadline.web.settings.audit import reading
from leadline.web.settings.audit.asked import read as read_asked
from leadline.web.settings.audit.periods import first_since
from leadline.web.settings.audit.reading import read_page
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import Element, read

SignedIn = Callable[[User], Client]


@pytest.fixture
def deals(cast: Cast) -> dict[str, Deal]:
    """One of Olga's, won by hand; one of Umar's, deleted; one imported for nobody."""
    olga = make.deal(by=cast.owner, owner=cast.owner, title="Olga's deal", value=100).win(by=cast.owner)
    umar = make.deal(by=cast.outsider, owner=cast.outsider, title="Umar's deal").trash(by=cast.outsider)
    brought = make.deal(by=cast.administrator.via("import"), title="Brought in")
    return {"olga": olga, "umar": umar, "brought": brought}


def entries(client: Client, **query: Any) -> list[str]:
    page = client.get(reverse("audit"), query)
    assert page.status_code == 200
    return [entry.one("p", class_="log-what").text for entry in read(page.content).all("li", class_="log-entry")]


def test_newest_first_in_words(cast: Cast, deals: dict[str, Deal], signed_in: SignedIn) -> None:
    said = entries(signed_in(cast.administrator), kind="deal")
    assert [line.split(" · ")[0] for line in said] == [
        "Ada added by import deal Brought in",
        "Umar deleted deal Umar's deal in the trash",
        "Umar added deal Umar's deal in the trash",
        "Olga won deal Olga's deal",
        "Olga added deal Olga's deal",
    ]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kind": "deal", "verb": "delete"}, 1),
        ({"kind": "deal", "verb": "create"}, 3),
        ({"kind": "deal", "via": "import"}, 1),
        ({"kind": "deal", "q": "OLGA'S"}, 2),
        ({"q": "umar"}, 3),  # two of the deal, one of the person
        ({"q": "nowhere"}, 0),
        ({"kind": "deal", "to": "1999-12-31"}, 0),
        ({"kind": "deal", "from": "1999-12-31"}, 5),
        ({"kind": "deal", "from": "2999-12-31"}, 0),
        ({"kind": "team"}, 3),
    ],
)
def test_every_condition(
    cast: Cast, deals: dict[str, Deal], signed_in: SignedIn, query: dict[str, str], count: int
) -> None:
    assert len(entries(signed_in(cast.administrator), **query)) == count


def test_by_person_by_record_and_by_nobody(cast: Cast, deals: dict[str, Deal], signed_in: SignedIn) -> None:
    client = signed_in(cast.administrator)
    assert len(entries(client, who=cast.owner.pk)) == 2
    assert len(entries(client, kind="deal", record=deals["umar"].pk)) == 2
    assert len(entries(client, kind="deal", record=deals["umar"].pk, verb="delete", who=cast.outsider.pk)) == 1
    assert len(entries(client, kind="deal", record=deals["umar"].pk, q="Olga")) == 0
    assert all(line.startswith("Leadline") for line in entries(client, who="leadline"))
    assert entries(client, who=999) == []


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "nonsense"},
        {"verb": "drop"},
        {"via": "'"},
        {"who": "-1"},
        {"who": "1 or 1=1"},
        {"who": "9" * 40},
        {"from": "2026-02-30"},
        {"to": "soon"},
        {"from": "0001-01-01"},
        {"from": "2026-03-01", "to": "2026-02-01"},
    ],
)
def test_what_cannot_be_read_is_said(cast: Cast, signed_in: SignedIn, query: dict[str, str]) -> None:
    answer = signed_in(cast.administrator).get(reverse("audit"), query)
    assert answer.status_code == 400
    assert len(read(answer.content).all("p", class_="error")) == 1


@pytest.mark.parametrize(
    "query", [{"before": "x"}, {"before": "-1"}, {"before": "9" * 30}, {"q": "\0%_\\'"}, {"record": "x"}]
)
def test_nonsense_is_no_failure(cast: Cast, signed_in: SignedIn, query: dict[str, str]) -> None:
    assert signed_in(cast.administrator).get(reverse("audit"), query).status_code == 200


def test_who_may_read_it(cast: Cast, deals: dict[str, Deal], signed_in: SignedIn) -> None:
    for part in ("owner", "teammate", "outsider", "reader"):
        client = signed_in(getattr(cast, part))
        assert client.get(reverse("audit")).status_code == 403
        assert client.get(reverse("audit_csv")).status_code == 403
        change = Change.objects.filter(entity="deal").latest("id")
        assert client.post(reverse("audit_undo", args=[change.pk])).status_code == 403
        assert "Change log" not in read(client.get(reverse("settings")).content).text
    assert "Change log" in read(signed_in(cast.leader).get(reverse("settings")).content).text


def test_a_leader_reads_only_of_records_that_they_see(cast: Cast, deals: dict[str, Deal], signed_in: SignedIn) -> None:
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    members.change(cast.leader, by=SYSTEM, team_id=Team.objects.get(name="North").pk)
    make.note(deals["umar"], by=cast.administrator, text="<p>Umar's secret</p>")
    client = signed_in(User.objects.get(pk=cast.leader.pk))
    page = client.get(reverse("audit")).content.decode()
    assert "Olga&#39;s deal" in page
    assert "Brought in" in page  # nobody's record is every leader's
    assert "Umar&#39;s" not in page
    file = client.get(reverse("audit_csv")).getvalue().decode()
    assert "Olga's deal" in file
    assert "Umar's" not in file
    assert entries(client, q="Umar's") == []
    assert entries(client, kind="deal", record=deals["umar"].pk) == []
    hidden = Change.objects.filter(entity="deal", record_id=deals["umar"].pk)[0]
    assert client.post(reverse("audit_undo", args=[hidden.pk])).status_code == 404


def test_an_erasure_is_for_administrators(cast: Cast, signed_in: SignedIn) -> None:
    from leadline.crm.erasing import erase_person

    erase_person(make.person(name="Gone Girl"), by=cast.administrator)
    assert entries(signed_in(cast.administrator), kind="erasure")[0].startswith("Ada erased personal data")
    assert entries(signed_in(cast.leader), kind="erasure") == []
    assert "Gone Girl" not in signed_in(cast.administrator).get(reverse("audit")).content.decode()


def test_pages_follow_each_other_without_gap_or_double(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = make.deal(owner=cast.owner)
    for number in range(130):
        deal.edit(by=cast.administrator, title=f"Title {number}")
    wanted = list(Change.objects.order_by("-id").values_list("id", flat=True))
    for stretch in (7, 50, 100_000):
        monkeypatch.setattr(reading, "STRETCH", stretch)
        monkeypatch.setattr(reading, "LONGEST", stretch)
        client, address, got, pages = signed_in(cast.leader), reverse("audit"), [], 0
        while address:
            page = read(client.get(address).content)
            got += [int(entry.attributes["id"].removeprefix("change-")) for entry in page.all("li", class_="log-entry")]
            following = page.all("a", rel="next")
            address, pages = (following[0].attributes["href"] if following else ""), pages + 1
        assert got == wanted
        assert pages >= 3


def test_out_of_time_it_says_how_far_it_came(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make.deal(title="Needle", by=cast.administrator)
    for _ in range(30):
        make.organization()
    monkeypatch.setattr(reading, "LONG_ENOUGH", -1)
    asked = read_asked(QueryDict("verb=delete"))
    found = read_page(asked, cast.administrator)
    assert found.changes == []
    assert found.following


def test_a_moment_is_found_in_the_log(cast: Cast) -> None:
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    ids = list(Change.objects.order_by("id").values_list("id", flat=True))
    for number, pk in enumerate(ids):
        Change.objects.filter(pk=pk).update(recorded_at=day + dt.timedelta(hours=number))
    for number, pk in enumerate(ids):
        assert first_since(day + dt.timedelta(hours=number)) == pk or number == 0
        assert first_since(day + dt.timedelta(hours=number, minutes=-1)) <= pk
    assert first_since(day + dt.timedelta(days=9999)) == ids[-1] + 1


def test_days_are_those_of_the_reader(cast: Cast, signed_in: SignedIn) -> None:
    make.deal(by=cast.administrator)
    change = Change.objects.latest("id")
    Change.objects.filter(pk__lt=change.pk).update(recorded_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))  # time runs on
    Change.objects.filter(pk=change.pk).update(recorded_at=dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC))
    client = signed_in(cast.administrator)
    assert len(entries(client, **{"from": "2026-03-01", "to": "2026-03-01"})) == 1
    User.objects.filter(pk=cast.administrator.pk).update(time_zone="Asia/Tokyo")
    assert len(entries(client, **{"from": "2026-03-01", "to": "2026-03-01"})) == 0
    assert len(entries(client, **{"from": "2026-03-02", "to": "2026-03-02"})) == 1


def one(page: Element, change: Change) -> Element:
    return page.one("li", id=f"change-{change.pk}")


def test_old_and_new_stand_beside_each_other_and_can_be_taken_back(cast: Cast, signed_in: SignedIn) -> None:
    deal = make.deal(owner=cast.owner, value=100, currency="USD")
    deal.edit(by=cast.owner, value=200)
    change = Change.objects.latest("id")
    client = signed_in(cast.administrator)
    entry = one(read(client.get(reverse("audit")).content), change)
    assert (entry.one("del").text, entry.one("ins").text) == ("$100", "$200")
    answer = client.post(reverse("audit_undo", args=[change.pk]), headers={"HX-Request": "true"})
    assert "Taken back." in answer.headers["HX-Trigger"]
    assert "taken back" in one(read(answer.content), change).text
    deal.refresh_from_db()
    assert deal.value == 100
    page = read(client.get(reverse("audit")).content)
    assert one(page, change).all("form") == []
    assert "(undone)" in page.all("li", class_="log-entry")[0].text


def test_what_an_undo_took_back_and_another_brought_again_stands(cast: Cast, signed_in: SignedIn) -> None:
    deal = make.deal(by=cast.owner, owner=cast.owner, title="Big")
    deal.edit(by=cast.owner, title="Bigger")
    change = Change.objects.latest("id")
    undo(change, by=cast.owner)
    taking_back = Change.objects.latest("id")
    undo(taking_back, by=cast.owner)
    page = read(signed_in(cast.administrator).get(reverse("audit"), {"kind": "deal"}).content)
    assert "taken back" not in one(page, change).text
    assert "taken back" in one(page, taking_back).text


def test_what_was_changed_since_is_left_and_said(cast: Cast, signed_in: SignedIn) -> None:
    deal = make.deal(owner=cast.owner, title="First")
    deal.edit(by=cast.owner, title="Second")
    change = Change.objects.latest("id")
    deal.edit(by=cast.owner, title="Third")
    answer = signed_in(cast.administrator).post(reverse("audit_undo", args=[change.pk]), headers={"HX-Request": "true"})
    assert "has been changed since" in answer.headers["HX-Trigger"]
    deal.refresh_from_db()
    assert deal.title == "Third"


def test_a_leader_takes_back_only_what_they_may_change(cast: Cast, signed_in: SignedIn) -> None:
    members.set_visibility("deal", by=SYSTEM, see="everyone", change_by="owner")
    members.change(cast.leader, by=SYSTEM, team_id=Team.objects.get(name="North").pk)
    lena = User.objects.get(pk=cast.leader.pk)
    theirs, others = make.deal(owner=cast.owner), make.deal(owner=cast.outsider)
    for deal in (theirs, others):
        deal.edit(by=deal.owner, title="Changed")
    own, closed = Change.objects.filter(verb="change", entity="deal").order_by("record_id")
    client = signed_in(lena)
    page = read(client.get(reverse("audit")).content)
    assert one(page, own).all("form")
    assert not one(page, closed).all("form")
    assert client.post(reverse("audit_undo", args=[closed.pk])).status_code == 403
    assert client.post(reverse("audit_undo", args=[own.pk])).status_code == 302
    assert Deal.objects.get(pk=others.pk).title == "Changed"
    assert Deal.objects.get(pk=theirs.pk).title != "Changed"


def test_a_file_of_it(cast: Cast, deals: dict[str, Deal], signed_in: SignedIn) -> None:
    make.deal(by=cast.owner, title='=HYPERLINK("x")')
    text = signed_in(cast.administrator).get(reverse("audit_csv"), {"kind": "deal"}).getvalue().decode()
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    assert len(rows) == 6
    assert rows[0]["record"] == '\'=HYPERLINK("x")'
    assert (rows[2]["who"], rows[2]["what"], rows[2]["record"], rows[2]["way"]) == (
        "Umar",
        "deleted",
        "Umar's deal",
        "web",
    )
    assert "value:  -> $100" in rows[-1]["fields"]


def test_text_stays_text(cast: Cast, signed_in: SignedIn) -> None:
    make.deal(by=cast.administrator, title="<img src=x onerror=alert(1)>")
    page = signed_in(cast.administrator).get(reverse("audit"), {"q": "<img"}).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
