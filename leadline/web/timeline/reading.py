"""A page of the stream: drawn from all its sources, put in order, told in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from leadline.history.models import Change
from leadline.web.timeline.entries import Entry, Page
from leadline.web.timeline.paging import Mark
from leadline.web.timeline.seeing import seen
from leadline.web.timeline.sources import changes, hanging
from leadline.web.timeline.sources.about import About
from leadline.web.timeline.taking_back import mark_undo
from leadline.web.timeline.telling import tell_all

Source = Callable[[About, Mark | None, int], list[Entry]]
OWN: tuple[Source, ...] = (changes.own, changes.parts, changes.deals)
HANGING = (hanging.notes, hanging.files, hanging.activities)
SHOWN: dict[str, tuple[Source, ...]] = {
    "all": (*OWN, *(partial(source, trash=hanging.ALSO) for source in HANGING)),
    "notes": (hanging.notes,),
    "activities": (hanging.activities,),
    "files": (hanging.files,),
    "changes": (*OWN, *(partial(source, trash=hanging.ONLY) for source in HANGING)),
}
ENTRIES_A_PAGE = 30


def read_page(about: About, show: str, before: Mark | None, count: int = ENTRIES_A_PAGE) -> Page:
    """So many entries behind the mark; fewer where some are not for this person to see, and the rest comes next."""
    sources = SHOWN[show] if about.bears else (changes.own,)
    found = [entry for source in sources for entry in source(about, before, count + 1)]
    found.sort(key=lambda entry: entry.mark, reverse=True)
    drawn = found[:count]
    following = drawn[-1].mark if len(found) > count else None
    visible = hanging.placed(_visible(drawn, about), about)
    untold = hanging.deaths(visible)
    visible = [entry for entry in visible if entry not in untold]
    tell_all(visible, about)
    entries = _together(visible)
    mark_undo(entries, about)
    return Page(entries, following)


def _visible(entries: Sequence[Entry], about: About) -> list[Entry]:
    rows = [entry.row for entry in entries if not isinstance(entry.row, Change)]
    shown = {(row.ENTITY, row.pk) for row in seen(rows, about.user, about.record)}
    return [entry for entry in entries if isinstance(entry.row, Change) or (entry.row.ENTITY, entry.row.pk) in shown]


def _together(entries: Sequence[Entry]) -> list[Entry]:
    """Neighbouring changes of one act and moment, on the same record, become one entry."""
    found: list[Entry] = []
    for entry in entries:
        last = found[-1] if found else None
        if last is not None and _same_act(last, entry):
            last.changes.append(entry.row)
            last.told.extend(entry.told)
        else:
            found.append(entry)
    return found


def _same_act(one: Entry, other: Entry) -> bool:
    if one.kind != "change" or other.kind != "change" or one.row.act is None or one.row.via == "import":
        return False
    return (
        one.row.act == other.row.act
        and one.mark.rank == other.mark.rank
        and one.row.entity == other.row.entity
        and one.row.record_id == other.row.record_id
        and (one.at - other.at).total_seconds() < 60
        and (one.undone, one.takes_back) == (other.undone, other.takes_back)
    )
