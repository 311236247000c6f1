"""The door to what the data say of a pipeline's stages when they are revised (R1, R2)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from leadline.accounts.models import User
from leadline.insights.ask import answered, asking

if TYPE_CHECKING:
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question
    from leadline.insights.stage_review.review import StageReview

LOOKED_BACK = dt.timedelta(days=180)  # long enough for most deals to be decided, short enough for the stages of now


def ask_stage_review(
    pipeline: int, user: User | None, *, as_of: dt.datetime | None = None, since: dt.datetime | None = None
) -> StageReview:
    """The stages of a pipeline (its id) with their numbers and the signs found, of the deals that `user` may see.

    Of passages that began since (naive UTC), by default in the last 180 days. Raises BadQuestion for an unknown
    pipeline.
    """
    # Loaded with the first question: numpy and Arrow stay off the start-up path.
    from leadline.insights.stage_review.counting import count  # noqa: PLC0415
    from leadline.insights.stage_review.review import StageReview, findings  # noqa: PLC0415

    def find(tables: Tables, question: Question) -> StageReview:
        begin = since or question.as_of - LOOKED_BACK
        stages = count(tables, pipeline, begin, question.seen)
        return StageReview(pipeline, begin, stages, findings(stages))

    name = f"stage review since {since}"
    return answered(name, "stage_conversion", find, _weight, pipeline=pipeline, user=user, as_of=as_of)


def deals_of_stage_review(
    review: StageReview, user: User | None, stage: int, number: str, *, as_of: dt.datetime | None = None
) -> list[int]:
    """The deals that a number of a stage counts: a key of `stage_review.counting.BEHIND`."""
    from leadline.insights.stage_review.counting import deals_behind  # noqa: PLC0415  see ask_stage_review

    with asking("stage_conversion", pipeline=review.pipeline, user=user, as_of=as_of) as (tables, question):
        return deals_behind(tables, review.pipeline, review.since, question.seen, stage, number)


def _weight(review: StageReview) -> int:
    return len(review.stages)
