"""What deals are worth in the base currency: at the rate of the day on which their value was set."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from leadline.accounts.actors import SYSTEM
from leadline.crm.models import Currency, Deal, Rate, base_currency
from leadline.crm.rates import add_rate, change_rate, delete_rate, set_base_currency
from leadline.history.replay import disagreements
from leadline.history.undoing import undo_act
from tests import factories as make
from tests.cast import assemble

pytestmark = pytest.mark.django_db


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def deal_of(number: int, value: int = 100, currency: str = "EUR") -> Deal:
    """A deal whose value was set on a day of March 2026."""
    noon = dt.datetime(2026, 3, number, 12, tzinfo=dt.UTC)
    return make.deal(value=Decimal(value), currency=currency, at=noon)


def worth(deal: Deal) -> Decimal | None:
    deal.refresh_from_db()
    value: Decimal | None = deal.value_base
    return value


def test_a_rate_gives_deals_from_its_day_on_a_worth() -> None:
    before, on, after = deal_of(9), deal_of(10), deal_of(20)
    add_rate("EUR", day(10), Decimal("1.10"), by=SYSTEM)
    assert (worth(before), worth(on), worth(after)) == (None, Decimal(110), Decimal(110))


def test_a_rate_holds_until_the_next() -> None:
    early, late = deal_of(10), deal_of(20)
    add_rate("EUR", day(20), Decimal("1.30"), by=SYSTEM)
    add_rate("EUR", day(5), Decimal("1.10"), by=SYSTEM)
    assert (worth(early), worth(late)) == (Decimal(110), Decimal(130))
    add_rate("EUR", day(9), Decimal("1.20"), by=SYSTEM)
    assert (worth(early), worth(late)) == (Decimal(120), Decimal(130))


def test_the_day_is_that_on_which_the_value_was_set() -> None:
    """Not that of other edits since."""
    deal = deal_of(10)
    deal.edit(by=SYSTEM, at=dt.datetime(2026, 3, 15, tzinfo=dt.UTC), value=Decimal(200))
    deal.edit(by=SYSTEM, at=dt.datetime(2026, 3, 25, tzinfo=dt.UTC), title="Later")
    for number, rate in ((1, "1.1"), (15, "1.2"), (20, "1.3")):
        add_rate("EUR", day(number), Decimal(rate), by=SYSTEM)
    assert worth(deal) == Decimal(240)


def test_a_new_deal_takes_the_rate_of_its_day_at_once() -> None:
    add_rate("EUR", day(1), Decimal("1.1"), by=SYSTEM)
    assert (worth(deal_of(10)), worth(deal_of(10, currency="USD"))) == (Decimal(110), Decimal(100))
    assert worth(make.deal(value=None, currency="EUR")) is None


def test_rates_can_be_corrected_and_deleted() -> None:
    deal = deal_of(10)
    add_rate("EUR", day(1), Decimal("1.1"), by=SYSTEM)
    wrong = add_rate("EUR", day(9), Decimal(11), by=SYSTEM)
    assert worth(deal) == Decimal(1100)
    change_rate(wrong, Decimal("1.2"), by=SYSTEM)
    assert worth(deal) == Decimal(120)
    delete_rate(wrong, by=SYSTEM)
    assert worth(deal) == Decimal(110)
    add_rate("EUR", day(9), Decimal("1.5"), by=SYSTEM)  # the day is free again
    assert worth(deal) == Decimal(150)


def test_other_currencies_are_left_alone() -> None:
    deal_of(10, currency="GBP")
    changes = Deal.objects.get().snapshot()
    add_rate("EUR", day(1), Decimal("1.1"), by=SYSTEM)
    assert Deal.objects.get().snapshot() == changes


def test_a_rate_and_its_consequences_are_taken_back_as_one() -> None:
    user = assemble().leader
    deal = deal_of(10)
    act = user.via("web", act=uuid.uuid4())
    add_rate("EUR", day(1), Decimal("1.1"), by=act)
    assert undo_act(act.act, by=user).left == []
    assert (worth(deal), Rate.objects.kept().count()) == (None, 0)
    assert list(disagreements(Deal)) == []


def test_a_revaluation_is_no_touch() -> None:
    """R3."""
    user = assemble().leader
    deal = deal_of(10)
    add_rate("EUR", day(1), Decimal("1.1"), by=user)
    deal.refresh_from_db()
    assert deal.last_touch_at is None


@pytest.mark.parametrize("rate", ["0", "-1"])
def test_a_rate_is_above_nothing(rate: str) -> None:
    with pytest.raises(ValidationError):
        add_rate("EUR", day(1), Decimal(rate), by=SYSTEM)


def test_a_day_has_one_rate() -> None:
    add_rate("EUR", day(1), Decimal(1), by=SYSTEM)
    with pytest.raises(ValidationError, match="a rate for this day"):
        add_rate("EUR", day(1), Decimal(2), by=SYSTEM)
    with pytest.raises(ValidationError):
        add_rate("euro", day(1), Decimal(1), by=SYSTEM)


def test_another_base_currency_turns_rates_and_deals() -> None:
    """1 EUR = 1.25 USD and 1 GBP = 1.50 USD: in EUR a dollar is 0.80 and a pound 1.20."""
    euros, dollars, pounds = deal_of(10), deal_of(10, currency="USD"), deal_of(10, currency="GBP")
    add_rate("EUR", day(1), Decimal("1.25"), by=SYSTEM)
    add_rate("GBP", day(5), Decimal("1.50"), by=SYSTEM)
    assert set_base_currency("EUR", by=SYSTEM) == 3
    assert base_currency() == "EUR"
    assert [worth(deal) for deal in (euros, dollars, pounds)] == [Decimal(100), Decimal(80), Decimal(120)]
    rates = {(rate.currency, rate.on_date): rate.rate for rate in Rate.objects.kept()}
    assert rates == {("USD", day(1)): Decimal("0.8"), ("GBP", day(5)): Decimal("1.2")}


def test_there_and_back_again() -> None:
    deals = [deal_of(10), deal_of(20, currency="USD"), deal_of(25, currency="GBP")]
    for currency, number, rate in (("EUR", 1, "1.25"), ("EUR", 15, "1.60"), ("GBP", 2, "2.5")):
        add_rate(currency, day(number), Decimal(rate), by=SYSTEM)
    before = [worth(deal) for deal in deals]
    set_base_currency("EUR", by=SYSTEM)
    assert [worth(deal) for deal in deals] != before
    set_base_currency("USD", by=SYSTEM)
    assert [worth(deal) for deal in deals] == before
    assert Currency.objects.filter(is_base=True).count() == 1


def test_a_base_without_any_rate_leaves_the_worth_of_others_unknown() -> None:
    euros, dollars = deal_of(10), deal_of(10, currency="USD")
    set_base_currency("EUR", by=SYSTEM)
    assert (worth(euros), worth(dollars)) == (Decimal(100), None)
    assert set_base_currency("EUR", by=SYSTEM) == 0


def test_another_base_is_taken_back_as_one() -> None:
    user = assemble().administrator
    deal = deal_of(10, currency="USD")
    add_rate("EUR", day(1), Decimal("1.25"), by=user)
    act = user.via("web", act=uuid.uuid4())
    set_base_currency("EUR", by=act)
    assert undo_act(act.act, by=user).left == []
    assert (base_currency(), worth(deal)) == ("USD", Decimal(100))
    assert {(rate.currency, rate.rate) for rate in Rate.objects.kept()} == {("EUR", Decimal("1.25"))}


def test_those_who_lead_decide_about_money() -> None:
    cast = assemble()
    with pytest.raises(PermissionDenied):
        set_base_currency("EUR", by=cast.owner)
    with pytest.raises(PermissionDenied):
        add_rate("EUR", day(1), Decimal(1), by=cast.owner)
