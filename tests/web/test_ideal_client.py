"""Settings > Ideal client, what it means, and the fit on cards, in lists and on pages (R44)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User, Visibility
from leadline.crm import fitting
from leadline.crm.models import FitCriterion
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = "/settings/ideal-client/"


@pytest.fixture
def leader(cast: Cast, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast.leader)


def sent(client: Client, path: str, form: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(path, form)
    return answer.status_code, answer.content.decode()


def test_criteria_are_written_kept_and_taken_back(leader: Client) -> None:
    status, page = sent(leader, f"{AT}add/", {"criterion-of": "deal", "criterion-weight": "0"})
    assert status == 422
    assert "Add a condition" in page
    assert "a whole number from −100 to 100" in page
    status, page = sent(leader, f"{AT}form/", {"criterion-of": "deal", "ask-more": "value"})
    assert "Value" in page
    assert 'value="status"' not in page, "how a deal ended says nothing of how well it fits"
    form = {"criterion-of": "organization", "criterion-weight": "−30", "asked": ["industry"], "industry": "bank"}
    assert sent(leader, f"{AT}add/", form)[0] == 302
    row = FitCriterion.objects.get()
    assert (row.name, row.query, row.weight) == ("contains “bank”", "industry=bank", -30)
    change = form | {"criterion-weight": "+20", "criterion-name": " Banks ", "criterion": row.pk}
    assert sent(leader, f"{AT}{row.pk}/", change)[0] == 302
    row.refresh_from_db()
    assert (row.name, row.weight) == ("Banks", 20)
    fitting.catch_up()
    assert "Fits are being worked out" not in leader.get(AT).content.decode()
    sent(leader, f"{AT}{row.pk}/delete/", {})
    assert "Nobody has said yet" in leader.get(AT).content.decode()
    sent(leader, f"{AT}{row.pk}/restore/", {})
    assert "Industry: contains “bank”" in leader.get(AT).content.decode()


def test_who_sells_reads_and_changes_nothing(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    row = FitCriterion(name="Banks", of="organization", query="industry=bank", weight=10).add(by=SYSTEM)
    client = signed_in(cast.owner)
    assert "Leaders and administrators change it" in client.get(AT).content.decode()
    for path in ("add/", "form/", "order/", f"{row.pk}/", f"{row.pk}/delete/"):
        assert client.post(AT + path, {"criterion-of": "deal"}).status_code in (403, 422), path
    assert FitCriterion.objects.kept().count() == 1


def test_it_says_whether_the_criteria_tell_won_from_lost(leader: Client, cast: Cast) -> None:
    row = FitCriterion(name="Dear", of="deal", query="value=1000..", weight=10).add(by=SYSTEM)
    page = leader.get(f"{AT}meaning/").content.decode()
    assert "Too few deals" in page
    now = timezone.now()
    for n in range(22):
        make.deal(value=Decimal(900 if n == 5 else 2000)).win(by=SYSTEM)
        make.deal(value=Decimal(2000 if n == 5 else 500)).lose(by=SYSTEM)
    old = make.deal(value=Decimal(2000), created_at=now - dt.timedelta(days=900))
    old.lose(by=SYSTEM, at=now - dt.timedelta(days=800))
    make.deal(value=Decimal(2000))
    page = " ".join(leader.get(f"{AT}meaning/").content.decode().split())
    assert "These criteria tell won from lost." in page
    assert "fits better in 95 of 100 pairs" in page
    assert "Won in the last 12 months</th><td>21</td><td>0</td><td>1</td><td>0</td><td>100</td>" in page
    assert "Lost in the last 12 months</th><td>1</td>" in page
    assert '<a href="/deals/?status=open&amp;fit=80..100">1</a>' in page
    assert "tells won from lost</small>" in page
    wrong = {"criterion": row.pk, "criterion-of": "deal", "criterion-weight": "5", "asked": "value", "value": "..600"}
    page = " ".join(leader.post(f"{AT}meaning/", wrong).content.decode().split())
    assert "These criteria point the wrong way." in page
    assert "tells the other way" in page
    assert FitCriterion.objects.get().query == "value=1000.."


def test_fit_stands_on_cards_in_lists_and_is_explained(
    cast: Cast, leader: Client, signed_in: Callable[[User], Client]
) -> None:
    FitCriterion(name="Hotels", of="organization", query="industry=hotel", weight=30).add(by=SYSTEM)
    FitCriterion(name="In Berlin", of="organization", query="address=Berlin", weight=10).add(by=SYSTEM)
    firm = make.organization(industry="Hotel", owner=cast.leader)
    deal = make.deal(organization=firm, owner=cast.owner, title="Fits")
    make.deal(title="Not known", owner=cast.owner)
    lead = make.lead(organization=firm, owner=cast.owner)
    board = leader.get(f"/pipeline/{make.pipeline().pk}/").content.decode()
    assert board.count("Fits the ideal client: 75 of 100") == 1
    page = leader.get("/deals/?fit=70..&sort=-fit&columns=title,fit").content.decode()
    assert "Fits" in page
    assert "Not known" not in page
    assert '<td data-name="fit" class="n">75' in page
    for path in (f"/deals/{deal.pk}/", f"/leads/{lead.pk}/", f"/organizations/{firm.pk}/"):
        page = leader.get(path).content.decode()
        assert "1 of 2 criteria met, 1 not known" in page, path
    Visibility.objects.create(kind="organization", see="owner", change="owner")
    page = signed_in(cast.owner).get(f"/deals/{deal.pk}/").content.decode()
    assert "hidden from you" in page
    assert "0 of 0 criteria met" in page
