"""How many records, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.web.frame.formats import number


def said(counts: Mapping[str, int]) -> str:
    """ "12 deals, 3 leads" of {"deal": 12, "lead": 3}; "" where there are none. Kinds without a word stay out."""
    return ", ".join(_kind(kind, n) for kind, n in counts.items() if n and kind in KINDS)


KINDS = ("deal", "lead", "person", "organization", "product", "activity")


def _kind(kind: str, n: int) -> str:
    words = {
        "deal": ngettext("%(n)s deal", "%(n)s deals", n),
        "lead": ngettext("%(n)s lead", "%(n)s leads", n),
        "person": ngettext("%(n)s person", "%(n)s people", n),
        "organization": ngettext("%(n)s organization", "%(n)s organizations", n),
        "product": ngettext("%(n)s product", "%(n)s products", n),
        "activity": ngettext("%(n)s activity", "%(n)s activities", n),
    }
    return words[kind] % {"n": number(n)}


def moved_on(n: int) -> str:
    """What happened to records besides: " 12 records changed with it."; "" where there were none."""
    return (
        " " + ngettext("%(n)s record changed with it.", "%(n)s records changed with it.", n) % {"n": number(n)}
        if n
        else ""
    )


def nothing() -> str:
    return _("not used")
