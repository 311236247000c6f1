"""What somebody wrote, as a note on the lead: nothing that was sent is left out."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.crm.intake.reading import Told
from leadline.crm.models import Lead, Note
from leadline.crm.models.door_shape import OURS

MOST = 90_000  # characters: a note has at most 100,000; escaping makes six of one
_SHOWN_ELSEWHERE = ("message", "title")


def note(lead: Lead, told: Told, rest: Iterable[tuple[str, str]], doer: Actor, *, head: str = "") -> Note | None:
    """With a `head` all that was said; else the message and the `rest`, and no note where there is neither."""
    lines = [*(_said(told) if head else ()), *rest]
    text = f"<p>{escape(head)}</p>" if head else ""
    if told.message:
        text += "".join(f"<p>{escape(part)}</p>" for part in told.message.split("\n") if part.strip())
    if lines:
        text += "<ul>" + "".join(f"<li>{escape(word)}: {escape(value)}</li>" for word, value in lines) + "</ul>"
    if len(text) > MOST:
        short = "\n".join((head, told.message, *(f"{word}: {value}" for word, value in lines)))[: MOST // 6]
        text = f"<p>{escape(short)} …</p><p>{escape(_('The rest stands with the arrival.'))}</p>"
    return Note(lead=lead, text=text).add(by=doer) if text else None


def _said(told: Told) -> list[tuple[str, str]]:
    return [(str(OURS[name][0]), value) for name, value in told.said.items() if name not in _SHOWN_ELSEWHERE]
