"""How a deal stands, in words: rotten and why, won, lost, parked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.crm.models import Deal, Status
from leadline.web.frame.formats import day, number


def rotten_words(deal: Deal, stage: Any, now: dt.datetime) -> str:
    """R3: why it is rotten; "" where it is not."""
    idle = deal.idle_days(now)
    limit = stage.rot_days if stage is not None else None
    if not deal.is_open or idle is None or limit is None or idle <= limit:
        return ""
    days = int(idle)
    text = ngettext(
        "Nobody has touched this deal for %(days)s day; %(stage)s allows %(limit)s.",
        "Nobody has touched this deal for %(days)s days; %(stage)s allows %(limit)s.",
        days,
    )
    return text % {"days": number(days), "stage": stage.name, "limit": number(limit)}


def outcome_words(deal: Deal, reason: str) -> str:
    """How and when it ended, or until when it is parked; "" for an open one."""
    if deal.status == Status.WON:
        return _("Won on %(day)s") % {"day": day(deal.closed_at)} if deal.closed_at else _("Won")
    if deal.status == Status.NURTURE:
        until = _("Parked until %(day)s") % {"day": day(deal.come_back_on)} if deal.come_back_on else _("Parked")
        event = _("comes back when: %(event)s") % {"event": deal.come_back_event} if deal.come_back_event else ""
        return joined(until, event, deal.parked_reason)
    if deal.status == Status.LOST:
        lost = _("Lost on %(day)s") % {"day": day(deal.closed_at)} if deal.closed_at else _("Lost")
        again = _("ask again on %(day)s") % {"day": day(deal.revisit_on)} if deal.revisit_on else ""
        to = _("to %(competitor)s") % {"competitor": deal.competitor} if deal.competitor else ""
        return joined(lost, reason, deal.lost_note, to, again)
    return ""


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
