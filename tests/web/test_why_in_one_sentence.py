"""What Why says in one sentence where something failed, the records ended long ago, or levers bring next to nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import User
from leadline.insights import ask_diagnosis
from leadline.insights.diagnosis.finding import Worth
from leadline.insights.findings import told
from leadline.insights.kept import shelf
from leadline.web.insights.why.first import cannot_tell, first
from leadline.web.insights.why.words import ASKED
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _diagnosed(**more: Any) -> told.Diagnosed:
    usual: dict[str, Any] = {
        "as_of": dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "whole": True, "closed": 200, "open": 50, "findings": (),
        "levers": told.Levers(), "cannot_tell": (), "constraint": told.First("sound", told.Spot()), "failed": (),
        "looked_at": 40,
    }  # fmt: skip
    return told.Diagnosed(**{**usual, **more})


def test_what_failed_is_said_first_and_in_plain_words() -> None:
    sentence = first(_diagnosed(failed=("fitted", "mix", "another")))
    assert sentence.startswith("For a fault of this program not everything could be looked at (What mending")
    assert "Whether somebody is given weaker leads" in sentence
    assert "In what could be looked at nothing is clearly wrong." in sentence
    assert not {"fitted", "another"} & set(sentence.split())
    assert first(_diagnosed()) == "Nothing is clearly wrong."
    all_of = tuple(told.NotYet(kind, told.Spot(), "sources") for kind in ASKED)
    assert first(_diagnosed(cannot_tell=all_of)) == "These records answer none of the 14 questions."


def test_records_that_ended_lead_to_their_last_day(
    cast: Cast, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _diagnosed(ended=dt.date(2017, 12, 31))
    monkeypatch.setattr(ask_diagnosis, "diagnosed", lambda _subject, _user=None: found)
    shelf.forget()
    script: dict[str, Any] = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "panel-why-first"}
    body = signed_in(cast.leader).get("/insights/why/first/", **script).content.decode()
    assert "Nothing was recorded since Dec 31, 2017; look as of that day." in body
    assert "/insights/why/?as_of=2017-12-31" in body


def test_a_lever_that_brings_next_to_nothing_is_not_named() -> None:
    def levers(gain: float) -> told.Levers:
        spot, worth = told.Spot(stage=told.Named(1, "Spoken with")), Worth(gain, 0, 2 * gain)
        lever = told.Lifted("selling", "days", spot, "days", 3.0, 2.0, "best_quarters", None, worth, 0.9, 0.1)
        return told.Levers((lever,), (), "nothing", Worth(10_000, 8_000, 12_000))

    assert "Less time in Spoken with" in first(_diagnosed(levers=levers(500.0)))
    assert first(_diagnosed(levers=levers(1.0))) == "Nothing is clearly wrong."


def test_of_several_places_the_range_is_said() -> None:
    spots = [told.Spot(stage=told.Named(pk, f"Stage {pk}")) for pk in (1, 2)]
    untold = tuple(told.NotYet("stage_time", spot, "", more) for spot, more in zip(spots, (321, 4_100), strict=True))
    (line,) = cannot_tell(_diagnosed(cannot_tell=untold))
    assert "About 320 to 4,100 more closed deals would tell" in line


def test_questions_that_want_the_same_are_named_with_it_once() -> None:
    untold = tuple(told.NotYet(kind, told.Spot(), "ends") for kind in ("stage_conversion", "stage_time"))
    (line,) = cannot_tell(_diagnosed(cannot_tell=untold))
    assert line.count("no closed deal says in which stage it closed") == 1
    assert "Deals stay longer".lower() in line.lower()


def test_why_levels_differ_is_said_where_they_stand(
    cast: Cast, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_diagnosis, "diagnosed", lambda _subject, _user=None: _diagnosed())
    shelf.forget()
    script: dict[str, Any] = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "panel-why-levers"}
    body = signed_in(cast.leader).get("/insights/why/levers/", **script).content.decode()
    assert "A stage has another level in each panel" in body
