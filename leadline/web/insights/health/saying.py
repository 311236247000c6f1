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

OWN = frozenset({"expected_wins", "pressing", "pressing_worth"})  # the page itself knows the deals behind these


@dataclass(frozen=True)
class Said:
    """One number of the evidence: what it is, itself, its interval, what it rests on, and the records behind it."""

    key: str
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
    if "day" in answer.about:
        because = str(because) % {"day": formats.day(answer.about["day"])}
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
    which = _(
        "These two look at what is open, whenever it closes, and at what is added. Where the target goes by the pace "
        "so far is told under People; how far the deals expected to close in time cover it, by the coverage under "
        "Data quality."
    )
    whose = _("Enough is asked of the pipeline %(pipeline)s, for the target from %(start)s to %(end)s.") % words
    return " ".join([whose, *scope(aim, found.pipeline), which])


def row(told: Question) -> Row:
    """The same for a table, and for a file."""
    return {"question": told.text, "verdict": told.word, "because": told.because}


def _said(evidence: Evidence) -> Said:
    written = _writing(evidence.unit)
    ends = {"low": evidence.low, "high": evidence.high, "n": evidence.n or 1}
    name = str(EVIDENCE[evidence.key]) % {"about": evidence.about}
    value = formats.UNKNOWN if evidence.value is None else written(evidence.value)
    return Said(
        evidence.key, name, value, between(ends, written), _rests(evidence), _opens(evidence, name), evidence.against
    )


def _opens(evidence: Evidence, name: str) -> Behind | None:
    """Exactly what is counted: of its own days and its own pipeline. Of what is no metric's the list says its name."""
    if not evidence.metric:
        own = evidence.key in OWN and evidence.value is not None
        return Behind(labels={"number": name}, dated=False) if own else None
    labels = dict(evidence.labels)
    if evidence.start and evidence.end:
        labels |= {"from": evidence.start.isoformat(), "to": evidence.end.isoformat()}
    if evidence.pipeline is not None:
        labels["pipeline"] = str(evidence.pipeline)
    return Behind(evidence.metric, evidence.part, labels, dated=False)


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
        counts = {"needed": formats.UNKNOWN if beside is None else number(beside), "n": formats.number(n)}
        return _("of %(needed)s still needed, from %(n)s open deals") % counts
    if evidence.key == "to_add" and evidence.end:
        return _("last useful day to add: %(day)s") % {"day": formats.day(evidence.end)}
    if evidence.key in ("pace", "added_per_week"):
        return _counted(evidence)
    if evidence.key == "pressing_worth" and beside is not None and beside != n:
        counts = {"k": formats.number(beside), "n": formats.number(n)}
        return _("%(k)s of %(n)s have a value and a known chance") % counts
    if evidence.unit == "share" and beside is not None:
        counted = _("%(k)s of %(n)s open deals") if evidence.key != "in_order" else _("%(k)s of %(n)s with a flaw")
        return counted % {"k": formats.number(beside), "n": formats.number(n)}
    return ngettext("%(n)s open deal", "%(n)s open deals", n) % {"n": formats.number(n)} if n is not None else ""


def _counted(evidence: Evidence) -> str:
    """How much happened in the weeks looked at, and from which day to which."""
    n = evidence.n or 0
    if evidence.key == "pace":
        told = ngettext("%(n)s move", "%(n)s moves", n) % {"n": formats.number(n)}
        if evidence.deals is not None:
            deals = ngettext("of %(n)s deal", "of %(n)s deals", evidence.deals) % {"n": formats.number(evidence.deals)}
            told = f"{told} {deals}"
    else:
        told = ngettext("%(n)s deal added", "%(n)s deals added", n) % {"n": formats.number(n)}
    if evidence.start and evidence.end:
        days = {"start": formats.day(evidence.start), "end": formats.day(evidence.end)}
        return f"{told}, " + _("%(start)s to %(end)s") % days
    return told
