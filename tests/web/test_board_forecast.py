"""The forecast: deals by the month in which they are expected to close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import Deal
from leadline.web.pipeline import months
from leadline.web.pipeline.asked import FORECAST, narrowed
from leadline.web.pipeline.columns import columns
from leadline.web.pipeline.months import day_in, first_of, put_into
from tests import factories as make
from tests.cast import Cast
from tests.web.board import board_path, shown, titles

SignIn = Callable[[User], Client]
JSON = {"HTTP_ACCEPT": "application/json"}


def expected(**days: dt.date | None) -> dict[str, Deal]:
    return {name: make.deal(title=name, expected_close_on=day, value=Decimal(100)) for name, day in days.items()}


def test_each_deal_stands_in_the_column_of_its_day(cast: Cast, signed_in: SignIn) -> None:
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    expected(
        passed=today - day,
        today=today,
        end=first_of(today, 1) - day,
        second=first_of(today, 1),
        last=first_of(today, 6) - day,
        far=first_of(today, 6),
        never=None,
    )
    found = titles(shown(signed_in(cast.owner), f"{board_path()}forecast/"))
    assert found["Overdue"] == ["passed"]
    columns_in_order = list(found.values())
    assert sorted(columns_in_order[1]) == ["end", "today"]
    assert columns_in_order[2] == ["second"]
    assert columns_in_order[6] == ["last"]
    assert (found["Later"], found["No date"]) == (["far"], ["never"])


def test_sums_and_weighted_sums_agree_with_a_slow_definition(cast: Cast) -> None:
    make.stage(0).edit(by=SYSTEM, probability=10)
    make.stage(1).edit(by=SYSTEM, probability=50)
    today = timezone.localdate()
    for number in range(30):
        day = None if number % 7 == 0 else today + dt.timedelta(days=number * 9 - 40)
        make.deal(stage=make.stage(number % 3), value=Decimal(number), expected_close_on=day)
    for column in columns(narrowed(cast.owner, make.pipeline(), FORECAST, {})):
        deals = list(Deal.objects.filter(column.lane.among))
        assert column.head.count == len(deals), column.lane.name
        assert column.head.total == sum(deal.value for deal in deals)
        known = [deal for deal in deals if deal.stage.probability is not None]
        weighted = sum(deal.value * deal.stage.probability / 100 for deal in known)
        assert (column.head.weighted or 0) == weighted
        assert column.head.without_probability == len(deals) - len(known)


def test_into_another_month_the_day_stays(cast: Cast, signed_in: SignIn) -> None:
    today = timezone.localdate()
    there = first_of(today, 2)
    deal = expected(it=first_of(today, 1).replace(day=17))["it"]
    answer = signed_in(cast.administrator).post(f"/deals/{deal.pk}/month/", {"month": f"{there:%Y-%m}"}, **JSON)
    assert answer.status_code == 200
    deal.refresh_from_db()
    assert deal.expected_close_on == there.replace(day=17)
    signed_in(cast.administrator).post(f"/deals/{deal.pk}/month/", {"month": "none"}, **JSON)
    deal.refresh_from_db()
    assert deal.expected_close_on is None


@pytest.mark.parametrize("month", ["overdue", "2020-01", "nonsense", "", "2026-13"])
def test_nothing_is_put_into_the_past(cast: Cast, signed_in: SignIn, month: str) -> None:
    deal = expected(it=dt.date(2027, 1, 5))["it"]
    answer = signed_in(cast.administrator).post(f"/deals/{deal.pk}/month/", {"month": month}, **JSON)
    assert answer.status_code == 422
    assert "expected_close_on" in answer.json()["errors"]


def test_added_in_a_month_it_is_expected_then(cast: Cast, signed_in: SignIn) -> None:
    make.pipeline()
    month = first_of(timezone.localdate(), 3)
    signed_in(cast.owner).post("/deals/add/", {"title": "New", "month": f"{month:%Y-%m}"}, **JSON)
    assert Deal.objects.get().expected_close_on == first_of(month, 1) - dt.timedelta(days=1)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)),
    st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)),
    st.integers(0, 5),
)
def test_a_day_in_a_month_is_in_that_month_and_not_past(today: dt.date, was: dt.date, ahead: int) -> None:
    month = first_of(today, ahead)
    day = day_in(month, was, today)
    assert first_of(day) == month
    assert day >= today
    if ahead:
        assert day.day == min(was.day, (first_of(month, 1) - dt.timedelta(days=1)).day)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_later_is_behind_the_last_column(today: dt.date) -> None:
    day = put_into(months.LATER, today, today)
    assert day is not None
    assert first_of(day) == first_of(months.months_from(today)[-1], 1)
