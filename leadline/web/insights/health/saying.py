"""Answers and their evidence as a page shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.models import base_currency
from leadline.insights.ask_health import Health
from leadline.insights.health.verdict import Answer, Evidence
from leadline.web.frame import formats
from leadline.web.insights.aiming import scope
from leadline.web.insights.cells import number
from leadline.web.insights.declaring import Behind, Row
from leadline.web.insights.health.words import BECAUSE, EVIDENCE, ORDER_WRONG, QUESTIONS, VERDICTS
from leadline.web.insights.wording import between

UNDATED = False


@dataclass(frozen=True)
class Said:
    """One number of the evidence: what it is, itself, its interval, what it rests on, and the records behind it."""

    name: str
    value: str
    range: str
    rests: str
    opens: Behind | None
    against: bool


@dataclass(frozen=True)
class Question:
    """One question with its verdict ("yes", "no", "unknown") in a word, why, and the evidence."""

    key: str
    text: str
    verdict: str
    word: str
    because: str
    evidence: tuple[Said, ...]


def question(answer: Answer) -> Question:
    """The answer in words."""
    because = BECAUSE[answer.question].get(answer.because, "")
    if answer.question == "records" and answer.because == "in_order" and answer.verdict == "no":
        because = ORDER_WRONG
    return Question(
        answer.question, str(QUESTIONS[answer.question]), answer.verdict, str(VERDICTS[answer.verdict]), str(because),
        tuple(_said(each) for each in answer.evidence),
    )  # fmt: skip


def held(found: Health) -> str:
    """Which pipeline and which target the two questions about a target look at; "" without one."""
    if found.aim is None:
        return ""
    aim = found.aim
    words = {"pipeline": found.pipeline, "start": formats.day(aim.start), "end": formats.day(aim.end)}
    whose = _("Enough is asked of the pipeline %(pipeline)s, for the target from %(start)s to %(end)s.") % words
    return " ".join([whose, *scope(aim, found.pipeline)])


def row(told: Question) -> Row:
    """The same for a table, and for a file."""
    return {"question": told.text, "verdict": told.word, "because": told.because}


def _said(evidence: Evidence) -> Said:
    written = _writing(evidence.unit)
    ends = {"low": evidence.low, "high": evidence.high, "n": evidence.n or 1}
    name = str(EVIDENCE[evidence.key]) % {"about": evidence.about}
    opens = Behind(evidence.metric, evidence.part, evidence.labels, dated=False) if evidence.metric else None
    value = formats.UNKNOWN if evidence.value is None else written(evidence.value)
    return Said(name, value, between(ends, written), _rests(evidence), opens, evidence.against)


def _writing(unit: str) -> Callable[[Any], str]:
    if unit == "money":
        return lambda value: formats.money(value, base_currency(), whole=True)
    if unit == "times":
        return lambda value: _("%(n)s times") % {"n": formats.number(value, 2)}
    return {"share": formats.percent, "days": formats.days}.get(unit, number)


def _rests(evidence: Evidence) -> str:
    """What a number stands beside, or rests on."""
    n, beside = evidence.n, evidence.beside
    if evidence.key == "there":
        words = _("of %(needed)s needed") % {"needed": number(beside)}
        still = ngettext("%(n)s still to come there", "%(n)s still to come there", n or 0) % {"n": number(n or 0)}
        return f"{words}, {still}" if n else words
    if evidence.key == "expected_wins":
        return _("of %(needed)s still needed") % {"needed": number(beside)} if beside is not None else ""
    if evidence.key == "pace":
        return ngettext("%(n)s move in 4 weeks", "%(n)s moves in 4 weeks", n or 0) % {"n": formats.number(n)}
    if evidence.key == "added_per_week":
        return ngettext("%(n)s deal added", "%(n)s deals added", n or 0) % {"n": formats.number(n)}
    if evidence.key == "pressing_worth" and beside is not None and beside != n:
        counts = {"k": formats.number(beside), "n": formats.number(n)}
        return _("%(k)s of %(n)s have a value and a known chance") % counts
    if evidence.unit == "share" and beside is not None:
        counted = _("%(k)s of %(n)s open deals") if evidence.key != "in_order" else _("%(k)s of %(n)s with a flaw")
        return counted % {"k": formats.number(beside), "n": formats.number(n)}
    return ngettext("%(n)s open deal", "%(n)s open deals", n) % {"n": formats.number(n)} if n is not None else ""
