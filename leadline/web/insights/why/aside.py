"""Findings that do not stand: dismissed ones, and those that were seen and are seen no more."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.crm.models import KnownFinding
from leadline.insights.ask_diagnosis import today
from leadline.insights.findings import following
from leadline.web.frame import formats
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.why.following import Followed, followed
from leadline.web.insights.why.saying import rough, said
from leadline.web.insights.why.showing import diagnosis, dismissed, judged_by, known

MOST = 30


@dataclass(frozen=True)
class Aside:
    """One of them in words; `state` is dismissed or past."""

    row: KnownFinding
    state: str
    sentence: str
    when: str
    why: str
    judges: bool
    followed: Followed | None


def aside(inquiry: Inquiry) -> list[Aside]:
    """The dismissed first, then the past, the latest first."""
    rows, away = known(inquiry), dismissed(inquiry)
    now = {finding.key: finding for finding in diagnosis(inquiry).findings}
    found = [_aside(rows[key], "dismissed", said(now[key]).sentence, inquiry) for key in now if key in away]
    past = sorted((row for key, row in rows.items() if key not in now), key=lambda row: row.last_seen_on, reverse=True)
    return found + [_aside(row, "past", _called(row), inquiry) for row in past[:MOST]]


def _aside(row: KnownFinding, state: str, sentence: str, inquiry: Inquiry) -> Aside:
    days = {"first": formats.day(row.first_seen_on), "last": formats.day(row.last_seen_on)}
    when = _("Seen from %(first)s to %(last)s.") % days
    if row.worth:
        when += " " + _("Worth about %(money)s a quarter then.") % {"money": rough(float(row.worth))}
    why = ""
    if row.dismissed_on:
        who = {"who": row.dismissed_by or _("somebody"), "day": formats.day(row.dismissed_on), "why": row.reason}
        why = _("Dismissed by %(who)s on %(day)s: %(why)s") % who
    came = following.moved(row, inquiry.user, today()) if row.acted_on else None
    judges = inquiry.asked.as_of is None and judged_by(inquiry.user, row)
    return Aside(row, state, sentence, when, why, judges, followed(row, came) if row.acted_on else None)


def _called(row: KnownFinding) -> str:
    """What it is and where: its sentence is gone with its numbers."""
    word = str(row)
    where = ", ".join(following.labels(row).values())
    return f"{word[:1].upper()}{word[1:]}: {where}" if where else f"{word[:1].upper()}{word[1:]}"
