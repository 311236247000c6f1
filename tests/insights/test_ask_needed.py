"""What a target needs, measured on a company's own deals and seen by those who may see them (R7, R8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from leadline.accounts.actors import SYSTEM
from leadline.accounts.models import Level, User, Visibility
from leadline.crm.models import Pipeline, Stage
from leadline.history import members
from leadline.insights import ask_needed, measuring
from leadline.insights.ask_needed import Asked
from tests import factories
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL's log is read only when it is committed
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def history(owner: User, *reached: int, wins: int, value: int = 12_500, days: int = 20) -> Pipeline:
    """A pipeline of which so many deals came to each stage, so many of the last were won, and the others lost."""
    pipeline = factories.pipeline()
    stages, ends = pipeline.kept_stages()[: len(reached)], [*reached[1:], wins]
    began = timezone.now() - 60 * DAY
    for stage in pipeline.kept_stages()[len(reached) :]:
        stage.trash(by=SYSTEM)
    for number in range(reached[0]):
        deal = factories.deal(owner=owner, stage=stages[0], value=Decimal(value), created_at=began, at=began)
        for stage, further in zip(stages[1:], ends, strict=False):
            if number < further:
                deal.move_to(stage, by=SYSTEM, at=began + DAY)
        close = deal.win if number < wins else deal.lose
        close(by=SYSTEM, at=began + days * DAY)
    return pipeline


def asked(pipeline: Pipeline, amount: Any, unit: str = "money", days: int = 90, **more: Any) -> Asked:
    return Asked(Decimal(amount), unit, timezone.localdate() + days * DAY, pipeline.pk, **more)


def wholes(question: Asked, user: User | None = None) -> Sequence[int | None]:
    return [stage.needed.whole for stage in ask_needed.needed_for(question, user).needed.stages]


def test_r7_from_a_teams_own_history(cast: Cast) -> None:
    pipeline = history(cast.owner, 20, 8, 4, wins=1)
    first = pipeline.kept_stages()[0]
    for _ in range(3):
        factories.deal(owner=cast.owner, stage=first)
    found = ask_needed.needed_for(asked(pipeline, 100_000), None)
    assert [(stage.step.share.advanced, stage.step.share.entered) for stage in found.needed.stages] == [
        (8, 20), (4, 8), (1, 4),
    ]  # fmt: skip
    assert [stage.needed.whole for stage in found.needed.stages] == [160, 64, 32]
    assert found.needed.to_win == 8
    assert [stage.step.there for stage in found.needed.stages] == [3, 0, 0]
    assert found.needed.to_add.value == pytest.approx(160 - 3)
    assert found.needed.weeks == pytest.approx((90 - 20) / 7)
    # Typed over: what one thinks one could do.
    assert wholes(asked(pipeline, 8, "wins", typed={first.pk: 0.8})) == [80, 64, 32]


def test_a_guess_stands_until_there_is_something_to_count(cast: Cast) -> None:
    pipeline = factories.pipeline()
    guesses = {stage.pk: 0.5 for stage in pipeline.kept_stages()}
    assert wholes(asked(pipeline, 1, "wins")) == [None] * 5
    assert wholes(asked(pipeline, 1, "wins", guesses=guesses)) == [32, 16, 8, 4, 2]
    history(cast.owner, 4, 1, wins=1)
    first, second = Stage.objects.kept()
    assert wholes(asked(pipeline, 1, "wins", guesses={first.pk: 0.5, second.pk: 0.5})) == [4, 1]


def test_what_was_won_since_counts(cast: Cast) -> None:
    pipeline = history(cast.owner, 4, wins=2)
    since = timezone.localdate() - 50 * DAY
    assert ask_needed.needed_for(asked(pipeline, 5, "wins", since=since), None).needed.to_win == 3
    assert ask_needed.needed_for(asked(pipeline, 100_000, since=since), None).needed.to_win == 6
    later = timezone.localdate() - 10 * DAY
    assert ask_needed.needed_for(asked(pipeline, 5, "wins", since=later), None).needed.to_win == 5


def test_everybody_counts_on_what_they_may_see_and_on_the_last_change(cast: Cast) -> None:
    members.add(Visibility(kind="deal", see=Level.OWNER, change=Level.OWNER), by=SYSTEM)
    pipeline = history(cast.owner, 8, wins=2)
    assert wholes(asked(pipeline, 1, "wins"), cast.owner) == [4]
    assert wholes(asked(pipeline, 1, "wins"), cast.outsider) == [None]
    assert wholes(asked(pipeline, 1, "wins", where={"owner": "Theo"})) == [None]
    factories.deal(owner=cast.owner).win(by=SYSTEM)
    assert wholes(asked(pipeline, 1, "wins"), cast.owner) == [3]


def test_who_won_nothing_in_a_year_counts_on_all_that_ever_was(cast: Cast) -> None:
    pipeline = history(cast.owner, 4, wins=2)
    found = measuring.measured(pipeline.pk, {}, None, timezone.localdate() + 500 * DAY)
    assert (found.start, found.conversions) == (None, {pipeline.kept_stages()[0].pk: (2, 4)})
    assert measuring.measured(pipeline.pk, {}, None, timezone.localdate()).start is not None
