"""Everyone, some people, or their mix (R18), on the page Why; a real diagnosis tells it too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from django.test import Client
from typer.testing import CliRunner

from leadline.accounts.models import User
from leadline.cli import diagnose as command
from leadline.insights import ask_diagnosis
from leadline.insights.diagnosis.diagnose import diagnose
from leadline.insights.diagnosis.people.verdicts import verdicts
from leadline.insights.findings import told
from leadline.insights.kept import shelf
from leadline.insights.kept.plain import made, plain
from leadline.web.insights.why.stages import row
from tests.cast import Cast
from tests.insights.fitted import companies

pytestmark = pytest.mark.django_db


def _stage(scope: str, *who: str, more: int = 0) -> told.Stage:
    spread, between = told.Estimate(0.3, 0.1, 0.6), told.Estimate(0.03, 0.01, 0.1)
    names = tuple(told.Named(number, name) for number, name in enumerate(who))
    return told.Stage(told.Named(7, f"Stage {scope}"), scope, names, 8, 240, 0.5, 0.64, spread, between, more)


def test_a_stage_says_whose_it_is(
    cast: Cast, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    stages = (
        _stage("everyone"), _stage("people", "Ann <b>"), _stage("people"), _stage("mix", "Bo"),
        _stage("unknown", more=512), _stage("unknown", more=1234), _stage(""),
    )  # fmt: skip
    found = told.Diagnosed(
        dt.datetime(2026, 11, 1, tzinfo=dt.UTC), True, 200, 50, (), (), told.Levers(), told.First("sound", told.Spot()),
        (), 40, stages,
    )  # fmt: skip
    monkeypatch.setattr(ask_diagnosis, "diagnosed", lambda _subject, _user=None: found)
    shelf.forget()
    client = signed_in(cast.leader)
    target = {"HTTP_HX_TARGET": "panel-why-stages", "HTTP_HX_REQUEST": "true"}
    body = client.get("/insights/why/stages/", **target).content.decode()
    for words in (
        "Everybody is low here", "Ann &lt;b&gt;. These people, not everybody", "People differ more here",
        "Bo: it is the mix", "About 510 more closed deals would tell",
        "It would take far more closed deals than there are",
        "Neither the stage nor anybody stands out",
        "64%", "0.3",
    ):  # fmt: skip
        assert words in body, words
    monkeypatch.setattr(command, "diagnosed", lambda _subject: found)
    printed = " ".join(CliRunner().invoke(command.app, [], catch_exceptions=False).stdout.split())
    assert "Stage mix, where 50% go on: Bo: it is the mix of what they are given, not their skill." in printed
    assert client.get("/insights/why/stages.csv").getvalue().decode().count("Stage") >= len(stages)


def test_what_a_diagnosis_says_of_stages_survives_being_kept() -> None:
    ledger, truth = companies.company("mix_not_skill")
    found = told.told(diagnose(ledger), ledger)
    assert made(told.Diagnosed, json.loads(json.dumps(plain(found)))) == found
    assert [one.stage.label for one in found.stages] == [
        ledger.names["stage"].labels[place] for place in range(len(found.stages))
    ]
    assert all(one.spread.low < one.spread.value < one.spread.high for one in found.stages)
    assert {who.label for one in found.stages for who in one.who} <= {ledger.names["owner"].labels[truth.person]}
    bare = replace(ledger, visits=replace(ledger.visits, stage=np.full(len(ledger.visits), -1, np.int32)))
    whole = verdicts(bare)
    assert [one.stage for one in whole] == [-1]
    assert (
        row(told.told(replace(diagnose(ledger), stages=whole), bare).stages[0], 900)["stage"] == "Deals without stages"
    )
    nobody = told.told(diagnose(next(companies.poor())[1]), next(companies.poor())[1])
    assert nobody.stages == ()
