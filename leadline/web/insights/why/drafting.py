"""The draft of a Rock, or of a coaching note: plain text to copy, until Leadline keeps these itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leadline.crm.models import KnownFinding
from leadline.insights import catalogue
from leadline.insights.findings import following
from leadline.web.frame import formats
from leadline.web.insights.titles import title_of
from leadline.web.insights.why.saying import Said, amount, said

if TYPE_CHECKING:
    from leadline.insights.findings.told import ToldFinding

NINETY = dt.timedelta(days=90)


@dataclass(frozen=True)
class Draft:
    """`lines` are pairs of a word and what stands behind it; `text` is all of it, to be copied."""

    title: str
    lines: tuple[tuple[str, str], ...]
    text: str


def draft(row: KnownFinding, found: ToldFinding | None, today: dt.date) -> Draft:
    """With what is known: `found` is None where the latest diagnosis does not find it any more."""
    words = said(found) if found else None
    metric = str(title_of(row.metric)) if row.metric in catalogue.METRICS else ""
    where = ", ".join(following.labels(row).values())
    what = metric or str(row)
    title = _("Goal: %(what)s") % {"what": f"{what} ({where})" if where else what}
    lines = [(_("What moves"), what), (_("Where"), where), *_levels(found), (_("Until"), formats.day(today + NINETY))]
    lines += _reasons(words) if words else [(_("Why"), _("The latest diagnosis does not find this any more."))]
    lines += [(_("Who"), "…"), (_("First step"), "…")]
    told = tuple((word, text) for word, text in lines if text)
    return Draft(title, told, "\n".join([title, "", *(f"{word}: {text}" for word, text in told)]))


def _levels(found: ToldFinding | None) -> list[tuple[str, str]]:
    """From where to where."""
    first = found.facts[0] if found and found.facts else None
    if found is None or first is None:
        return []
    goal = found.act.goal if found.act.goal is not None else first.was
    return [
        (_("From"), amount(first.value, first.unit)),
        (_("To"), amount(goal, first.unit) if goal is not None else ""),
    ]


def _reasons(words: Said) -> list[tuple[str, str]]:
    worth = f"{words.worth} ({words.range})" if words.worth else ""
    evidence = "; ".join(f"{one.name} {one.value} {one.rests}".strip() for one in words.evidence)
    return [
        (_("Why"), words.sentence),
        (_("Worth"), worth),
        (_("Certainty"), words.certainty),
        (_("Evidence"), evidence),
    ]
