"""A note: rich text on a deal, a lead, a person or an organization."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any, ClassVar

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User
from leadline.crm.models.clocks import LAST_TOUCHES, by_hand, changes_of, last_by_hand
from leadline.crm.models.deal import Deal
from leadline.crm.models.hanging import Hanging
from leadline.crm.models.lead import Lead
from leadline.crm.models.lead_clocks import LEAD_TOUCHES, LeadTouch
from leadline.history.models import Change
from leadline.history.recorded import Done
from leadline.history.standing import standing

TAGS = {
    "a", "b", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "hr", "i", "li", "ol", "p", "pre", "s",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST = 100_000  # characters


def sanitised(html: str) -> str:
    """Without anything that runs, loads or frames: the tags of a written page, links to the web, mail and telephone."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow"
    )


class Note(Hanging):
    """A note; `text` is HTML made safe, `pinned` keeps it on top, `mention_ids` are the colleagues it names.

    A person's note touches its deal and its lead (R3).
    """

    ENTITY: ClassVar[str] = "note"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "text",
        "pinned",
        "mention_ids",
        *Hanging.PLACES,
        "author_id",
        "created_at",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"text", "pinned", "mention_ids", *Hanging.PLACES})

    text = models.TextField(gettext_lazy("text"))
    pinned = models.BooleanField(gettext_lazy("pinned"), default=False)
    mention_ids: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    class Meta(Hanging.Meta):
        indexes = [
            models.Index(fields=["deleted_at"], name="note_trash", condition=models.Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return " ".join(nh3.clean(self.text, tags=set()).split())[:80]

    def clean(self) -> None:
        super().clean()
        self.text = sanitised(self.text).strip()
        if not nh3.clean(self.text, tags=set()).strip():
            raise ValidationError({"text": _("Write something.")})
        if len(self.text) > LONGEST:
            raise ValidationError({"text": _("A note has at most %(count)d characters.") % {"count": LONGEST}})
        self.mention_ids = _colleagues(self.mention_ids)

    @classmethod
    def followed(cls, done: Sequence[Done]) -> None:
        """R3: a note that a person writes touches its place; taken back, thrown away or moved it does so no more."""
        Deal.wind_clocks(
            deal for part in done if _withdraws(part) for deal in (part.old.get("deal_id"), part.record.deal_id)
        )
        Lead.wind_clocks(
            lead for part in done if _withdraws(part) for lead in (part.old.get("lead_id"), part.record.lead_id)
        )
        for part in done:
            if part.by_human and not _withdraws(part):
                if part.record.deal_id:
                    Deal.touch(part.record.deal_id, part.when)
                if part.record.lead_id:
                    Lead.touch(part.record.lead_id, part.when, part.by_id)


def _colleagues(ids: Any) -> list[int]:
    """Those of the ids that are colleagues, in order, each once. Raises ValidationError for what are no ids."""
    if not isinstance(ids, list) or not all(isinstance(pk, int) for pk in ids):
        raise ValidationError({"mention_ids": _("Colleagues are named by their numbers.")})
    return list(User.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)) if ids else []


def _withdraws(part: Done) -> bool:
    return part.undoing or bool(part.old.keys() & {"deleted_at", "deal_id", "lead_id"})


def _last_notes(deal_ids: Collection[int]) -> dict[int, dt.datetime]:
    """When a person last wrote a note on each deal."""
    notes = dict(Note.objects.kept().filter(deal__in=deal_ids).values_list("pk", "deal_id"))
    found: dict[int, dt.datetime] = {}
    for pk, changes in changes_of("note", sorted(notes)).items():
        if at := last_by_hand(changes):
            found[notes[pk]] = max(at, found.get(notes[pk], at))
    return found


def _notes_on_leads(lead_ids: Collection[int]) -> Iterator[LeadTouch]:
    """Whatever a person did to a note on each lead, except throwing it away."""
    notes = dict(Note.objects.kept().filter(lead__in=lead_ids).values_list("pk", "lead_id"))
    for pk, changes in changes_of("note", sorted(notes)).items():
        for change in standing(changes):
            if by_hand(change) and change.verb != Change.DELETE:
                yield LeadTouch(notes[pk], change.occurred_at, change.by_id)


LAST_TOUCHES.append(_last_notes)
LEAD_TOUCHES.append(_notes_on_leads)
