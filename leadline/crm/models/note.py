"""A note: rich text on a deal, a lead, a person or an organization."""

from __future__ import annotations

from typing import ClassVar

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.crm.models.hanging import Hanging

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
    """A note; `text` is HTML made safe, `pinned` keeps it on top. A person's note touches its deal (R3)."""

    ENTITY: ClassVar[str] = "note"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "text",
        "pinned",
        *Hanging.PLACES,
        "author_id",
        "created_at",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"text", "pinned", *Hanging.PLACES})

    text = models.TextField(gettext_lazy("text"))
    pinned = models.BooleanField(gettext_lazy("pinned"), default=False)

    def __str__(self) -> str:
        return " ".join(nh3.clean(self.text, tags=set()).split())[:80]

    def clean(self) -> None:
        super().clean()
        self.text = sanitised(self.text).strip()
        if not nh3.clean(self.text, tags=set()).strip():
            raise ValidationError({"text": _("Write something.")})
        if len(self.text) > LONGEST:
            raise ValidationError({"text": _("A note has at most %(count)d characters.") % {"count": LONGEST}})
