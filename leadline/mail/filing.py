"""Putting a letter into the outbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from leadline.accounts.models import User
from leadline.history.writing import writing
from leadline.mail.models import Attachment, Letter, Run


@dataclass(frozen=True)
class Paper:
    """A letter as it is to be filed, and the file that goes along."""

    subject: str
    text: str
    name: str
    media_type: str
    content: bytes


def file(paper: Paper, user: User, now: dt.datetime, run: Run | None = None) -> Letter:
    """A letter to this person. Raises IntegrityError where the run has one to them already."""
    with writing():
        letter = Letter.objects.create(
            run=run,
            owner=user,
            to=user.email or "",
            subject=" ".join(paper.subject.split())[:255],
            text=paper.text,
            created_at=now,
        )
        Attachment.objects.create(
            letter=letter,
            name=paper.name,
            media_type=paper.media_type,
            size=len(paper.content),
            content=paper.content,
        )
        return letter
