"""The page Forecast: what it says, what it opens, one's own number beside it, and what both are worth afterwards."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import ForecastSnapshot, OwnForecast
from leadline.crm.working_time import set_week
from leadline.history import members
from leadline.history.undoing import undo_act
from leadline.insights.ask_forecast import BACKTEST, FORECAST
from leadline.insights.ask_forecasts_kept import keep, keep_weekly, scores, told_before
from leadline.insights.kept.asking import Kept
from leadline.insights.kept.plain import plain
from leadline.insights.kept.subject import Subject
from leadline.insights.outlook.outlook import Cannot, Group, Outlook, Said, Stretch
from leadline.web.insights import ageing
from leadline.web.insights.forecasting import weekly
from tests.cast import Cast
from tests.forecasts import DAY, PAST, an_outlook
from tests.web.answers import act_of, at
from tests.web.conftest import Company
from tests.web.reading import Element, read, rows_of

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGE = "/insights/forecast/"


def outlook(company: Company, cast: Cast, **more: Any) -> Outlook:
    return an_outlook(company.deals["outsider"][-1].pk, cast.outsider.pk, cast.owner.pk, **more)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[[Outlook], None]:
    """Puts a forecast where the kept one is."""

    def tell(found: Outlook) -> None:
        now = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
        values = {FORECAST.name: found, BACKTEST.name: PAST}
        monkeypatch.setattr(
            ageing, "latest", lambda kind, subject, user: Kept(values[kind.name], now, False, False, None, "")
        )

    return tell


def panel(client: Client, name: str, **query: str) -> Element:
    target = {**HTMX, "HTTP_HX_TARGET": f"panel-forecast-{name}"}
    return read(client.get(f"{PAGE}{name}/", query, **target).content)


def test_with_few_deals_it_says_what_it_cannot_tell(company: Company, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.administrator)
    page = read(client.get(PAGE, {"whole": "1"}).content)
    assert (
        page.one(class_="forecast-says").text
        == "Too few deals are closed to tell how deals here go: 2 more are needed."
    )
    assert not page.all("p", class_="notice bad")
    assert "nan" not in page.text.lower()
    assert not weekly.keep_due()
    assert not ForecastSnapshot.objects.exists()


def test_it_says_what_will_be_booked_and_opens_what_stands_behind(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    told(outlook(company, cast))
    client = signed_in(cast.administrator)
    assert panel(client, "outlook").one(class_="forecast-says").text == (
        "By Mar 31, 2026 about $8,770 will be booked, in 9 of 10 cases between $6,000 and $12,300; "
        "$4,900 of it is already won."
    )
    assert "under 1%" in panel(client, "outlook").text
    row = rows_of(panel(client, "periods").one("table"))[1]
    assert row[:2] == ["2026-Q1 (running)", "$8,770 $6,000 to $12,300"]
    assert row[2:] == ["$9,120", "$4,900", "$3,000", "$1,220", "$700", "–", "–"]
    link = panel(client, "periods").one("table").all("a")[2].attributes["href"]
    assert len(rows_of(read(client.get(link).content).one("table"))) == 5  # won in the quarter by then
    fan = json.loads(panel(client, "fan").one("script", id="forecast-fan-spec").text)["data"]["values"]
    assert [point["series"] for point in fan] == ["won", "won", "ahead", "ahead", "target"]
    deals = panel(client, "deals")  # what nobody may see, or what is gone, is not there
    assert [row[0] for row in rows_of(deals.one("table"))] == ["Umar open"]
    assert "likelier than others there (30%), nothing done for 40 days, put off 3 times" in deals.text
    link = panel(client, "moved").one("table").all("a")[0].attributes["href"]
    assert [row[0] for row in rows_of(read(client.get(link).content).one("table"))] == ["Umar open"]
    assert [row[0] for row in rows_of(panel(client, "groups").one("table"))] == ["Umar", "Olga"]
    assert "In 1 of 2 cases what came lay within the range" in panel(client, "backtest").text
    assert "25% better" in panel(client, "calibration").text
    for name in ("fan", "moved", "groups", "backtest", "calibration"):
        assert client.get(f"{PAGE}{name}.csv").status_code == 200


def test_every_file_holds_what_the_page_shows(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    told(outlook(company, cast))
    client = signed_in(cast.administrator)
    for name in ("outlook", "fan", "periods", "deals", "moved", "groups", "goals", "backtest", "calibration"):
        lines = b"".join(client.get(f"{PAGE}{name}.csv").streaming_content).decode().splitlines()
        assert len(lines) > 1, name
        if name != "outlook":
            assert len(lines) - 1 == len(rows_of(panel(client, name).one("table"))), name
    table = panel(client, "periods").one("table")
    for link in {anchor.attributes["href"] for anchor in table.all("a")}:
        assert client.get(link).status_code == 200, link


def test_records_that_ended_lead_to_their_last_day(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    ended = Cannot("ended", (dt.date(2025, 12, 31) - dt.date(1970, 1, 1)).days)
    told(outlook(company, cast, cannot=ended, groups=(), fan=(), deals=(), moved=None))
    client = signed_in(cast.administrator)
    head = panel(client, "outlook")
    assert head.one(class_="forecast-says").text.startswith("Nothing was recorded since Dec 31, 2025")
    link = next(anchor for anchor in head.all("a") if anchor.text == "Look as of the last record")
    assert "as_of=2025-12-31" in link.attributes["href"]
    assert not panel(client, "periods").all("table")


def test_a_target_is_held_against_whose_it_is(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    found = outlook(company, cast)
    own = replace(found.goals[0], person=cast.outsider.pk, amount=3000.0, probability=1.0)
    told(replace(found, goals=(*found.goals, own)))
    client = signed_in(cast.administrator)
    assert "The target of $3,000 by Mar 31, 2026 is met." in panel(client, "outlook", owner="Umar").text
    assert "met" in rows_of(panel(client, "goals", owner="Umar").one("table"))[0]
    assert not panel(client, "goals", source="Referral").all("table")


def test_it_is_told_of_one_person_and_not_of_two_things_at_once(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    told(outlook(company, cast))
    client = signed_in(cast.administrator)
    assert "$4,560 will be booked on average" in panel(client, "outlook", owner="Umar").one(class_="forecast-says").text
    assert rows_of(panel(client, "periods", owner="Olga").one("table"))[1][1].startswith("$3,510")
    assert panel(client, "fan", owner="Umar").one("p", role="alert").text.startswith("Week by week")
    assert "target" not in panel(client, "outlook", owner="Umar").text
    head = panel(client, "outlook", as_of="2026-03-09").one(class_="forecast-says").text
    assert head.startswith("As it stood at the end of Mar 9, 2026: By Mar 31, 2026 about")
    assert "nothing to forecast" in panel(client, "outlook", owner="Theo").one(class_="forecast-says").text
    told(outlook(company, cast, cannot=Cannot("short_history", 3), groups=(), fan=(), deals=(), moved=None))
    assert "3 more weeks" in panel(client, "outlook").text
    assert rows_of(panel(client, "periods").one("table"))[1][1] == "$700"  # what is simple is known all the same


def test_who_sees_only_their_own_reads_of_their_own_target(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    found = outlook(company, cast)
    told(
        replace(
            found, goals=(*found.goals, replace(found.goals[0], person=cast.owner.pk, amount=7001.0, probability=0.6))
        )
    )
    client = signed_in(cast.owner)
    assert "The target of $7,001 by Mar 31, 2026 is met with a chance of 60%." in panel(client, "outlook").text
    assert "10,000" not in panel(client, "outlook").text
    assert "Target: $7,001" in panel(client, "fan").one("script", id="forecast-fan-spec").text
    assert not panel(client, "deals").all("table")  # the deal is another's


def test_one_says_a_number_changes_it_and_takes_it_back(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    told(outlook(company, cast))
    client = signed_in(cast.owner)
    period = panel(client, "own").one("select", id="own-period").all("option")[0].attributes["value"]
    form = {"period": period, "whose": "own", "amount": "12k"}
    answer = client.post(at("own_forecast_say"), form, **HTMX)
    assert "$12,000" in rows_of(read(answer.content).one("table"))[0]
    changed = client.post(at("own_forecast_say"), {**form, "amount": "15,000"}, **HTMX)
    undo_act(act_of(changed), by=cast.owner)
    assert OwnForecast.objects.kept().get().amount == Decimal(12_000)
    for wrong in ({"amount": "much"}, {"period": "2026"}, {"period": "2020-01-01_2020-01-31"}, {"amount": "-1"}):
        refused = client.post(at("own_forecast_say"), {**form, **wrong}, **HTMX)
        assert refused.status_code == 422
        assert read(refused.content).one("p", role="alert").text
    assert [len(panel(signed_in(user), "own").all("tr")) for user in (cast.leader, cast.teammate)] == [2, 0]
    client.post(at("own_forecast_say"), {**form, "amount": ""}, **HTMX)
    assert not OwnForecast.objects.kept().exists()
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    assert client.post(at("own_forecast_say"), {**form, "whose": "company"}, **HTMX).status_code == 422
    assert signed_in(cast.reader).post(at("own_forecast_say"), form, **HTMX).status_code == 403
    assert not panel(signed_in(cast.reader), "own").all("form")


def test_both_are_held_against_what_came(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    """In January 1,700 were won, 1,000 of them by Olga."""
    told(outlook(company, cast))
    january = Stretch("month", "2026-01", dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    numbers = {
        "all": Said(0, 0, 1500, 1000, 1200, 1500, 1600, 1650),
        "owner": Said(0, 0, 700, 500, 600, 700, 900, 1200),
    }
    groups = (Group("all", None, (numbers["all"],)), Group("owner", cast.owner.pk, (numbers["owner"],)))
    first = outlook(company, cast, stretches=(january,), groups=groups, beside=(), day=dt.date(2026, 1, 1))
    keep(first, dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC))
    for amount, day in ((900, 5), (1900, 20)):
        row = OwnForecast.objects.filter(owner=cast.owner).first() or OwnForecast(
            owner=cast.owner, start_on=january.start, end_on=january.end, amount=Decimal(amount)
        )
        moment = dt.datetime(2026, 1, day, 9, tzinfo=dt.UTC)
        if row.pk:
            row.edit(by=cast.owner, at=moment, amount=Decimal(amount))
        else:
            row.add(by=cast.owner, at=moment)
    found = scores(cast.owner)
    assert [(one.own and one.own.amount, one.came, one.nearer, one.covered) for one in found] == [
        (Decimal(1900), 1000, "model", True), (Decimal(900), 1000, "own", True), (None, 1700, "", False),
    ]  # fmt: skip
    table = panel(signed_in(cast.owner), "scores")
    assert [row[-2:] for row in rows_of(table.one("table"))] == [
        ["the model", "yes"],
        ["the person", "yes"],
        ["–", "no"],
    ]
    assert "people were nearer in 1 and the model in 1" in table.text
    link = next(a for a in table.one("table").all("a") if a.text == "$1,000").attributes["href"]
    assert len(rows_of(read(signed_in(cast.owner).get(link).content).one("table"))) == 1
    members.set_visibility("deal", by=SYSTEM, see="owner", change_by="owner")
    assert {one.group for one in scores(cast.owner)} == {("owner", cast.owner.pk)}


def test_it_is_kept_once_a_week_and_of_everything_only(company: Company, cast: Cast) -> None:
    found = outlook(company, cast)
    keep_weekly(Subject(pipeline=1), None, found)
    keep_weekly(Subject(), cast.owner, found)
    keep_weekly(Subject(), None, replace(found, cannot=Cannot("few_closed", 2)))
    assert not ForecastSnapshot.objects.exists()
    keep_weekly(Subject(), None, found)
    keep_weekly(Subject(), None, found)
    kept = ForecastSnapshot.objects.get()
    assert [one.p50 for one in told_before(("all", None), dt.date(2026, 1, 1), dt.date(2026, 3, 31))] == [8765.4]
    assert kept.said_on == DAY
    assert "Umar" not in json.dumps(kept.body)
    json.dumps(plain(kept.body), allow_nan=False)


def test_the_fiscal_quarter_can_be_said_where_the_year_begins_elsewhere(
    company: Company, cast: Cast, signed_in: SignIn, told: Callable[[Outlook], None]
) -> None:
    told(outlook(company, cast))
    set_week(by=SYSTEM, fiscal_month=2)
    options = panel(signed_in(cast.owner), "own").one("select", id="own-period").all("option")
    for option in options:
        form = {"period": option.attributes["value"], "whose": "own", "amount": "1"}
        assert signed_in(cast.owner).post(at("own_forecast_say"), form, **HTMX).status_code == 200
    assert any(option.text.startswith("FY") for option in options)
