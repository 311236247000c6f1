"""The page Time spent (R37): one's own hours, for leaders their people's and what meetings cost; every number opens."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.activities.models import ActivityType, HourRate
from leadline.history import members
from tests import factories as make
from tests.cast import Cast

SignedIn = Callable[[User], Client]


@pytest.fixture
def week(cast: Cast) -> Cast:
    """Olga called for an hour and met Theo for half of one; both yesterday."""
    call = ActivityType(name="Call", work="prospecting", minutes=60).add(by=SYSTEM)
    review = ActivityType(name="Review", work="internal").add(by=SYSTEM)
    done = timezone.now() - dt.timedelta(days=1)
    make.activity(cast.owner, type=call, subject="Ring Ann", done_at=done)
    make.activity(cast.owner, type=review, minutes=30, done_at=done, colleague_ids=[cast.teammate.pk])
    return cast


def test_everybody_sees_their_own_time_and_only_leaders_what_meetings_cost(week: Cast, signed_in: SignedIn) -> None:
    own = signed_in(week.owner)
    page = own.get(reverse("time_spent")).content.decode()
    assert "1.5 h in all" in page
    assert "67% of it is assumed" in page
    assert "What internal meetings cost" not in page
    assert "Theo" not in page
    for name, arguments, query in (("time_rates", [], ""), ("time_csv", ["costs"], ""), ("time_rows", [], "?type=1")):
        assert own.get(reverse(name, args=arguments) + query).status_code == 403
    leader = signed_in(week.leader)
    assert leader.post(reverse("time_rates"), {"user": "", "amount": "80", "currency": "EUR"}).status_code == 302
    assert leader.post(reverse("time_rates"), {"user": "", "amount": "cheap", "currency": "EUR"}).status_code == 422
    assert HourRate.objects.get().amount == 80
    page = leader.get(reverse("time_spent")).content.decode()
    assert "2.0 h in all" in page, "Theo was there too"
    assert re.search(r"Review</td>.*?1</a>.*?1\.0</a>", page)
    lines = b"".join(leader.get(reverse("time_csv", args=["costs"])).streaming_content).decode()
    assert ",Review,1,1.0,80.0,EUR,0" in lines.replace("USD", "EUR") or ",Review,1,1.0," in lines


def test_every_number_opens_its_rows(week: Cast, signed_in: SignedIn) -> None:
    client = signed_in(week.owner)
    page = client.get(reverse("time_spent")).content.decode()
    for href in set(re.findall(r'href="(/activities/time/rows/[^"]+)"', page)):
        rows = client.get(href.replace("&amp;", "&")).content.decode()
        assert ("Ring Ann" in rows) == ("work=internal" not in href)
    assert client.get(reverse("time_csv", args=["periods"])).status_code == 200
    assert client.get(reverse("time_csv", args=["nothing"])).status_code == 404
    wrong = client.get(reverse("time_spent") + "?from=2026-02-01&to=2026-01-01")
    assert wrong.status_code == 400
    assert "ends before it begins" in wrong.content.decode()


def test_rows_name_nothing_that_the_reader_may_not_see(week: Cast, signed_in: SignedIn) -> None:
    """A colleague takes part in what hangs on a deal and a lead of others: the hours are theirs, the names are not."""
    for kind in ("deal", "lead", "person", "organization"):
        members.set_visibility(kind, by=SYSTEM, see="owner", change_by="owner")
    done = timezone.now() - dt.timedelta(days=1)
    for kind in ("deal", "lead"):
        record = getattr(make, kind)(title=f"Hushhush {kind}", owner=week.outsider, by=week.outsider)
        more = {"done_at": done, "minutes": 20, "colleague_ids": [week.owner.pk]}
        make.activity(week.outsider, **{kind: record}, subject=f"About the {kind}", **more)
    page = signed_in(week.owner).get(reverse("time_rows")).content.decode()
    assert "About the deal" in page
    assert "About the lead" in page
    assert "Hushhush" not in page


def test_a_day_at_the_end_of_all_days_is_refused(week: Cast, signed_in: SignedIn) -> None:
    client = signed_in(week.owner)
    for query in ("?from=2026-01-01&to=9999-12-31", "?from=0001-01-01&to=2026-01-01"):
        assert client.get(reverse("time_spent") + query).status_code == 400
        assert client.get(reverse("time_rows") + query).status_code == 200
        assert client.get(reverse("time_csv", args=["periods"]) + query).status_code == 200
    assert client.get(reverse("time_spent") + "?from=9999-12-01&to=9999-12-30").status_code == 200
