"""Health: its weeks end with the last whole day, and each of its numbers opens exactly what it counts."""

from __future__ import annotations

import csv
import datetime as dt
import re
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Stage
from leadline.crm.models.target import Target
from leadline.insights import ask_health
from leadline.insights.health.verdict import Answer
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 3, 9)


def _at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), ZoneInfo(settings.LEADLINE_TIME_ZONE))


def _deals(cast: Cast, first: dt.date, days: int) -> None:
    """On each day at noon one is added and comes to its first stage, but on Saturdays and Sundays."""
    for day in (first + n * DAY for n in range(days)):
        if day.weekday() < 5:
            factories.deal(owner=cast.owner, value=Decimal(1000), created_at=_at(day, 12), at=_at(day, 12))


def _told(answers: tuple[Answer, ...]) -> list[tuple[object, ...]]:
    """Pace and verdict of the second question, the deals added of the third, with their days."""
    pace, come = answers[1].evidence[0], answers[2].evidence[0]
    return [(answers[1].verdict, pace.n, pace.start, pace.end, pace.value), (come.n, come.start, come.end)]


def test_r16_a_day_that_has_only_begun_changes_nothing_around_midnight() -> None:
    cast = assemble()
    _deals(cast, MONDAY - 90 * DAY, 92)  # up to Tuesday, noon

    def told(moment: dt.datetime | dt.date) -> list[tuple[object, ...]]:
        return _told(ask_health.health(as_of=moment, user=cast.leader).answers)

    late = told(_at(MONDAY - DAY, 23, 58))  # Sunday: Saturday is the last whole day, and nobody works on either
    early, noon, night = (told(_at(MONDAY, hour, minute)) for hour, minute in ((0, 1), (13, 0), (23, 58)))
    assert early == noon == night == told(MONDAY - DAY)
    (verdict, moves, start, end, pace), (added, *_days) = early
    assert (moves, start, end, added) == (20, MONDAY - 28 * DAY, MONDAY - DAY, 40)
    assert late[0][0] == verdict
    assert late[0][1] == moves
    assert late[0][4] == pytest.approx(pace, rel=0.03)  # one Saturday less in the time before
    assert told(_at(MONDAY + DAY, 0, 1))[0][3] == MONDAY
    assert told(MONDAY + DAY)[0][1:4] == (20, MONDAY - 26 * DAY, MONDAY + DAY)  # a day of the past is whole


def test_r50_every_number_of_the_five_questions_opens_exactly_what_it_counts(client: Client) -> None:
    cast, now = assemble(), timezone.now()
    for number in range(24):
        at = now - (4 + number * 7) * DAY
        deal = factories.deal(owner=cast.owner, value=Decimal(900 + number), created_at=at, at=at)
        deal.move_to(factories.stage(1), by=cast.leader, at=at + DAY / 2)
        if number > 7:
            for place in range(2, Stage.objects.filter(pipeline=deal.pipeline).count()):
                deal.move_to(factories.stage(place), by=cast.leader, at=at + place * DAY / 2 + DAY / 4)
            (deal.lose if number % 3 else deal.win)(by=SYSTEM, at=at + 3 * DAY)
    factories.deal(owner=cast.owner, title="Today", created_at=now, at=now)
    start = now.date() - 30 * DAY
    Target(metric="deals_won", start_on=start, end_on=start + 90 * DAY, amount=Decimal(50)).add(by=SYSTEM)
    client.force_login(cast.leader)
    body = client.get("/insights/health/questions/").content.decode()
    opened = {}
    for dd in re.findall(r"<dd>(.*?)</dd>", body, re.S):
        href = re.search(r'href="([^"]+)"', dd)
        if href:
            listed = unescape(href[1]).replace("/insights/deals/?", "/insights/deals.csv?")
            rows = list(csv.DictReader(client.get(listed).getvalue().decode("utf-8-sig").splitlines()))
            words = re.sub(r"<[^>]+>|\s+", " ", dd)
            opened[unescape(href[1])] = (len(rows), words, sum(float(row.get("worth") or 0) for row in rows))
    evidence = {each.key: each for answer in ask_health.health(user=cast.leader).answers for each in answer.evidence}
    counted = {
        "metric=stage_conversion&part=entered": (evidence["pace"].deals, "deals"),
        "metric=deals_added": (evidence["added_per_week"].n, "added"),
        "column=expected_wins": (evidence["expected_wins"].n, "from"),
        "column=pressing_worth": (evidence["pressing_worth"].beside, ""),
        "column=pressing": (evidence["pressing"].value, ""),
        "metric=stalled": (evidence["stalled"].beside, "of"),
        "metric=idle": (evidence["idle"].beside, "of"),
        "part=open_flawed": (evidence["in_order"].beside, "of"),
        "metric=age_in_stage": (evidence["age"].n, "open"),
    }
    for part, (count, word) in counted.items():
        hrefs = [href for href in opened if re.search(f"{re.escape(part)}(&|$)", href)]
        assert len(hrefs) == 1, part
        assert opened[hrefs[0]][0] == count, part
        assert word in opened[hrefs[0]][1], part
        assert ("&from=" in hrefs[0] and "&to=" in hrefs[0]) == (word in ("deals", "added")), part
    worth = next(found for href, found in opened.items() if "pressing_worth" in href)
    assert worth[2] == pytest.approx(float(evidence["pressing_worth"].value or 0))
    there = [(href, found) for href, found in opened.items() if "metric=open_value" in href]
    assert there
    for href, (count, words, _total) in there:
        assert words.split()[0] == str(count), href
