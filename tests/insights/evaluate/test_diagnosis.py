"""The evaluation of the diagnosis: what counts as right, going on after a break, and the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leadline.insights.diagnosis.finding import Place
from leadline.insights.evaluate import diagnosis
from leadline.insights.evaluate.diagnosis import Asked, Run, Said, asked, evaluated
from leadline.insights.evaluate.diagnosis_judging import RIGHT, first, found, hit, told_apart
from leadline.insights.evaluate.diagnosis_report import report
from leadline.insights.simulator.scenarios import SCENARIOS

LEAK = Said("stage_conversion", Place(stage=2), 1e-6, 1e-4, 900.0, 20_000.0)
WEAK = Said("weak_person", Place(stage=2, person=4), 1e-5, 1e-3, 500.0, None)
RUN = Run(Asked("leaky_stage", 7, "small"), "stage_conversion", Place(stage=2), (LEAK, WEAK), (), 40, 0.5)


def test_a_hit_is_the_right_kind_at_the_right_place_and_first():
    assert hit(RUN)
    elsewhere = replace(RUN, planted=Place(stage=3))
    assert not hit(elsewhere)
    assert first(elsewhere) == "stage_conversion*"
    second = replace(RUN, said=(WEAK, LEAK))
    assert not hit(second)
    assert found(second)
    healthy = replace(RUN, fault="", said=())
    assert hit(healthy)
    assert not hit(replace(healthy, said=(WEAK,)))
    assert told_apart([RUN, second, replace(RUN, said=())]) == (1, 2)
    assert set(RIGHT) == {scenario.fault for scenario in SCENARIOS.values()} - {""}


def test_what_is_asked_is_read_or_refused():
    runs = asked("3:5", "small, large", "healthy,small_deals")
    assert len(runs) == 8
    assert runs[0] == Asked("healthy", 3, "small")
    assert len(asked("3", "small", "")) == len(SCENARIOS)
    for wrong in (
        ("x", "small", ""),
        ("-1", "small", ""),
        ("3:2", "small", ""),
        ("1:2", "huge", ""),
        ("1:2", "small", "nothing"),
    ):
        with pytest.raises(ValueError):
            asked(*wrong)


def test_it_goes_on_where_it_was_broken_off(tmp_path, monkeypatch):
    made = []

    def run(one):
        made.append(one)
        return replace(RUN, asked=one)

    monkeypatch.setattr(diagnosis, "run", run)
    runs = asked("0:3", "small", "leaky_stage")
    begun = evaluated(runs, tmp_path)
    next(begun)
    begun.close()
    assert list(evaluated(runs, tmp_path)) == [replace(RUN, asked=one) for one in runs]
    assert made == runs


def test_a_run_is_made_and_reported():
    done = diagnosis.run(Asked("fluff_surge", 5, "small"))
    assert hit(done)
    assert done.seconds > 0
    text = report([done, RUN, replace(RUN, asked=Asked("leaky_stage", 8, "small"), said=(), failed=("mix",))])
    assert "| leaky_stage | 2 | 50% |" in text
    assert "| fluff_surge | fluff 1 |" in text
    assert "mix in 1 runs" in text
    assert "2 of 3" in text
