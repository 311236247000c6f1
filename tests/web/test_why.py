"""The page Why: its sentence, its findings with their evidence, what people do about them, and very little data."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from leadline.accounts.models import User, Visibility
from leadline.crm.models import Deal, KnownFinding
from leadline.crm.models.known_finding import KINDS
from leadline.insights import ask_diagnosis
from leadline.insights.diagnosis.finding import Worth
from leadline.insights.findings import told
from leadline.insights.findings.counting import counted
from leadline.insights.findings.following import Side, difference, moved
from leadline.insights.kept import shelf
from leadline.insights.kept.plain import made, plain
from leadline.insights.kept.subject import Subject
from leadline.web.insights.pages.why import PAGE
from leadline.web.insights.why import words
from leadline.web.insights.why.first import cannot_tell, first
from tests import factories
from tests.cast import Cast
from tests.web.answers import act_of, at

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SCRIPT = {"HTTP_HX_REQUEST": "true"}
PANELS = [panel.name for panel in PAGE.panels]


@pytest.fixture
def deals(cast: Cast) -> list[Deal]:
    found = []
    for value in (100, 200, 300, 400, 500):
        found.append(factories.deal(cast.owner, owner=cast.owner, value=value))
    found[0].win(by=cast.owner)
    found[1].lose(by=cast.owner)
    return found


def _finding(deals: list[Deal], worth: float = 50_000, **more: Any) -> told.ToldFinding:
    stage = factories.stage(1)
    where = told.Spot(stage=told.Named(stage.pk, stage.name), pipeline=told.Named(stage.pipeline_id, "Sales"))
    opens = told.Behind("stage_conversion", "", {"stage": stage.name}, dt.date(2026, 1, 1), dt.date(2026, 11, 1))
    facts = (
        told.Number("conversion", 0.4, "share", 50, 0.3, 0.5, 0.6, 120, opens),
        told.Number("stalled", 2.0, "deals", 2, deals=tuple(deal.pk for deal in deals[:2])),
        told.Number("odd", None, "hours", opens=told.Behind("no_such_metric")),
    )
    usual = {
        "key": f"stage_conversion.stage-{stage.pk}", "kind": "stage_conversion", "spot": where, "scope": "everyone",
        "since": dt.date(2026, 5, 3), "certainty": 0.97, "effect": -0.4,
        "worth": Worth(worth, worth * 0.6, worth * 1.5), "facts": facts,
        "act": told.Deed("stage", opens, "stage_conversion", 0.6),
    }  # fmt: skip
    shown = told.Told("", **{**{name: usual[name] for name in usual if name != "key"}, "kind": "stage_time"})
    return told.ToldFinding(**{**usual, **more}, q=0.01, shows=(shown,))


def _diagnosed(*findings: told.ToldFinding, **more: Any) -> told.Diagnosed:
    usual: dict[str, Any] = {
        "as_of": dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "whole": True, "closed": 200, "open": 50,
        "findings": findings, "levers": told.Levers(),
        "cannot_tell": (
            told.NotYet("fluff", told.Spot(), "activities"), told.NotYet("weak_person", told.Spot(), "", 123),
        ),
        "constraint": told.First("sound", told.Spot()), "failed": (), "looked_at": 40,
    }  # fmt: skip
    return told.Diagnosed(**{**usual, **more})


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[told.Diagnosed], None]:
    """What the diagnosis is to say from now on."""

    def say(found: told.Diagnosed) -> None:
        monkeypatch.setattr(ask_diagnosis, "diagnosed", lambda _subject, _user=None: found)
        shelf.forget()

    return say


Says = Callable[[told.Diagnosed], None]


def _body(client: Client, panel: str) -> str:
    answer = client.get(f"/insights/why/{panel}/", HTTP_HX_TARGET=f"panel-why-{panel}", **SCRIPT)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_told_survives_being_kept(deals: list[Deal]) -> None:
    lever = told.Lifted("selling", "size", told.Spot(), "money", 10.0, 20.0, "target", None, Worth(1, 0, 2), 0.5, 0.9)
    found = _diagnosed(_finding(deals), levers=told.Levers((lever,), (), "told", Worth(100, 50, 150)))
    assert made(told.Diagnosed, json.loads(json.dumps(plain(found)))) == found
    assert set(words.SAID) == set(words.ASKED) == set(KINDS)


def test_the_page_names_the_constraint_and_shows_the_evidence(
    cast: Cast, deals: list[Deal], says: Says, signed_in: SignIn
) -> None:
    says(_diagnosed(_finding(deals)))
    client = signed_in(cast.leader)
    assert at("insights") in client.get(at("insights")).headers["Location"]
    assert "40% go on, where 60% did, since about May 2026; mending it is worth about" in _body(client, "first")
    body = _body(client, "findings")
    assert "$50,000 a quarter" in body
    assert "very likely (97%)" in body
    assert "Deals stay too long in" in body  # what it explains
    assert ">–<" not in body.partition("hours")[0]
    for href in [part.partition('"')[0] for part in body.split('href="/insights/deals/')[1:]]:
        listed = client.get("/insights/deals/" + href.replace("&amp;", "&"))
        assert listed.status_code == 200, href
        assert (
            "panel=" not in href or listed.content.decode().count('class="record"') or "2 deals" in str(listed.content)
        )
    assert "recorded" in client.get("/insights/why/untold.csv").getvalue().decode()
    assert "About 120 more closed deals would tell." in _body(client, "untold")


def test_dismissed_with_a_reason_taken_back_and_back_when_worse(
    cast: Cast, deals: list[Deal], says: Says, signed_in: SignIn
) -> None:
    finding = _finding(deals)
    says(_diagnosed(finding))
    client = signed_in(cast.leader)
    _body(client, "findings")
    row = KnownFinding.objects.get()
    assert (row.owner, float(row.worth_high or 0)) == (None, 75_000)
    door = at("finding_dismiss", row.pk)
    assert client.get(door).status_code == 200
    assert client.post(door, {"reason": " "}).status_code == 422
    done = client.post(door, {"reason": "We know <b>"}, **SCRIPT)
    assert act_of(done)
    assert "Nothing that is not dismissed is clearly wrong." in _body(client, "first")
    assert "We know &lt;b&gt;" in _body(client, "aside")
    says(_diagnosed(replace(finding, worth=Worth(80_000, 60_000, 90_000))))
    assert "came back" in _body(client, "findings")
    client.post(door, {"reason": "Again"})
    client.post(at("finding_take_up", row.pk))
    assert "40% go on" in _body(client, "first")
    says(_diagnosed())
    assert "seen no more" in _body(client, "aside")


def test_something_was_done_and_the_number_is_followed(
    cast: Cast, deals: list[Deal], says: Says, signed_in: SignIn
) -> None:
    says(_diagnosed(_finding(deals)))
    client = signed_in(cast.leader)
    _body(client, "findings")
    row = KnownFinding.objects.get()
    door = at("finding_acted", row.pk)
    assert client.post(door, {"done": "A script", "on": "2199-01-01"}).status_code == 422
    client.post(door, {"done": "A script", "on": "2026-11-01"})
    assert "A script" in _body(client, "findings")
    row.refresh_from_db()
    assert moved(row, cast.leader, dt.date(2026, 10, 1)) is None
    draft = client.get(at("finding_draft", row.pk)).content.decode()
    assert "Goal: Stage conversion" in draft
    assert "60%" in draft
    says(_diagnosed())
    assert "does not find this any more" in client.get(at("finding_draft", row.pk)).content.decode()
    day = dt.date(2026, 1, 1)
    before, after = Side(day, day, 0.4, 0.3, 0.5, 60), Side(day, day, 0.6, 0.52, 0.68, 90)
    change, low, high = difference(before, after)
    assert (change, low, high) == pytest.approx((0.2, 0.2 - (0.08**2 + 0.1**2) ** 0.5, 0.2 + (0.08**2 + 0.1**2) ** 0.5))


def test_findings_are_for_those_who_see_what_they_were_found_in(
    cast: Cast, deals: list[Deal], says: Says, signed_in: SignIn
) -> None:
    says(_diagnosed(_finding(deals)))
    _body(signed_in(cast.leader), "findings")
    row = KnownFinding.objects.get()
    doors = [at(name, row.pk) for name in ("finding_dismiss", "finding_acted", "finding_take_up")]
    for person in (cast.owner, cast.reader):
        client = signed_in(person)
        assert [client.post(door, {"reason": "x", "done": "x"}).status_code for door in doors] == [403] * 3
    Visibility.objects.create(kind="deal", see="owner", change="owner")
    client = signed_in(cast.owner)
    every = [*doors, at("finding_draft", row.pk)]
    assert {client.get(door).status_code for door in every} <= {404, 405}
    assert "not about the whole company" not in _body(client, "first")  # said by the diagnosis itself
    own = KnownFinding.objects.get(owner=cast.owner)
    assert client.post(at("finding_dismiss", own.pk), {"reason": "mine"}).status_code == 302
    row.refresh_from_db()
    assert row.dismissed_on is None


@pytest.mark.parametrize("closed", [0, 1, 5, 30])
def test_with_very_little_every_panel_is_honest(cast: Cast, signed_in: SignIn, closed: int) -> None:
    client = signed_in(cast.leader)
    assert "There are no deals yet" in client.get(at("insights_why")).content.decode()
    if closed == 5:
        for stage in factories.pipeline().kept_stages()[1:]:
            stage.trash(by=cast.administrator)
    for number in range(max(closed, 1)):
        giant = 10**14 if number == closed - 1 and closed == 30 else 100
        deal = factories.deal(cast.owner, owner=cast.owner, value=None if number % 2 == 0 else giant)
        if closed:
            deal.win(by=cast.owner)
    for name in PANELS:
        body = _body(client, name)
        assert not re.search(r"\b(nan|inf|None)\b", body)
        assert "failed on our side" not in body
    if closed < 30:
        assert "too early" in _body(client, "first")
    Visibility.objects.create(kind="deal", see="owner", change="owner")
    alone = signed_in(cast.owner)
    assert all(_body(alone, name) for name in ("first", "findings", "levers"))


def test_the_sentence_when_nothing_is_wrong(deals: list[Deal]) -> None:
    lever = told.Lifted(
        "selling", "conversion", _finding(deals).spot, "share", 0.4, 0.5, "best_quarters", None,
        Worth(12_345, 1_000, 20_000), 0.8, 0.99,
    )  # fmt: skip
    sound = _diagnosed(levers=told.Levers((lever,), (), "told", Worth(200_000, 1, 2)))
    assert first(sound).startswith("Nothing is clearly wrong. Most would come of this: More deals go on from")
    assert "$12,000 a quarter" in first(sound)
    unasked = tuple(told.NotYet(kind, told.Spot(), "sources") for kind in list(KINDS)[:7])
    assert first(_diagnosed(cannot_tell=unasked)).startswith("Of 14 questions these records leave 7 open;")
    early = _diagnosed(closed=0, constraint=told.First("early", told.Spot(), {"more": 30.0}))
    assert first(early) == "It is too early to say what holds sales back: no deal is closed yet."
    assert cannot_tell(_diagnosed(cannot_tell=(told.NotYet("a_new_kind", told.Spot(), ""),))) == [
        "A new kind: too few deals are closed."
    ]
    (far,) = cannot_tell(_diagnosed(closed=200, cannot_tell=(told.NotYet("whale", told.Spot(), "", 601),)))
    assert far.endswith("It would take far more closed deals than there are.")
    assert first(_diagnosed(_finding(deals, worth=0))).endswith(
        "what mending it is worth cannot be told from the records."
    )
    assert factories.stage(1).name in first(_diagnosed(_finding(deals)))
    assert first(_diagnosed(_finding(deals)), {_finding(deals).key}).startswith("Nothing that is not dismissed")


def test_a_number_that_the_catalogue_counts_otherwise_says_both(cast: Cast, deals: list[Deal]) -> None:

    opens = told.Behind("win_rate", "", {"owner": "Olga"})
    other = told.Behind("win_rate", "", {"no such": "dimension"})
    facts = (
        told.Number("own_win_rate", 0.9, "share", 2, was=0.4, opens=opens),
        told.Number("expected_win_rate", 0.5, "share", 2, opens=opens),
        told.Number("raw_everyone", 0.5, "share", 2, opens=other),
        told.Number("size", 10.0, "money", 2, opens=opens),
    )
    (finding,) = counted(_diagnosed(_finding(deals, facts=facts)), Subject(), None).findings
    own, as_counted, *rest = finding.facts
    assert (own.opens, as_counted.opens) == (None, opens)
    assert (as_counted.key, as_counted.value, as_counted.n) == ("counted_own_win_rate", 0.5, 2)
    assert [fact.opens for fact in rest] == [opens, None, opens]
