"""`leadline forecast` for people and programs; with little data, and asked wrongly."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from leadline.accounts.actors import SYSTEM
from leadline.cli.errors import Failure
from leadline.cli.forecast import app
from leadline.crm.models import ForecastSnapshot
from leadline.insights import ask_forecast
from tests import factories
from tests.cast import Cast, assemble
from tests.forecasts import an_outlook

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed
JANUARY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_with_few_deals_it_is_a_plain_sentence(cast: Cast) -> None:
    assert run().strip() == "There are no deals yet."
    deal = factories.deal(owner=cast.owner, at=JANUARY, created_at=JANUARY)
    deal.win(by=SYSTEM, at=JANUARY + dt.timedelta(days=9))
    assert "9 more are needed" in run("--as-of", "2026-03-31")
    assert run("--as-of", "9999-12-31") == run()  # a day that is not over is now
    found = json.loads(run("--json", "--horizon", "4w"))
    assert found["cannot"] == {"reason": "few_closed", "more": 9}
    assert found["weeks"] == 4
    with pytest.raises(Failure, match="no forecast to keep"):
        run("--keep")
    assert not ForecastSnapshot.objects.exists()


def test_it_says_what_the_page_says_and_breaks_it_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = factories.deal(owner=cast.owner, at=JANUARY, created_at=JANUARY)
    monkeypatch.setattr(ask_forecast, "forecast", lambda _subject: an_outlook(deal.pk, cast.owner.pk))
    printed = run("--by", "owner", "--keep")
    assert printed.startswith("By Mar 31, 2026 about $8,770 will be booked, in 9 of 10 cases between")
    assert "2026-Q1" in printed
    assert "…" not in printed
    assert "Olga" in printed
    run("--keep")
    assert ForecastSnapshot.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--horizon", "90"], "weeks from 1 to 52"),
        (["--horizon", "soon"], "weeks from 1 to 52"),
        (["--as-of", "today"], "not a day"),
        (["--pipeline", "Nowhere"], "There is no pipeline Nowhere"),
        (["--as-of", "0001-01-01"], "nothing is recorded of 0001-01-01"),
        (["--keep", "--as-of", "2026-01-01"], "leave --as-of"),
        (["--keep", "--horizon", "1w"], "and --horizon out"),
    ],
)
def test_what_makes_no_sense_is_said(wrong: list[str], said: str) -> None:
    with pytest.raises(Failure, match=said):
        run(*wrong)
