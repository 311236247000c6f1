"""The pages Sources and Revenue: every panel answers, and a number opens as many records as it says."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.converting import convert_to_deal
from leadline.crm.models import LeadStage
from leadline.web.insights.pages import revenue, sources
from tests import factories
from tests.cast import assemble

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed
DAY = dt.timedelta(days=1)
PANELS = [f"/insights/{one.PAGE.name}/{panel.name}/" for one in (sources, revenue) for panel in one.PAGE.panels]
ASKED = {"period": "all"}
NO_COUNTS = ("panel=", "metric=lag", "metric=time_to_close", "metric=effective_sources")  # of a part, days, or sources
PART = {"HX-Request": "true"}


@pytest.fixture
def page(client: Client) -> Client:
    """Twelve leads of two sources; four are sold, one is in vain, and Olga is credited with two she did nothing for."""
    cast, now = assemble(), timezone.now()
    factories.pipeline()
    inbound, outreach = factories.source("Inbound"), factories.source("Outreach")
    for number in range(12):
        source = outreach if number % 3 == 0 else inbound
        created = now - (90 - 2 * number) * DAY
        lead = factories.lead(
            source=source, stage=LeadStage.MQL, owner=cast.owner, created_at=created,
            originator=cast.owner if source == outreach else None,
        )  # fmt: skip
        if number in (0, 3):
            factories.activity(lead=lead, owner=cast.owner, done_at=created - DAY)
        factories.activity(lead=lead, owner=cast.owner, done_at=created + DAY / 2)
        if number < 5:
            deal = convert_to_deal(lead, by=SYSTEM)
            deal.edit(by=SYSTEM, value=Decimal(1000), organization=factories.organization())
            deal.win(by=SYSTEM) if number else deal.lose(by=SYSTEM)
    client.force_login(cast.leader)
    return client


def _text(page: Client, address: str, **asked: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", _html(page, address, **asked))).split())


def _html(page: Client, address: str, **asked: str) -> str:
    return page.get(address, ASKED | asked, headers=PART).content.decode()


def _listed(page: Client, href: str) -> int:
    """How many records stand behind an address."""
    response = page.get(unescape(href))
    assert response.status_code == 200, href
    return len(set(re.findall(r'href="/(?:deals|leads)/(\d+)/"', response.content.decode())))


def test_r50_every_panel_answers_and_its_counts_open_so_many_records(page: Client) -> None:
    opened = set()
    for address in PANELS:
        response = page.get(address, ASKED, headers=PART)
        assert response.status_code == 200, address
        links = re.findall(r'href="(/insights/(?:deals|leads)/[^"]+)"[^>]*>\s*([^<]+?)\s*<', response.content.decode())
        for href, text in links:
            listed = _listed(page, href)
            if text.isdecimal() and not any(word in href for word in NO_COUNTS):
                opened.add(address.split("/")[3])
                assert listed == int(text), href
    assert opened >= {"five", "months", "answers", "steps", "leading"}


def test_r20_credit_without_a_trace_is_listed_with_who_touched_it_first(page: Client) -> None:
    told = _text(page, "/insights/sources/audit/")
    assert "2 of 4 credited leads have no activity of their originator before they were there." in told
    assert "Olga" in told
    href, *_others = re.findall(r'href="(/insights/leads/[^"]+)"', _html(page, "/insights/sources/audit/"))
    assert _listed(page, href) == 1
    believed = re.findall(r'href="([^"]*column=leads_evidenced[^"]*)"', _html(page, "/insights/sources/moved/"))
    assert sum(_listed(page, href) for href in believed) == 12
    assert _listed(page, next(href for href in believed if "source=Outreach" in href)) == 2


def test_r20_of_deals_without_a_lead_it_is_said_what_contradicts_them_and_where_nothing_is_kept(page: Client) -> None:
    owner, other = (User.objects.get(name=name) for name in ("Olga", "Theo"))
    for number, first in enumerate((owner, other, None)):
        deal = factories.deal(title=f"Deal {number}", owner=owner, originator=owner)
        if first:
            factories.activity(deal=deal, owner=first, done_at=timezone.now())
    told = _text(page, "/insights/sources/deals/")
    assert "Of 2 deals without a lead that evidence tells of, it contradicts the record of 1." in told
    assert "Of 1 no evidence is kept." in told
    assert re.search(r"Deal 1 .* another originator Deal 2 .* no evidence kept", told)
    assert "Deal 0" not in told
    links = re.findall(r'href="(/insights/deals/[^"]+)"', _html(page, "/insights/sources/deals/"))
    assert [_listed(page, href) for href in links[:2]] == [1, 1]


def test_r21_the_mix_is_said_in_a_sentence(page: Client) -> None:
    assert "The largest source is Inbound, with " in _text(page, "/insights/sources/mix/")
    assert "All leads come from one source only: Outreach." in _text(page, "/insights/sources/mix/", source="Outreach")


def test_pages_answer_where_nothing_is_recorded_and_for_another_grouping(page: Client) -> None:
    for address in PANELS:
        assert page.get(address, {**ASKED, "as_of": "2020-01-01"}, headers=PART).status_code == 200, address
    assert page.get("/insights/sources/five/", {"by": "originator"}, headers=PART).status_code == 200
    pipeline = str(factories.pipeline().pk)
    assert "Leads belong to no pipeline" in _text(page, "/insights/sources/headline/", pipeline=pipeline)
