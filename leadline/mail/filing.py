"""Putting a letter into the outbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.history.writing import writing
from leadline.mail.models import Attachment, Letter, Run
from leadline.mail.waking import wake


@dataclass(frozen=True)
class Paper:
    """A letter as it is to be filed, and the file that goes along; without a name there is none.

    `html` is the text in another dress; `stop_at` where its reader stops getting such letters.
    """

    subject: str
    text: str
    name: str = ""
    media_type: str = ""
    content: bytes = b""
    html: str = ""
    stop_at: str = ""


def file(paper: Paper, user: User, now: dt.datetime, run: Run | None = None, to: str = "") -> Letter:
    """A letter to this person, or of theirs `to` somebody else. Raises IntegrityError where the run has one already."""
    with writing():
        letter = Letter.objects.create(
            run=run,
            owner=user,
            to=to or user.email or "",
            subject=" ".join(paper.subject.split())[:255],
            text=paper.text,
            html=paper.html,
            stop_at=paper.stop_at,
            created_at=now,
            queued_at=now,
            try_at=now,
        )
        if paper.name:
            _attach(letter, paper)
        wake()
        return letter


def _attach(letter: Letter, paper: Paper) -> None:
    Attachment.objects.create(
        letter=letter,
        name=paper.name,
        media_type=paper.media_type,
        size=len(paper.content),
        content=paper.content,
    )
