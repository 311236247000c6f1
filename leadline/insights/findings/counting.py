"""The numbers of a finding beside the same as the catalogue counts them, which is what a click on them opens.

Checks estimate: they leave out jumps, and count what is still pending by its chances. Where that comes to another
number than the catalogue's, both are shown, and the catalogue's is the one that opens its records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from leadline.accounts.models import User
from leadline.insights import ask, catalogue
from leadline.insights.dimensions import UnknownName
from leadline.insights.findings.told import Diagnosed, Number, ToldFinding
from leadline.insights.kept.subject import Subject
from leadline.insights.measuring import ids
from leadline.insights.question import BadQuestion

AS_COUNTED = "counted_"  # how the keys of such numbers begin
ALIKE = 0.02  # of the number: a difference that nobody would notice
DAY = dt.timedelta(days=1)


def counted(found: Diagnosed, subject: Subject, user: User | None) -> Diagnosed:
    """With the catalogue's number behind each that differs from it."""
    return replace(found, findings=tuple(_finding(one, subject, user) for one in found.findings))


def _finding(finding: ToldFinding, subject: Subject, user: User | None) -> ToldFinding:
    return replace(finding, facts=tuple(each for fact in finding.facts for each in _both(fact, subject, user)))


def _both(fact: Number, subject: Subject, user: User | None) -> Iterator[Number]:
    opens = fact.opens
    if opens is None or opens.part or opens.metric not in catalogue.METRICS or fact.value is None:
        yield fact
        return
    if catalogue.find(opens.metric).unit != fact.unit:
        yield fact
        return
    try:
        now = _row(fact, opens.start, opens.end, subject, user)
        was = _row(fact, None, opens.start - DAY, subject, user) if opens.start and fact.was is not None else None
    except (BadQuestion, UnknownName):  # the check's word for something that the catalogue does not know
        yield replace(fact, opens=None)
        return
    if now["value"] is None or abs(float(now["value"]) - fact.value) <= ALIKE * abs(fact.value):
        yield fact
        return
    yield replace(fact, opens=None)
    yield Number(
        AS_COUNTED + fact.key,
        float(now["value"]),
        fact.unit,
        int(now["n"]),
        _float(now["low"]),
        _float(now["high"]),
        _float(was["value"]) if was else None,
        int(was["n"]) if was else 0,
        opens,
    )


def _row(fact: Number, start: dt.date | None, end: dt.date | None, subject: Subject, user: User | None) -> Any:
    assert fact.opens
    where: dict[str, Any] = dict(fact.opens.labels)
    if subject.team is not None and "team" not in where:
        where["team"] = next((label for label, pk in ids("team").items() if pk == subject.team), None)
    rows = ask.report(
        fact.opens.metric, start=start, end=end, where=where, user=user, pipeline=subject.pipeline, as_of=subject.as_of
    ).rows
    return rows[0] if rows else {"value": None}


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
