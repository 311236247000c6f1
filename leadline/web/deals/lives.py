"""The lives of a deal that was opened again, in words (R4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.lives import Life, lives
from leadline.crm.models import Deal
from leadline.web.deals.standing import joined
from leadline.web.frame.formats import day, number
from leadline.web.frame.names import linked


@dataclass(frozen=True)
class Told:
    """One life: when it was, and how it ended."""

    when: str
    how: str


def lives_told(deal: Deal, now: dt.datetime) -> list[Told]:
    """All lives of a deal that has had more than one, the latest first; none for others."""
    found = lives(deal)
    if len(found) < 2:
        return []
    return [Told(_when(life, now), _how(life)) for life in reversed(found)]


def _when(life: Life, now: dt.datetime) -> str:
    days = max((life.ended or now) - life.began, dt.timedelta(0)).days
    span = {"began": day(life.began), "ended": day(life.ended)}
    said = (_("Since %(began)s") if life.ended is None else _("%(began)s to %(ended)s")) % span
    lasted = ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}
    return f"{said}, {lasted}" if days else said


def _how(life: Life) -> str:
    end = life.end
    stage = str(linked().get("stage", end.get("stage_id")) or "")
    place = {"stage": stage}
    if life.status == "lost":
        said = _("lost in %(stage)s") % place if stage else _("lost")
        reason = str(linked().get("lost_reason", end.get("lost_reason_id")) or "")
        to = _("to %(competitor)s") % {"competitor": end["competitor"]} if end.get("competitor") else ""
        return joined(said, reason, str(end.get("lost_note") or ""), to)
    if life.status == "nurture":
        said = _("parked in %(stage)s") % place if stage else _("parked")
        return joined(said, str(end.get("parked_reason") or ""), str(end.get("come_back_event") or ""))
    if life.status == "won":
        return _("won")
    return _("open, in %(stage)s") % place if stage else _("open")
