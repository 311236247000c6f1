"""How well a record fits the ideal client (R44), and why: what its page shows beside its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.fitting import Part, explained, fit_of

SHOWN_FOR = frozenset({"lead", "deal", "organization"})


@dataclass(frozen=True)
class Fit:
    """`fit` is 0 to 100, None where nothing can be said; `parts` are the criteria that apply."""

    fit: int | None
    parts: Sequence[Part]

    @property
    def told(self) -> str:
        """How many of the criteria are met: "2 of 4 criteria met, 1 not known"."""
        wanted = [part for part in self.parts if part.weight > 0 and not part.hidden]
        words = {"met": sum(part.met is True for part in wanted), "of": len(wanted)}
        text = _("%(met)d of %(of)d criteria met") % words
        unknown = sum(part.met is None for part in wanted)
        return text + (", " + _("%(n)d not known") % {"n": unknown} if unknown else "")


def fit_shown(reader: User, record: Any) -> Fit | None:
    """None where no criterion applies to it."""
    if record.ENTITY not in SHOWN_FOR:
        return None
    parts = explained(record, reader)
    return Fit(fit_of(record), parts) if parts else None
