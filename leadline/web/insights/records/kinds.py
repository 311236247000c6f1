"""What is shown of each kind of record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind of record: the url names of its list and file, its words, its columns (the first names it), its order."""

    name: str
    at: str
    csv: str
    word: Text
    counted: Callable[[int], str]
    none: Text
    today: Text
    columns: tuple[str, ...]
    sort: str
    valued: bool = False  # whether they are worth something in the base currency


KINDS = {
    "deal": Kind(
        "deal", "deals_behind", "deals_csv", _("Deals"),
        lambda n: ngettext("%(count)s deal", "%(count)s deals", n),
        _("No deal is behind this number, or none that you may see."),
        _("The list shows the deals as they are today."),
        ("title", "organization", "owner", "stage", "status", "value", "created_at", "closed_at"), "-value",
        valued=True,
    ),
    "lead": Kind(
        "lead", "leads_behind", "leads_csv", _("Leads"),
        lambda n: ngettext("%(count)s lead", "%(count)s leads", n),
        _("No lead is behind this number, or none that you may see."),
        _("The list shows the leads as they are today."),
        ("title", "organization", "owner", "stage", "status", "source", "value", "created_at"), "-created_at",
    ),
    "activity": Kind(
        "activity", "activities_behind", "activities_csv", _("Activities"),
        lambda n: ngettext("%(count)s activity", "%(count)s activities", n),
        _("No activity is behind this number, or none that you may see."),
        _("The list shows the activities as they are today."),
        ("subject", "type", "owner", "deal", "lead", "due_at", "done_at"), "-done_at",
    ),
}  # fmt: skip
