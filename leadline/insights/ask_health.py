"""The door to the five questions of pipeline health (R16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leadline.accounts.models import User
from leadline.crm.models import Pipeline
from leadline.insights.aims import aim_for
from leadline.insights.ask import answered

if TYPE_CHECKING:
    import datetime as dt

    from leadline.insights.health.focus import Pressing
    from leadline.insights.health.verdict import Answer
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.needed.answer import Needed
    from leadline.insights.question import Question


@dataclass(frozen=True)
class Health:
    """The answers in the order of the questions, the open deals that ask for attention, and the pipeline targeted."""

    answers: tuple[Answer, ...]
    pressing: tuple[Pressing, ...]
    pipeline: str


def health(*, user: User | None = None, **asked: Any) -> Health:
    """The five answers as of a moment, of what `user` may see. `asked` and what is raised as for `ask.asking`.

    A period is not minded. The first and third question need a target (`aims.aim_for`), and so a user.
    """
    # Loaded with the first question: numpy and Arrow stay off the start-up path.
    from leadline.insights.health import asking as told  # noqa: PLC0415
    from leadline.insights.health import enough, focus, moving, records  # noqa: PLC0415
    from leadline.insights.metrics.answering import answer  # noqa: PLC0415

    def find(tables: Tables, question: Question) -> Health:
        whole = told.about(question, "stalled")

        def row(metric: str) -> dict[str, Any]:
            return answer(tables, told.about(question, metric))[0]

        pipeline = _pipeline(question.pipeline)
        needed = _needed(tables, whole, pipeline, user)
        deals = told.pressing(tables, whole)
        answers = (
            enough.each_stage(needed),
            moving.moving(told.flow(tables, whole), row("stalled"), row("age_in_stage")),
            enough.first_stage(needed, told.added(tables, whole, enough.WEEKS)),
            focus.focus(deals),
            records.up_to_date(told.quality(tables, whole), row("idle"), row("rotting"), row("no_next_activity")),
        )
        return Health(answers, tuple(focus.ranked(deals)), pipeline.name if pipeline else "")

    return answered("health", "stalled", find, lambda found: len(found.pressing), user=user, **asked)


def _pipeline(wanted: int | None) -> Pipeline | None:
    return Pipeline.objects.filter(pk=wanted).first() if wanted else Pipeline.default()


def _needed(tables: Tables, question: Question, pipeline: Pipeline | None, user: User | None) -> Needed | None:
    """What the target under way needs of each stage; None without one. About one person or team theirs is meant.

    It is what is needed now, whatever the question's moment: needs of the past are nobody's to meet.
    """
    from leadline.insights.ask_needed import Asked, needed_for  # noqa: PLC0415  see health
    from leadline.insights.health.asking import today  # noqa: PLC0415  see health

    if pipeline is None or user is None:
        return None
    labels = {dimension.name: label for dimension, label in question.where if label is not None}
    whose = {name: _id(tables, name, label) for name, label in labels.items() if name in ("owner", "team")}
    day: dt.date = today(question)
    aim = aim_for(user, day, pipeline.pk, person=whose.get("owner"), team=whose.get("team"))
    if aim is None:
        return None
    return needed_for(Asked(aim.amount, aim.unit, aim.end, pipeline.pk, aim.start, where=labels), user, day).needed


def _id(tables: Tables, kind: str, label: str) -> int | None:
    found = tables.arrow("SELECT id FROM names WHERE kind = ? AND label = ?", (kind, label)).to_pylist()
    return found[0]["id"] if found else None
