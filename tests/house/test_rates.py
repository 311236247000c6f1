"""`leadline rate`: a currency without a rate is no dead end."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from typer.testing import CliRunner, Result

from leadline.cli.errors import line
from leadline.cli.importing import app as importing
from leadline.cli.rate import app
from leadline.crm.models import Deal, Rate, base_currency

pytestmark = pytest.mark.django_db


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def complaint(*arguments: str) -> str:
    error = call(*arguments).exception
    assert isinstance(error, Exception)
    return line(error)[0]


@pytest.fixture
def roubles(tmp_path) -> str:
    """What the import of a deal in roubles said."""
    path = tmp_path / "deals.csv"
    path.write_text("Deal ID,Title,Stage,Value,Currency,Created\n1,A,Demo,1000,RUB,2024-01-25\n")
    said = CliRunner().invoke(importing, [str(path), "--yes"])
    assert said.exit_code == 0
    return said.stdout


def test_the_import_names_the_mend_and_the_mend_mends(roubles):
    assert "no exchange rate for RUB" in " ".join(roubles.split())
    assert Deal.objects.get().value_base is None
    assert "leadline rate RUB RATE" in call().stderr
    assert call("rub", "0.01").exit_code == 0
    assert Deal.objects.get().value_base == Decimal("10.00")
    assert call().stderr == ""


def test_a_later_rate_leaves_what_was_valued_before(roubles):
    call("RUB", "0.01")
    call("RUB", "0.02", "--from", "2025-01-01")
    assert Deal.objects.get().value_base == Decimal("10.00")
    assert [rate.on_date for rate in Rate.objects.kept()] == [dt.date(1970, 1, 1), dt.date(2025, 1, 1)]
    call("RUB", "0.03", "--from", "1970-01-01")
    assert Deal.objects.get().value_base == Decimal("30.00")


def test_the_base_currency_can_be_changed(roubles):
    call("RUB", "0.01")
    assert call("--base", "RUB").exit_code == 0
    assert base_currency() == "RUB"
    assert Deal.objects.get().value_base == Decimal("1000.00")
    assert json.loads(call("--json").stdout) == {
        "base": "RUB",
        "rates": [{"currency": "USD", "from": "1970-01-01", "rate": "100"}],
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ROUBLE", "1"), "three capital letters"),
        (("RUB",), "is no rate"),
        (("RUB", "0"), "is no rate"),
        (("RUB", "NaN"), "is no rate"),
        (("RUB", "1", "--from", "yesterday"), "is not a day"),
        (("USD", "1"), "is the base currency"),
        (("RUB", "1", "--base", "EUR"), "either"),
        (("--base", "euro"), "three capital letters"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(arguments, words):
    assert words in complaint(*arguments)
    assert not Rate.objects.exists()
