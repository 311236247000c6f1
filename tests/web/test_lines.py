"""Products on a deal: what they come to, to the cent, and who may change them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.crm.models import Deal, DealProduct
from leadline.web.lines.reading import lines_of
from leadline.web.products.selling import sold
from tests import factories as make
from tests.cast import Cast
from tests.web.reading import read

SignIn = Callable[[User], Client]
SCRIPT = {"HX-Request": "true"}


def added(client: Client, deal: Deal, **data: str) -> Any:
    return client.post(f"/deals/{deal.pk}/lines/add/", data, headers=SCRIPT)


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "amount"),
    [
        ("1", "100", "0", "100.00"),
        ("3", "33.33", "10", "89.99"),
        ("0.333", "9.99", "0", "3.33"),
        ("7", "19.99", "12.5", "122.44"),
        ("1000", "0.01", "50", "5.00"),
        ("2", "100", "100", "0.00"),
        ("0", "100", "0", "0.00"),
    ],
)
def test_a_line_to_the_cent(db: None, quantity: str, price: str, discount: str, amount: str) -> None:
    line = make.line(
        make.deal(), quantity=Decimal(quantity), unit_price=Decimal(price), discount=Decimal(discount)
    )  # fmt: skip
    assert line.amount == Decimal(amount)


def test_the_sum_is_of_rounded_lines(cast: Cast) -> None:
    deal = make.deal(value=None)
    for _ in range(3):
        make.line(deal, quantity=Decimal("0.333"), unit_price=Decimal("10.05"))  # 3.34665 each
    lines = lines_of(cast.owner, deal)
    assert lines.total == Decimal("10.05") == sum(line.amount for line in lines.rows if line.amount)
    assert lines.differs
    assert lines.sum == "$10.05"
    make.line(deal, product=make.product(unit_price=None))
    assert lines_of(cast.owner, deal).unpriced == 1
    assert not lines_of(cast.owner, deal).differs


def test_how_a_line_reads(cast: Cast) -> None:
    deal = make.deal()
    make.line(deal, quantity=Decimal("1200.5"), unit_price=Decimal("1999"), discount=Decimal("12.5"))
    make.line(deal, quantity=Decimal(2))
    lines = lines_of(cast.owner, deal)
    assert [lines.how(line) for line in lines.rows] == ["1,200.5 × $1,999.00 − 12.5%", "2 × $100.00"]


def test_add_change_take_off(cast: Cast, signed_in: SignIn) -> None:
    deal, product = make.deal(owner=cast.owner), make.product(unit_price=Decimal("49.90"), currency="USD")
    client = signed_in(cast.owner)
    answer = added(client, deal, product=str(product.pk), quantity="2,000", discount="5 %")
    assert answer.status_code == 204
    line = DealProduct.objects.get()
    assert (line.quantity, line.unit_price, line.discount) == (2000, Decimal("49.90"), 5)
    client.post(f"/lines/{line.pk}/", {"quantity": "1", "unit_price": "12.34", "discount": ""}, headers=SCRIPT)
    line.refresh_from_db()
    assert (line.quantity, line.unit_price, line.discount) == (1, Decimal("12.34"), 0)
    client.post(f"/deals/{deal.pk}/lines/value/", headers=SCRIPT)
    deal.refresh_from_db()
    assert deal.value == Decimal("12.34")
    client.post(f"/lines/{line.pk}/remove/", headers=SCRIPT)
    assert not DealProduct.objects.kept().exists()
    assert client.get(f"/lines/{line.pk}/").status_code == 404
    answer = client.post(f"/deals/{deal.pk}/lines/value/", headers=SCRIPT)
    assert answer.status_code == 422
    assert answer.json()["errors"]["value"] == ["Give the deal products, each with a price, first."]


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("product", {"product": ""}),
        ("product", {"product": "999999"}),
        ("quantity", {"quantity": "-1"}),
        ("quantity", {"quantity": "many"}),
        ("quantity", {"quantity": "1" + "0" * 30}),
        ("unit_price", {"unit_price": "-0.01"}),
        ("discount", {"discount": "100.01"}),
        ("discount", {"discount": "-1"}),
    ],
)
def test_what_cannot_be_stands_beside_its_field(
    field: str, data: dict[str, str], cast: Cast, signed_in: SignIn
) -> None:
    deal, product = make.deal(owner=cast.owner), make.product()
    answer = added(signed_in(cast.owner), deal, **({"product": str(product.pk)} | data))
    assert answer.status_code == 422
    form = read(answer.content)
    (wrong,) = form.all("div", class_="wrong")
    assert wrong.all(name=field)
    assert not DealProduct.objects.exists()


def test_a_list_price_in_another_currency_is_not_taken(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner, currency="EUR")
    product = make.product(unit_price=Decimal(100), currency="USD")
    client = signed_in(cast.owner)
    answer = added(client, deal, product=str(product.pk))
    assert "The list price is in USD, the deal in EUR." in answer.content.decode()
    assert added(client, deal, product=str(product.pk), unit_price="93").status_code == 204


def test_who_may_not_change_the_deal_may_not_change_its_products(cast: Cast, signed_in: SignIn) -> None:
    deal = make.deal(owner=cast.owner)
    line = make.line(deal)
    for somebody in (cast.reader, cast.outsider):
        client = signed_in(somebody)
        assert "line-edit" not in client.get(f"/deals/{deal.pk}/").content.decode()
        assert added(client, deal, product=str(line.product_id)).status_code == 403
        for address in (f"/lines/{line.pk}/", f"/lines/{line.pk}/remove/", f"/deals/{deal.pk}/lines/value/"):
            assert client.post(address, {"quantity": "9"}, headers=SCRIPT).status_code == 403, address
    line.refresh_from_db()
    assert (line.quantity, line.deleted_at) == (1, None)


def test_what_a_product_sold(cast: Cast, signed_in: SignIn) -> None:
    product = make.product(name="Pump")
    won = make.deal(owner=cast.owner)
    for _ in range(3):
        make.line(won, product=product, quantity=Decimal("0.333"), unit_price=Decimal("10.05"))
    won.win(by=cast.owner)
    make.line(make.deal(owner=cast.owner, currency="EUR"), product=product, quantity=Decimal(2))
    make.line(make.deal(owner=cast.owner).trash(by=cast.owner), product=product)
    found = sold(cast.owner, product)
    assert found["won"].amounts == {"USD": Decimal("10.05")}
    assert found["won"].quantity == Decimal("0.999")
    assert (found["open"].quantity, found["open"].amounts) == (2, {"EUR": Decimal("200.00")})
    assert found["lost"].lines == 0
    html = signed_in(cast.owner).get(f"/products/{product.pk}/sold/").content.decode()
    assert "$10.05" in html
    assert "0.999" in html
