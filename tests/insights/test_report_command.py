"""`leadline report` for people, programs and spreadsheets."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from leadline.accounts.actors import SYSTEM
from leadline.cli.errors import Failure
from leadline.cli.report import app
from leadline.crm.models import CustomField
from leadline.insights.catalogue import FAMILIES, METRICS
from tests import factories
from tests.cast import assemble

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed

JANUARY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _deals() -> None:
    cast = assemble()
    for number in range(3):
        deal = factories.deal(owner=cast.owner, at=JANUARY, created_at=JANUARY)
        later = JANUARY + dt.timedelta(days=9)
        deal.lose(by=SYSTEM, at=later) if number == 2 else deal.win(by=SYSTEM, at=later)


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_a_table_for_people_says_two_of_three() -> None:
    printed = run("win_rate", "--by", "owner")
    assert "Olga" in printed
    assert "2 of 3" in printed
    assert "67" not in printed


def test_json_rows_have_the_fields_that_programs_count_on() -> None:
    (row,) = json.loads(run("win_rate", "--by", "owner,month", "--json"))
    assert (row["owner"], row["month"]) == ("Olga", "2026-01")
    assert (row["numerator"], row["denominator"], row["n"]) == (2, 3, 3)
    assert row["low"] < row["value"] < row["high"]
    (revenue,) = json.loads(run("booked_revenue", "--by", "quarter", "--json"))
    assert (revenue["quarter"], revenue["value"], revenue["n"]) == ("2026-Q1", 2000, 2)


def test_conversion_that_nobody_knows_is_said_to_be_unknown() -> None:
    for _ in range(3):
        factories.deal(stage=None, status="lost", at=JANUARY, closed_at=JANUARY)
    lines = run("stage_conversion", "--by", "stage").splitlines()
    assert any("unknown (3)" in line for line in lines)
    (recorded,) = [line for line in lines if line.startswith("not recorded")]
    assert "0 of 3" in recorded


def test_the_share_that_skipped_a_stage() -> None:
    stages = factories.pipeline().stages.order_by("position")
    factories.deal(at=JANUARY, created_at=JANUARY, stage=stages[2])
    assert "1 (100%)" in run("stage_conversion", "--by", "stage")


def test_no_deals_are_not_nought_of_nought() -> None:
    assert "no deals" in run("win_rate", "--from", "2026-02-01")


def test_help_lists_the_metrics_and_dimensions() -> None:
    told = " ".join(run("--help").split())
    for name in (*METRICS, "lost_reason", "quarter"):
        assert name in told


def test_metrics_are_listed_by_family() -> None:
    told = " ".join(run("--list").split())
    assert "deals: What becomes of deals: won, lost, how large, how soon." in told
    assert all(metric.name in told for metric in METRICS.values())


def test_what_stands_beside_a_value_is_printed_as_its_kind_declares_it() -> None:
    assert {"p80", "mean", "tempered"} <= set(run("time_to_close", "--by", "owner").split())
    for metric in (family.METRICS[-1] for family in FAMILIES):  # also where there is no numerator
        run(metric.name, "--by", metric.dimensions[0])


def test_csv() -> None:
    assert run("booked_revenue", "--by", "owner", "--csv").splitlines() == [
        "owner,value,n,low,high,left_out",
        "Olga,2000.00,2,,,0",
    ]


def test_period_and_moment() -> None:
    assert json.loads(run("win_rate", "--from", "2026-02-01", "--json"))[0]["n"] == 0
    assert json.loads(run("win_rate", "--as-of", "2026-01-10", "--json"))[0]["n"] == 0
    assert json.loads(run("win_rate", "--as-of", "2026-01-14T09:00:00Z", "--to", "2026-01-14", "--json"))[0]["n"] == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "time_in_stage, win_rate"),
        (["win_rat"], "win_rate"),
        (["win_rate", "--by", "series"], "'Series' is a field of products; .* choice fields of deals"),
        (["win_rate", "--by", "sector"], "'sector' is a field of organizations"),
        (["win_rate", "--by", "ownr"], "owner"),
        (["win_rate", "--from", "tomorrow"], "--from: tomorrow is not a day"),
        (["win_rate", "--as-of", "2026-13-01T00:00"], "--as-of"),
        (["win_rate", "--pipeline", "Nowhere"], "There is no pipeline"),
        (["booked_revenue", "--by", "lost_reason"], "cannot be broken down"),
        (["win_rate", "--json", "--csv"], "one of"),
    ],
)
def test_wrong_questions_are_answered_in_one_line(arguments: list[str], said: str) -> None:
    CustomField(name="Series", entity="product", kind="text").add(by=SYSTEM)
    with pytest.raises(Failure, match=said) as failure:
        CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert failure.value.code == 2
    assert "\n" not in str(failure.value)
