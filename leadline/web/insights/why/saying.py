"""Findings as people read them: sentences, evidence, money, certainty. Pages and the command line say the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import dates
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.models import base_currency
from leadline.web.frame import formats
from leadline.web.frame.reader import reader
from leadline.web.insights.cells import number as count
from leadline.web.insights.why.words import (
    AGAINST,
    AS_COUNTED,
    COUNTED,
    FACTS,
    SAID,
    SAID_OF_ALL,
    SCOPES,
    UNSCOPED,
    WAS,
)

if TYPE_CHECKING:
    from leadline.insights.diagnosis.finding import Worth
    from leadline.insights.findings.told import Behind, Number, Spot, Told, ToldFinding

CERTAIN, VERY_LIKELY, LIKELY = 0.99, 0.95, 0.8


@dataclass(frozen=True)
class Evidence:
    """One number that speaks for a finding: its name, itself, its interval, what it rests on, what it was."""

    key: str
    name: str
    value: str
    range: str
    rests: str
    was: str
    opens: Behind | None
    deals: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """A finding in words."""

    key: str
    kind: str
    sentence: str
    worth: str
    range: str
    certainty: str
    scope: str
    evidence: tuple[Evidence, ...]
    shows: tuple[str, ...]


def said(finding: ToldFinding) -> Said:
    """All that is said of it beside its act."""
    return Said(
        finding.key,
        finding.kind,
        f"{sentence(finding)}.",
        per_quarter(finding.worth),
        spread(finding.worth),
        certainty(finding.certainty),
        "" if finding.kind in UNSCOPED else str(SCOPES.get(finding.scope, "")),
        tuple(evidence(fact, finding.spot) for fact in finding.facts),
        tuple(f"{sentence(one)}." for one in finding.shows),
    )


def sentence(finding: Told) -> str:
    """What it is, without a full stop, so that more can follow."""
    first = finding.facts[0] if finding.facts else None
    told = bool(first and first.value is not None and first.was is not None)
    forms = SAID.get(finding.kind)
    if finding.spot.stage is None and finding.spot.source is None:
        forms = SAID_OF_ALL.get(finding.kind, forms)
    if forms is None:
        return finding.kind.replace("_", " ")
    words = places(finding.spot)
    words |= {"now": formats.UNKNOWN, "was": formats.UNKNOWN}
    if first:
        words |= {"now": amount(first.value, first.unit), "was": amount(first.was, first.unit)}
    text = str(forms[0 if told else 1]) % words
    if finding.since is None:
        return text
    return _("%(what)s, since about %(month)s") % {"what": text, "month": month(finding.since)}


def evidence(fact: Number, spot: Spot) -> Evidence:
    """One number in words."""
    key = fact.key.removeprefix("counted_")
    name = FACTS.get(key)
    named = str(name) % places(spot) if name else key.replace("_", " ").capitalize()
    if key != fact.key:
        named = str(COUNTED.get(key, AS_COUNTED))
    low_high = ""
    if fact.low is not None and fact.high is not None:
        low_high = _("%(low)s to %(high)s") % {"low": amount(fact.low, fact.unit), "high": amount(fact.high, fact.unit)}
    was = ""
    if fact.was is not None:
        of = _(" (of %(n)s)") % {"n": formats.number(fact.was_n)} if fact.was_n > 1 else ""
        was = str(AGAINST.get(key, WAS)) % {"value": amount(fact.was, fact.unit)} + of
    rests = ngettext("of %(count)s", "of %(count)s", fact.n) % {"count": formats.number(fact.n)} if fact.n else ""
    return Evidence(fact.key, named, amount(fact.value, fact.unit), low_high, rests, was, fact.opens, fact.deals)


def amount(value: float | None, unit: str) -> str:
    """A number with its unit."""
    if value is None:
        return formats.UNKNOWN
    if unit == "money":
        return formats.money(round(value), base_currency(), whole=True)
    if unit == "share":
        return formats.percent(value, 0 if abs(value) >= 0.1 or value == 0 else 1)
    if unit == "days":
        return _("%(n)s days") % {"n": formats.days(value)}
    if unit == "hours":
        if value >= 48:
            return _("%(n)s days") % {"n": formats.days(value / 24)}
        return _("%(n)s hours") % {"n": formats.number(value, 1)}
    if unit == "months":
        return _("%(n)s months") % {"n": formats.number(value, 1)}
    if unit == "number" and value != int(value):
        return formats.number(value, 2)
    return count(float(value))


def per_quarter(worth: Worth | None) -> str:
    """About $12,000 a quarter; "" where it is worth nothing, or nobody knows."""
    if worth is None or worth.value <= 0:
        return ""
    return _("about %(money)s a quarter") % {"money": rough(worth.value)}


def spread(worth: Worth | None) -> str:
    """Its 90 % interval."""
    if worth is None or worth.value <= 0:
        return ""
    return _("90 %% between %(low)s and %(high)s") % {"low": rough(max(worth.low, 0.0)), "high": rough(worth.high)}


def rough(value: float) -> str:
    """Money with two digits that say something: more would pretend."""
    return formats.money(float(f"{value:.2g}"), base_currency(), whole=True)


def certainty(sure: float) -> str:
    """In a word and as a number; never 100 %."""
    words = {"chance": chance(sure)}
    if sure >= CERTAIN:
        return _("almost certain (%(chance)s)") % words
    if sure >= VERY_LIKELY:
        return _("very likely (%(chance)s)") % words
    if sure >= LIKELY:
        return _("likely (%(chance)s)") % words
    return _("more likely than not (%(chance)s)") % words


def chance(value: float) -> str:
    """A chance that was reckoned from draws: never none, never certain."""
    if value > 0.99:
        return _("over %(most)s") % {"most": formats.percent(0.99)}
    return _("under %(least)s") % {"least": formats.percent(0.01)} if value < 0.01 else formats.percent(value)


def places(spot: Spot) -> dict[str, Any]:
    """The names of a finding's records, for its sentences."""
    return {
        "stage": spot.stage.label if spot.stage else _("a stage"),
        "source": spot.source.label if spot.source else _("a source"),
        "person": spot.person.label if spot.person else _("somebody"),
        "team": spot.team.label if spot.team else _("a team"),
        "pipeline": spot.pipeline.label if spot.pipeline else _("the pipeline"),
    }


def month(day: dt.date) -> str:
    """March 2026."""
    return str(
        dates.format_skeleton("yMMMM", dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), locale=reader().locale)
    )
