"""Mailing dashboards: the paper that each recipient gets, and the thread that looks after what is due."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.history import beside
from leadline.mail import filing, running, stopping
from leadline.mail.filing import Paper
from leadline.mail.models import Letter, Run, Schedule
from leadline.web.dashboards.paper import on_paper
from leadline.web.dashboards.printing import MEDIA_TYPE, file_name, printed
from leadline.web.dashboards.rhythms import said
from leadline.web.frame import formats
from leadline.web.frame.absolute import absolute
from leadline.web.frame.reader import reading_as
from leadline.web.insights.period import company_today

PAUSE = 60  # seconds between two looks at what is due


def paper_of(schedule: Schedule, user: User) -> Paper:
    """The dashboard as this person may see it, in their words."""
    board = schedule.dashboard
    with reading_as(user):
        words = {
            "name": board.name,
            "day": formats.day(company_today()),
            "owner": board.owner,
            "when": said(schedule),
        }
        return Paper(
            subject=_("%(name)s, %(day)s") % words,
            text=_(
                "The dashboard “%(name)s” of %(day)s is attached. It holds the numbers that you may see.\n\n"
                "%(when)s; set up for %(owner)s's dashboard. Ask %(owner)s or an administrator if you want it no more."
            )
            % words,
            name=file_name(board),
            media_type=MEDIA_TYPE,
            content=printed(on_paper(board, user)),
            stop_at=absolute(reverse("letters_stop", args=[stopping.word(user, stopping.of_schedule(schedule))])),
        )


def run_due(now: dt.datetime | None = None) -> list[Run]:
    """Files what is due; see `mail.running.run_due`."""
    return running.run_due(paper_of, now)


def try_out(schedule: Schedule, user: User) -> Letter:
    """Files now what this person would get: no due time is used up by it."""
    return filing.file(paper_of(schedule, user), user, timezone.now())


def in_background() -> None:
    """Looks after it once a minute as long as the server runs. Several servers do so without harm."""
    beside.again("mailing dashboards", PAUSE, run_due)
