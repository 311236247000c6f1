"""Stage changes as files tell them, with their stages and people found."""

from django.utils.translation import gettext as _

from leadline.imports.planning.staging import Event
from leadline.imports.writing.batch import State
from leadline.imports.writing.composing import Step
from leadline.imports.writing.everything import Everything


def steps_of(all_: Everything, events: list[Event], pipeline: int | None, currency: str) -> list[Step]:
    """The steps of one deal in time order; a row whose stage is unknown is reported and left out.

    Amounts are in the deal's currency.
    """
    steps = (step(all_, event, pipeline, currency) for event in sorted(events, key=lambda event: (event.at, event.id)))
    return [one for one in steps if one is not None]


def step(all_: Everything, event: Event, pipeline: int | None, currency: str) -> Step | None:
    """One stage change."""
    body, stages = event.body, all_.stages
    word = body.get("stage.id") or body.get("stage", "")
    by = all_.users.named(event, "by")
    before = body.get("from_stage", "")
    origin = stages.find(pipeline, before) if before and not stages.leaving(pipeline, before) else None
    ending = stages.leaving(pipeline, word)
    if ending:
        return Step(event.at, None, ending, by, values(all_, event, currency), origin)
    stage = stages.find(pipeline, word)
    if stage is None:
        all_.context.fault(
            event, "stage.id" if "stage.id" in body else "stage", word, _("there is no such stage"),
            _("Use one of: %(stages)s.") % {"stages": stages.choices(pipeline)}, fatal=True,
        )  # fmt: skip
        return None
    return Step(event.at, stage, "", by, values(all_, event, currency), origin)


def values(all_: Everything, event: Event, currency: str) -> State:
    """What a history tells beside the stage: the amount, with its worth on that day, and the expected close."""
    told: State = {name: event.body[name] for name in ("value", "expected_close_on") if name in event.body}
    if "value" in told:
        told["value_base"] = all_.money.in_base(told["value"], currency, event.at[:10])
    return told
