"""`leadline diagnose` says what the page Why says."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import User
from leadline.cli.diagnose import app
from leadline.cli.errors import Failure
from leadline.crm.models import KnownFinding
from leadline.insights.ask_diagnosis import DIAGNOSIS
from leadline.insights.kept.asking import at_once
from leadline.insights.kept.subject import Subject
from leadline.web.insights.why.first import first
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_it_prints_what_the_page_says_and_writes_nothing_down() -> None:
    User.objects.create_user("ann@example.com", "three green bottles")
    for _ in range(3):
        factories.deal().win(by=SYSTEM)
    sentence = first(at_once(DIAGNOSIS, Subject()))
    assert "3 deals are closed" in sentence
    printed = run()
    assert sentence in printed
    assert "What cannot be told yet" in printed
    told = json.loads(run("--json", "--pipeline", factories.pipeline().name))
    assert (told["sentence"], told["closed"], told["whole"]) == (sentence, 3, True)
    assert "no deal is closed yet" in run("--as-of", "2000-01-01")
    assert sentence in run("--as-of", "9999-12-31")  # a day that is not over is now
    assert not KnownFinding.objects.exists()


@pytest.mark.parametrize(
    "wrong", [["--as-of", "soon"], ["--as-of", "0001-01-01"], ["--team", "Nobody"], ["--pipeline", "None such"]]
)
def test_a_wrong_question_is_answered_in_one_line(wrong: list[str]) -> None:
    with pytest.raises(Failure) as refused:
        CliRunner().invoke(app, wrong, catch_exceptions=False)
    assert wrong[1] in str(refused.value)
