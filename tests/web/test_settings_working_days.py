"""Working days in the settings: the week, holidays of a place, days of one's own, and the year they make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.crm.models import OwnDay, WorkingWeek
from leadline.crm.working_time import company_days, set_week
from leadline.history.undoing import undo_act
from tests.cast import Cast
from tests.web.answers import act_of, at, errors, leader, part
from tests.web.reading import Element

SignIn = Callable[[User], Client]
__all__ = ["leader"]  # the fixture
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGE = "/settings/working-days/"


def day_of(page: Element, month: int, number: int) -> Element:
    cells = page.all("table", class_="month")[month - 1].all("td")
    return next(span for cell in cells for span in cell.all("span") if span.text.split(" ")[0] == str(number))


def test_until_somebody_says_otherwise(leader: Client) -> None:
    page = part(leader.get(PAGE + "?year=2026"))
    assert "261 working days" in page.text
    checked = {box.attributes["value"] for box in page.all("input", name="weekdays") if "checked" in box.attributes}
    assert checked == {"0", "1", "2", "3", "4"}
    assert len(page.all("table", class_="month")) == 12


def test_the_week(leader: Client, cast: Cast) -> None:
    answer = leader.post(at("working_week"), {"weekdays": ["0", "1"], "year": "2027"}, **HTMX)
    assert company_days().weekdays == {0, 1}
    assert part(answer).one(id="the-year").text == "2027"  # the year that was looked at stays
    undo_act(act_of(answer), by=cast.leader)
    assert company_days().weekdays == {0, 1, 2, 3, 4}
    for wrong in ([], ["8"], ["Monday"]):
        refused = leader.post(at("working_week"), {"weekdays": wrong}, **HTMX)
        assert (refused.status_code, len(errors(refused))) == (422, 1)


def test_where_weeks_and_fiscal_years_begin(leader: Client, cast: Cast, signed_in: SignIn) -> None:
    sent = {"weekdays": ["0"], "first_weekday": "6", "fiscal_month": "10"}
    page = part(leader.post(at("working_week"), sent, **HTMX))
    chosen = [box.one("option", selected="").text for box in (page.one("select", id="fiscal-month"),)]
    assert (WorkingWeek.company().first_weekday, WorkingWeek.company().fiscal_month, chosen) == (6, 10, ["October"])
    assert "Weeks begin on Sunday, fiscal years in October." in part(signed_in(cast.owner).get(PAGE)).text
    for wrong in ({"first_weekday": "7"}, {"fiscal_month": "0"}, {"fiscal_month": "x"}):
        assert leader.post(at("working_week"), {**sent, **wrong}, **HTMX).status_code == 422, wrong


def test_holidays_of_a_place(leader: Client) -> None:
    page = part(leader.post(at("working_place"), {"country": "DE", "year": "2026"}, **HTMX))
    assert "Bayern" in page.one("select", name="region").text
    assert day_of(page, 1, 6).attributes.get("class") is None
    page = part(leader.post(at("working_place"), {"region": "BY", "year": "2026"}, **HTMX))
    epiphany = day_of(page, 1, 6)
    assert (epiphany.attributes["class"], epiphany.attributes["title"]) == ("holiday", "Epiphany")
    assert "public holidays" in page.text
    page = part(leader.post(at("working_place"), {"country": "AT", "year": "2026"}, **HTMX))
    assert WorkingWeek.company().region == ""
    for wrong in ({"country": "ZZ"}, {"country": "<b>"}, {"region": "XX"}):
        assert leader.post(at("working_place"), wrong, **HTMX).status_code == 422
    leader.post(at("working_place"), {"country": ""}, **HTMX)
    assert company_days().country == ""


def test_days_of_ones_own(leader: Client, cast: Cast) -> None:
    add = at("own_day_add")
    answer = leader.post(add, {"on_date": "2026-12-24", "worked": "no", "name": "🎄 Eve", "year": "2026"}, **HTMX)
    assert answer.status_code == 200
    assert day_of(part(answer), 12, 24).attributes["class"] == "off"
    answer = leader.post(add, {"on_date": "2026-12-19", "worked": "yes", "year": "2026"}, **HTMX)
    assert day_of(part(answer), 12, 19).attributes["class"] == "on"
    undo_act(act_of(answer), by=cast.leader)
    row = OwnDay.objects.kept().get()
    leader.post(at("own_day_change", row.pk), {"name": "Christmas Eve", "was": "🎄 Eve"}, **HTMX)
    assert OwnDay.objects.kept().get().name == "Christmas Eve"
    for wrong in (
        {"on_date": "2026-12-24"},
        {"on_date": ""},
        {"on_date": "2026-02-30"},
        {"on_date": "2026-12-28", "name": "x" * 300},
    ):
        refused = leader.post(add, wrong, **HTMX)
        assert (refused.status_code, len(errors(refused))) == (422, 1), wrong
        assert part(refused).one(id="add-day").attributes["value"] == wrong["on_date"]
    leader.post(at("own_day_delete", row.pk), **HTMX)
    assert not OwnDay.objects.kept().exists()


@pytest.mark.parametrize("year", ["0000", "9999", "x", "20260", "-1", "1970", "2100", ""])
def test_years_that_are_asked_for(leader: Client, year: str) -> None:
    set_week(by=SYSTEM, country="GB")
    shown = int(part(leader.get(f"{PAGE}?year={year}")).one(id="the-year").text)
    assert shown == (int(year) if year in ("1970", "2100") else dt.datetime.now(dt.UTC).year)


def test_weeks_begin_as_the_readers_do(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.leader)
    for language, first in (("en-US", "Sunday"), ("en-GB", "Monday")):
        page = part(client.get(PAGE, headers={"accept-language": language}))
        assert page.all("table", class_="month")[0].all("abbr")[0].attributes["title"] == first


@pytest.mark.parametrize("who", ["owner", "reader"])
def test_who_may_not_change_sees_no_way_to(cast: Cast, signed_in: SignIn, who: str) -> None:
    set_week(by=SYSTEM, country="DE", region="BY")
    row = OwnDay(on_date=dt.date(2026, 12, 24), name="Eve").add(by=SYSTEM)
    client = signed_in(getattr(cast, who))
    shown = part(client.get(PAGE + "?year=2026"))
    assert list(shown.all("form")) == []
    assert "Germany, Bayern" in shown.text
    assert "Eve" in shown.text
    tries: list[tuple[str, dict[str, Any]]] = [
        (at("working_week"), {"weekdays": ["0"]}),
        (at("working_place"), {"country": "AT"}),
        (at("own_day_add"), {"on_date": "2026-12-31"}),
        (at("own_day_change", row.pk), {"name": "X"}),
        (at("own_day_delete", row.pk), {}),
    ]
    for address, typed in tries:
        assert client.post(address, typed, **HTMX).status_code == 403, address
