"""The page Lost: reasons with what they rest on, to whom, when to ask again, and the deals behind each number."""

from __future__ import annotations

import datetime as dt
import html as markup
import re

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, Visibility
from leadline.history import members
from tests import factories as make
from tests.cast import Cast, assemble
from tests.web.test_insights_process import shown, table

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def words(html: str, name: str) -> str:
    return re.sub(r"\s+", " ", table(html, name))


def behind(client: Client, html: str, text: str) -> str:
    """The page that a number leads to."""
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>\s*{re.escape(text)}', html)
    assert found is not None, text
    return client.get(markup.unescape(found[1])).content.decode()


def test_r4_why_to_whom_and_when_to_ask_again(cast: Cast, client: Client) -> None:
    price, today = make.lost_reason("Price"), timezone.localdate()
    for n in range(6):
        make.deal(title=f"Dear {n}", owner=cast.owner, stage=make.stage(2)).lose(
            price, by=SYSTEM, competitor="Globex" if n < 2 else "", revisit_on=today + (3 if n else 40) * DAY
        )
    make.deal(title="Silent", owner=cast.teammate, stage=make.stage(0)).lose(by=SYSTEM)
    make.deal(title="Won", owner=cast.owner).win(by=SYSTEM)
    make.deal(title="Parked", owner=cast.owner).park(by=SYSTEM, event="they have hired")
    client.force_login(cast.administrator)
    html = shown(client, "lost")
    reasons = words(html, "lost-reasons")
    assert re.search(r"Price 86% .*6 .*not recorded 14% .*1", reasons), reasons
    assert re.search(r"\d+% to \d+%", reasons)  # its interval
    stages = words(html, "lost-by_stage")
    assert "Meeting agreed 100%" in stages
    assert re.search(r"Target .*1 of 1", stages)  # of one deal no percentage is said
    assert re.search(r"Globex 29%", words(html, "lost-competitors"))
    assert "2 of 2" in words(html, "lost-by_competitor")
    assert "Olga" in words(html, "lost-by_owner") or str(cast.owner) in words(html, "lost-by_owner")
    asked = words(html, "lost-revisits")
    assert re.search(r"In the next 7 days 5 .*In the next 90 days 1 .*Later 1", asked), asked
    revisits = html.split('id="lost-revisits-table"')[1].split("</table>")[0]
    listed = behind(client, revisits, "5")
    assert "Dear 1" in listed
    assert "Dear 0" not in listed
    assert "Silent" not in listed

    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    client.force_login(cast.teammate)
    own = shown(client, "lost")
    assert "Price" not in words(own, "lost-reasons")
    assert 'id="lost-by_owner-table"' not in own
