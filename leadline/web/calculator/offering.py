"""A guess for stages of which nothing is known, from the share of all decided deals that were won."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from leadline.insights.ask_needed import Answer
from leadline.web.calculator.form import Question


@dataclass(frozen=True)
class Offer:
    """`won` of `decided` deals; so `each` of the stages that are not known would have to let this share go on."""

    won: int
    decided: int
    each: float
    href: str


def offer(answer: Answer, form: Question) -> Offer | None:
    """The win rate over what the known stages let through, the same at each of the others; None where none is needed.

    Also where a known stage has let nothing through: then no guess at the others would lead to what was won.
    It takes every deal to have come in at the first stage.
    """
    steps = answer.plan.steps
    unknown = [step for step in steps if step.share.value is None]
    won, decided = answer.measures.won, answer.measures.won + answer.measures.lost
    through = 1.0
    for step in steps:
        through *= 1.0 if step.share.value is None else step.share.value
    if not unknown or not won or not through:
        return None
    each = min((won / decided / through) ** (1 / len(unknown)), 1.0)
    asked = {name: value for name, value in form.data.items() if value not in (None, "")}
    guessed = {f"g{step.stage}": f"{100 * each:.1f}" for step in unknown}
    return Offer(won, decided, each, f"{reverse('calculator')}?{urlencode(asked | guessed)}")
