"""How the index stands: for `leadline doctor` and `leadline search`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from leadline.crm.searching.documents import documents
from leadline.crm.searching.following import EDITION, is_behind
from leadline.crm.searching.models import KINDS, Document, Progress, Stale
from leadline.history.models import Change
from leadline.history.registry import model_of

SOME = 1000  # records compared at a time


@dataclass(frozen=True)
class State:
    """`built`: all records have been read once. `behind`: changes, and records, that are yet to be read."""

    documents: int
    built: bool
    behind: int


def state() -> State:
    """A few small queries; counting the changes behind costs as many rows."""
    progress = Progress.objects.filter(pk=Progress.ONE).first()
    found = Document.objects.count()
    if progress is None or progress.edition != EDITION:
        return State(found, built=False, behind=0)
    later = Q(txn__gt=progress.txn) | Q(txn=progress.txn, id__gt=progress.last)
    behind = Change.objects.filter(later).count() + Stale.objects.count()
    return State(found, built=progress.kind is None, behind=behind)


def disagreements(most: int = 3) -> list[tuple[str, int]]:
    """Up to so many records whose document is not what their row says. Only while nothing is left to read; slow."""
    wrong: list[tuple[str, int]] = []
    for kind in () if is_behind() else KINDS:
        wrong += _of_kind(kind, most - len(wrong))
    return wrong


def _of_kind(kind: str, most: int) -> list[tuple[str, int]]:
    wrong: list[tuple[str, int]] = []
    after = 0
    place = KINDS.index(kind)
    gone = Document.objects.filter(kind=place).exclude(record_id__in=model_of(kind).objects.kept().values("pk"))
    wrong += [(kind, pk) for pk in gone.values_list("record_id", flat=True)[:most]]
    while len(wrong) < most:
        pks = list(
            model_of(kind).objects.kept().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:SOME]
        )
        if not pks:
            break
        kept = {row.record_id: row for row in Document.objects.filter(kind=place, record_id__in=pks)}
        wrong += [(kind, new.record_id) for new in documents(kind, pks) if _differs(kept.get(new.record_id), new)]
        after = pks[-1]
    return wrong[:most]


def _differs(old: Document | None, new: Document) -> bool:
    """By its words. The rank may be of an earlier touch: it orders results and hides none."""
    return old is None or (old.name, old.body, old.parties) != (new.name, new.body, new.parties)
