"""The door to the five questions of pipeline health (R16)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import Pipeline
from leadline.insights.aims import Aim, aim_for
from leadline.insights.ask import answered
from leadline.insights.ask_needed import asked_of, needed_for, whose
from leadline.insights.dimensions import Dimension
from leadline.insights.sight import sight_of

if TYPE_CHECKING:
    from leadline.insights.ask_needed import Answer as Plan
    from leadline.insights.health.focus import Pressing
    from leadline.insights.health.verdict import Answer
    from leadline.insights.metrics.selecting import Tables
    from leadline.insights.question import Question

Labels = dict[str, str | None]
About = dict[str, int | None]


@dataclass(frozen=True)
class Health:
    """The answers in the order of the questions, and the open deals that ask for attention.

    The first and the third question are about one `pipeline` and one target, the `aim` (None: there is none).
    """

    answers: tuple[Answer, ...]
    pressing: tuple[Pressing, ...]
    pipeline: str
    aim: Aim | None


def health(*, user: User | None = None, **asked: Any) -> Health:
    """The five answers as of a moment, of what `user` may see. `asked` and what is raised as for `ask.asking`.

    A period is not minded: moves and added deals count up to the last day that is over. The first and third question
    need a target (`aims.aim_for`), and so a user.
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
        labels = {dimension.name: label for dimension, label in question.where}
        about = {name: _id(tables, name, label) for name, label in labels.items()}
        aim = _aim(whole, about, pipeline, user)
        of = {**labels, **({} if aim is None else whose(aim.person, aim.team))}
        plan = _needed(whole, aim, of, pipeline, user)
        needed = None if plan is None else plan.needed
        without = _without(about, user)
        come = told.added(tables, _of_target(whole, of, pipeline), enough.WEEKS)
        deals = told.pressing(tables, whole)
        answers = (
            _opening(enough.each_stage(needed, without), of, pipeline, plan),
            moving.moving(told.flow(tables, whole), row("stalled"), row("age_in_stage")),
            _opening(enough.first_stage(needed, come, without), of, pipeline),
            focus.focus(deals),
            records.up_to_date(told.quality(tables, whole), row("idle"), row("rotting"), row("no_next_activity")),
        )
        return Health(answers, tuple(focus.ranked(deals)), pipeline.name if pipeline else "", aim)

    asked["as_of"] = _begun(asked.get("as_of"))
    return answered("health", "stalled", find, lambda found: len(found.pressing), user=user, **asked)


def _begun(as_of: dt.date | dt.datetime | None) -> dt.date | dt.datetime | None:
    """Now (None) for a day that is not over yet: its end would make a whole day of it."""
    if isinstance(as_of, dt.datetime) or as_of is None or as_of < _today():
        return as_of
    return None


def _today() -> dt.date:
    return timezone.now().astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()


def _opening(answer: Answer, of: Labels, pipeline: Pipeline | None, plan: Plan | None = None) -> Answer:
    """Its numbers open the deals that the target is held against: of its people, in its pipeline.

    What stands in the stages is counted now, whatever the question's moment.
    """
    stages = {stage.step.name: stage.step.stage for stage in plan.needed.stages} if plan else {}
    evidence = []
    for each in answer.evidence:
        labels = {**each.labels, **of}
        if plan and each.key == "there":
            labels |= {"stage": plan.measures.labels.get(stages[each.about]), "as_of": None}
        evidence.append(replace(each, labels=labels, pipeline=pipeline.pk if pipeline else None))
    return replace(answer, evidence=tuple(evidence))


def _pipeline(wanted: int | None) -> Pipeline | None:
    return Pipeline.objects.filter(pk=wanted).first() if wanted else Pipeline.default()


def _without(about: About, user: User | None) -> str:
    """Why no target can be held against the deals that are asked about, where none is."""
    if not _one(about):
        return "narrowed"
    return "no_target" if sight_of(user).whole(about.get("owner"), about.get("team")) else "not_all_seen"


def _one(about: About) -> bool:
    """Whether it is about a person, a team or the company: of those there are targets, of a source or nobody none."""
    return about.keys() <= {"owner", "team"} and None not in about.values()


def _aim(question: Question, about: About, pipeline: Pipeline | None, user: User | None) -> Aim | None:
    """The target under way. About one person or team theirs is meant."""
    from leadline.insights.health.asking import today  # noqa: PLC0415  see health

    if pipeline is None or user is None or not _one(about):
        return None
    return aim_for(user, today(question), pipeline.pk, person=about.get("owner"), team=about.get("team"))


def _needed(
    question: Question, aim: Aim | None, labels: Labels, pipeline: Pipeline | None, user: User | None
) -> Plan | None:
    """What the target needs of each stage; None without one.

    It is what is needed now, whatever the question's moment: needs of the past are nobody's to meet.
    """
    from leadline.insights.health.asking import today  # noqa: PLC0415  see health

    if aim is None or pipeline is None:
        return None
    narrowed = {name: label for name, label in labels.items() if label is not None}
    return needed_for(asked_of(aim, pipeline.pk, narrowed), user, today(question))


def _of_target(question: Question, labels: Labels, pipeline: Pipeline | None) -> Question:
    """The question about the deals that the target is held against."""
    where = {**dict(question.where), **{Dimension(name): labels[name] for name in ("owner", "team") if name in labels}}
    return replace(question, where=tuple(where.items()), pipeline=pipeline.pk if pipeline else question.pipeline)


def _id(tables: Tables, kind: str, label: str | None) -> int | None:
    found = tables.arrow("SELECT id FROM names WHERE kind = ? AND label = ?", (kind, label)).to_pylist()
    return found[0]["id"] if found else None
