"""The answer in words and lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.crm.models import Pipeline, base_currency
from leadline.insights.aims import Aim
from leadline.insights.ask_needed import MONEY, Answer
from leadline.insights.needed.answer import Doing, Estimate, Stage, whole
from leadline.insights.needed.share import Share
from leadline.web.calculator.form import Question
from leadline.web.calculator.offering import offer
from leadline.web.frame.formats import number, percent
from leadline.web.insights.aiming import scope

FEW = 5  # under as many trials a share is told in numbers
ENOUGH = 100  # from here on nobody counts tenths


@dataclass(frozen=True)
class Slider:
    """What one counts on at a stage: the field, what is measured, and where the slider stands."""

    field: Any
    name: str
    measured: str
    usual: str
    at: float
    typed: bool
    opens: str


@dataclass(frozen=True)
class Line:
    """A stage of the answer: what is there, what is needed, and the deals behind what is there."""

    stage: Stage
    opens: str


def drawn(answer: Answer, aim: Aim | None, form: Question, pipeline: Pipeline) -> dict[str, Any]:
    """What the templates draw beside the answer itself."""
    return {
        "aim": aim,
        "scope": [] if aim is None else scope(aim, pipeline.name),
        "offer": offer(answer, form),
        "sliders": [_slider(answer, form, stage) for stage in answer.needed.stages],
        "lines": [Line(stage, _behind(answer, "open_value", stage.step.stage)) for stage in answer.needed.stages],
        "works": [_work(form, doing) for doing in answer.needed.work],
        "currency": base_currency(),
        "is_money": answer.asked.unit == MONEY,
        "between": between,
        "counted": counted,
        "whole": whole,
        "enough": answer.needed.to_add.value == 0,
    }


def counted(estimate: Estimate) -> str:
    """Deals and wins: whole ones that are needed, tenths of what is expected of a few."""
    return number(estimate.value, 0 if not estimate.value or estimate.value >= ENOUGH else 1)


def between(estimate: Estimate, *, up: bool = False) -> str:
    """The 90 % interval in words; "" where there is none. `up`: rounded up, as what is needed is."""
    if estimate.low is None or estimate.high is None or estimate.low == estimate.high:
        return ""
    low, high = (number(whole(end)) if up else counted(Estimate(end)) for end in (estimate.low, estimate.high))
    return "" if low == high else _("90 %%: %(low)s to %(high)s") % {"low": low, "high": high}


def _slider(answer: Answer, form: Question, stage: Stage) -> Slider:
    step = stage.step
    share = Share(step.share.advanced, step.share.entered)
    letter = "s" if share.origin == "measured" else "g"
    value = step.share.value
    return Slider(
        field=form[f"{letter}{step.stage}"],
        name=step.name,
        measured=_measured(share),
        usual="" if share.value is None else f"{share.value * 100:.1f}",
        at=round(50.0 if value is None else value * 100, 1),
        typed=step.share.origin in ("typed", "guess"),
        opens=_behind(answer, "stage_conversion", step.stage) if share.entered else "",
    )


def _measured(share: Share) -> str:
    if share.value is None:
        return _("no history: enter a guess")
    words = {"advanced": number(share.advanced), "entered": number(share.entered), "share": percent(share.value, 1)}
    if share.entered < FEW:
        return _("measured: %(advanced)s of %(entered)s") % words
    return _("measured: %(share)s, %(advanced)s of %(entered)s") % words


def _work(form: Question, doing: Doing) -> dict[str, Any]:
    work = doing.work
    letter = "q" if work.measured is None else "w"
    measured = work.measured
    return {
        "doing": doing,
        "field": form[f"{letter}{work.activity_type}"],
        "usual": "" if measured is None else f"{measured:.1f}",
    }


def _behind(answer: Answer, metric: str, stage: int) -> str:
    """The address of the deals that a number counts."""
    query = QueryDict(mutable=True)
    query.update(
        {"metric": metric, "stage": answer.measures.labels.get(stage, ""), "pipeline": str(answer.asked.pipeline)}
    )
    query.update(answer.asked.where)
    if metric != "open_value":
        period = {"from": answer.measures.start, "to": answer.measures.end}
        query.update({name: day.isoformat() for name, day in period.items() if day})
    return f"{reverse('deals_behind')}?{query.urlencode()}"
