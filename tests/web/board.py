"""The board as a person reads it: columns, cards and heads from the page, and the same by a slow definition."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Deal
from tests import factories as make
from tests.web.reading import Element, read

DAY = dt.timedelta(days=1)


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def shown(client: Any, path: str, **query: str) -> Element:
    answer = client.get(path, query)
    assert answer.status_code == 200, answer.status_code
    return read(answer.content)


def board_path() -> str:
    return f"/pipeline/{make.pipeline().pk}/"


def titles(page: Element) -> dict[str, list[str]]:
    """The cards of each column by its name, from the top."""
    return {
        lane.one("h2").text: [link.text for link in lane.all("a", class_="deal-title")]
        for lane in page.all("section", class_="lane")
    }


def card(page: Element, title: str) -> Element:
    return next(one for one in page.all("li", class_="deal") if one.one("a", class_="deal-title").text == title)


def head(page: Element, name: str) -> Element:
    return next(lane for lane in page.all("section", class_="lane") if lane.one("h2").text == name).one("header")


def slow_sums(user: User) -> dict[str, tuple[int, Decimal, int]]:
    """Per stage: how many open deals the person sees, their value in the base currency, how many are rotten."""
    found: dict[str, tuple[int, Decimal, int]] = {}
    for deal in Deal.objects.visible_to(user):
        if deal.is_open and deal.stage:
            count, total, rotten = found.get(deal.stage.name, (0, Decimal(0), 0))
            found[deal.stage.name] = (
                count + 1,
                total + (deal.value_base or 0),
                rotten + deal.is_rotten(),
            )
    return found
