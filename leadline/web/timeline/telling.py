"""The entries of a page, told in words by `web.wording` with what the page has at hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from leadline.history.standing import undone_among
from leadline.web.timeline.entries import Entry
from leadline.web.timeline.sources.about import About
from leadline.web.wording.at_hand import NamesAtHand
from leadline.web.wording.telling import tell


def tell_all(entries: Sequence[Entry], about: About) -> None:
    """What each change did, and whether it was taken back."""
    changes = [change for entry in entries for change in entry.changes]
    names = NamesAtHand(about.user, changes)
    thrown_away = (entry.row for entry in entries if entry.kind == "gone")
    others = (entry.on for entry in entries if entry.kind == "change" and entry.on is not None)
    for row in chain([about.record], thrown_away, others):
        names.call(row)
    told = {one.change.pk: one for one in tell(changes, about.user, names, lambda deal: about.stays)}
    undone = undone_among(changes)
    for entry in entries:
        if entry.changes:
            (change,) = entry.changes
            entry.told = [told[change.pk]]
            entry.undone, entry.takes_back = change.pk in undone, change.undoes is not None
