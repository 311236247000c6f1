"""One digest, made for its reader: gathered section by section, in their words."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.activities.zones import at_clock, zone_of
from leadline.crm.working_time import company_days
from leadline.mail.digests import Due
from leadline.mail.filing import Paper
from leadline.mail.models import Cover, DigestWish
from leadline.web.digests import daily, weekly
from leadline.web.digests.letters import paper
from leadline.web.digests.parts import Part, Scope, Section
from leadline.web.frame.reader import reading_as

DAY, WEEK = dt.timedelta(days=1), 7
log = logging.getLogger(__name__)


def made(due: Due, now: dt.datetime) -> tuple[dict[str, Any], Paper | None]:
    """What it says, and the letter; None where there is nothing that is worth one."""
    with reading_as(due.user):
        scope = scope_of(due.user, due.cover, now)
        parts = gathered(scope)
        said = {"parts": [part.plain() for part in parts]}
        worth = any(not part.quiet for part in parts)
        return said, paper(scope, parts) if worth else None


def scope_of(user: User, cover: str, now: dt.datetime) -> Scope:
    """Theirs of this moment: news is what came since the hour of the digest on their last working day."""
    zone, wish = zone_of(user), DigestWish.of(user)
    today, days = now.astimezone(zone).date(), company_days()
    before = next((day for n in range(1, 2 * WEEK) if days.is_working_day(day := today - DAY * n)), today - DAY)
    since = at_clock(dt.datetime.combine(before, wish.at), zone)
    return Scope(user, cover, today, since, now, zone)


def gathered(scope: Scope) -> list[Part]:
    """The parts that have something to say. One that fails is said to be missing, and the others stand."""
    sections: tuple[Section, ...] = weekly.SECTIONS if scope.cover == Cover.WEEK else daily.SECTIONS
    parts = []
    for section in sections:
        try:
            part = section(scope)
        except Exception:  # a digest with a hole is worth more than none
            log.exception("a section of the digest of user %s", scope.user.pk)
            part = Part(section.__name__, _("A part could not be made"), "triangle-alert", quiet=True)
        if part is not None:
            parts.append(part)
    return parts
