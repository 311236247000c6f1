"""What if: what is asked stands in the address, what is measured beside its field, what follows beside both (R24)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from leadline.accounts.models import User
from leadline.crm.models import Pipeline, Source
from leadline.insights import ask_what_if
from leadline.insights.diagnosis.levers import levers
from leadline.insights.fitted.fitting import fit
from leadline.insights.ledger.ledger import Names
from tests import factories
from tests.cast import Cast
from tests.insights.fitted.companies import company
from tests.web.reading import Element, read

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/insights/what-if/"


def page(client: Client, **asked: Any) -> Element:
    answer = client.get(PAGE, asked)
    assert answer.status_code == 200
    return read(answer.content)


def test_a_company_without_history_is_told_so(signed_in: SignIn, cast: Cast) -> None:
    factories.pipeline()
    found = page(signed_in(cast.leader))
    assert "there is nothing to try a change on" in found.text
    assert not found.all("input", type="range")
    lines = signed_in(cast.leader).get(reverse("what_if_csv"))
    assert b"".join(lines.streaming_content).decode().count("\n") == 1


@pytest.fixture
def leaky(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> Pipeline:
    """A simulated company whose third stage leaks, under the stages and the sources that are there."""
    pipeline = factories.pipeline()
    ledger, _truth = company("leaky_stage", 11, 12, 6_000)
    stages = list(pipeline.kept_stages())[:5]
    sources = [factories.source(f"Source {place}") for place in range(5)]
    named = {"stage": stages, "source": sources, "pipeline": [pipeline]}
    names = dict(ledger.names) | {
        kind: Names(np.array([row.pk for row in rows]), tuple(row.name for row in rows)) for kind, rows in named.items()
    }
    fitted = fit(ledger)
    model = ask_what_if.Model(fitted, levers(fitted), names, ledger.deals.id, whole=True)
    monkeypatch.setattr(ask_what_if, "model", lambda user, pipeline, team=None, as_of=None: model)
    return pipeline


def _money(text: str) -> float:
    return float(text.strip("+$").replace(",", ""))


def test_records_that_ended_lead_to_their_last_day(
    signed_in: SignIn, leaky: Pipeline, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, asked = ask_what_if.model(None, leaky.pk), []
    ended = replace(found, ended=dt.date(2017, 12, 31))

    def model(_user: Any, _pipeline: int, _team: int | None = None, as_of: dt.date | None = None) -> ask_what_if.Model:
        asked.append(as_of)
        return ended if as_of is None else found

    monkeypatch.setattr(ask_what_if, "model", model)
    client = signed_in(cast.leader)
    body = client.get(PAGE).content.decode()
    assert "Nothing was recorded since Dec 31, 2017." in body
    assert "as_of=2017-12-31" in body
    then = page(client, as_of="2017-12-31")
    assert "Nothing was recorded since" not in then.text
    assert "As it stood on Dec 31, 2017." in then.text
    assert then.one("input", name="as_of").attributes["value"] == "2017-12-31"
    assert client.get(PAGE, {"as_of": "soon"}).status_code == 400
    assert asked[:2] == [None, dt.date(2017, 12, 31)]


def test_an_answer(signed_in: SignIn, cast: Cast, leaky: Pipeline) -> None:
    client = signed_in(cast.leader)
    stage, source = next(iter(leaky.kept_stages()[2:])), Source.objects.kept().get(name="Source 0")
    usual = page(client)
    assert usual.one(id="gain").text == "–"
    assert usual.one(id="as-it-is").text.startswith("$")
    assert usual.one("input", id=f"ask_s{stage.pk}").attributes["placeholder"]
    assert "deals_behind" not in str(client.get(PAGE).content)  # no list is what was counted here
    assert "that left it" in usual.text
    assert "best year" in usual.text  # the constraint is named
    said = usual.text.partition("to try the same, type ")[2].partition("%")[0]
    instead = page(client, **{f"s{stage.pk}": said}).one(id="gain").text
    lifted = usual.one(id="instead").text
    assert _money(instead) == pytest.approx(_money(lifted), rel=0.15)

    better = page(client, **{f"s{stage.pk}": "80", f"l{source.pk}": "2000"})
    assert better.one(id="gain").text.startswith("+$")
    assert "would add to bookings" in better.text
    assert better.one("input", id=f"ask_s{stage.pk}").attributes["value"] == "80"
    assert "With the change" in better.one("table", id="what-if-table").text

    alone = page(client, sellers="1")
    assert "Leads are what is short here, not hands" in alone.text
    worse = page(client, whales="3", fluff="1", smaller="2")
    assert "would cost bookings" in worse.text
    assert "What is lost of the open deals is worth" in worse.text

    header, *lines = csv.reader(
        io.StringIO(
            b"".join(client.get(reverse("what_if_csv"), {"sellers": "1"}).streaming_content).decode("utf-8-sig")
        )
    )
    assert len(lines) == 4
    assert all(len(line) == len(header) for line in lines)
    assert all(float(line[2]) <= float(line[4]) <= float(line[6]) for line in lines)

    part = client.get(PAGE, {"sellers": "1"}, headers={"HX-Request": "true"})
    assert part.headers["HX-Replace-Url"] == f"{PAGE}?sellers=1"
    assert b"<html" not in part.content
    wrong = client.get(PAGE, {"sellers": "many", f"s{stage.pk}": "140", "whose": "team-77"})
    assert wrong.status_code == 400
    told = read(wrong.content)
    assert "Enter a whole number" in told.text
    assert told.one("input", id=f"ask_s{stage.pk}").attributes["value"] == "140"
    assert "this is about" in client.get(PAGE, {"pipeline": "999"}).content.decode().lower()
    assert client.get(reverse("what_if_csv"), {"sellers": "many"}).status_code == 400
