"""What numbers are called: one query per kind, and no name that the reader may not see."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import nh3
from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.models import CustomField, Playbook
from leadline.crm.models.qualifying import Item
from leadline.history.recorded import Recorded
from leadline.web.wording.fields import model_of
from leadline.web.wording.kinds import kind_word

AT_ONCE = 500
# The columns by which a record of a kind is called: the first one that is filled.
CALLED: dict[str, tuple[str, ...]] = {
    "activity": ("subject", "type__name"),
    "answer": ("deal__title",),
    "currency": ("code",),
    "deal": ("title",),
    "deal_product": ("product__name",),
    "hand_off": ("lead__title", "deal__title"),
    "lead": ("title",),
    "note": ("text",),
    "participant": ("person__name",),
    "playbook": ("stage__name",),
    "rate": ("currency",),
    "schedule": ("dashboard__name",),
    "user": ("name", "email"),
    "visibility": ("kind",),
}
LONGEST = 80  # characters of a name


class Names:
    """Names by kind and number, for one reader. Say first what will be asked for, then ask."""

    def __init__(self, reader: User) -> None:
        self.reader = reader
        self.wanted: dict[str, set[int]] = defaultdict(set)
        self.found: dict[tuple[str, int], str] = {}
        self._deleted: set[tuple[str, int]] = set()
        self._own: dict[str, CustomField] | None = None
        self._items: dict[str, Item] | None = None

    def want(self, kind: str, ids: Iterable[Any]) -> None:
        """These will be asked for."""
        self.wanted[kind].update(pk for pk in ids if isinstance(pk, int))

    def knows(self, kind: str, pk: Any) -> bool:
        """Whether the record is there and the reader may see it."""
        self._fetch()
        return (kind, pk) in self.found

    def of(self, kind: str, pk: Any) -> str:
        """Its name; "deal 12" for one that is gone or not open to the reader."""
        self._fetch()
        return self.found.get((kind, pk)) or f"{kind_word(kind)} {pk}"

    def who(self, pk: int | None) -> str:
        """Whoever did something: a user, or nobody's hand."""
        return self.of("user", pk) if pk else _("Leadline")

    def deleted(self, kind: str, pk: Any) -> bool:
        """Whether the record lies in the trash."""
        self._fetch()
        return (kind, pk) in self._deleted

    def own_fields(self) -> dict[str, CustomField]:
        """The company's own fields by their key, also deleted ones: the log remembers them."""
        if self._own is None:
            self._own = {field.key: field for field in CustomField.objects.all()}
        return self._own

    def item(self, key: str) -> Item | None:
        """What a playbook calls an item that was answered: as its newest version has it, also one that is gone."""
        if self._items is None:
            rows = Playbook.objects.filter(published_at__isnull=False).order_by("published_at", "pk")
            self._items = {item["key"]: item for items in rows.values_list("items", flat=True) for item in items}
        return self._items.get(key)

    def _fetch(self) -> None:
        for kind, ids in self.wanted.items():
            waiting = sorted(ids)
            for start in range(0, len(waiting), AT_ONCE):
                self._read(kind, waiting[start : start + AT_ONCE])
        self.wanted.clear()

    def _read(self, kind: str, ids: list[int]) -> None:
        model = model_of(kind)
        if model is None:
            return
        rows: Any = model._default_manager.filter(pk__in=ids)
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(self.reader)
        columns = ["deleted_at" if issubclass(model, Recorded) else "pk", *(called(kind) or ("pk",))]
        for pk, gone, *texts in rows.order_by().values_list("pk", *columns):
            self.found[kind, pk] = shortened(next(filter(None, texts), ""), kind)
            if gone and issubclass(model, Recorded):
                self._deleted.add((kind, pk))


def called(kind: str) -> tuple[str, ...]:
    """The columns by which records of a kind are called; none where it has no names."""
    model = model_of(kind)
    columns = (field.name for field in model._meta.fields if field.name in ("name", "title")) if model else ()
    return CALLED.get(kind) or tuple(columns)


def named_like(kind: str, text: str) -> Q:
    """The condition for records of a kind whose name holds the text, whatever its case."""
    condition = Q(pk__in=[])
    for column in called(kind):
        condition |= Q(**{f"{column}__icontains": text})
    return condition


def shortened(text: Any, kind: str = "") -> str:
    """A name that fits on a line; a note's without its tags."""
    plain = nh3.clean(str(text), tags=set()) if kind == "note" else str(text)
    words = re.sub(r"\s+", " ", plain).strip()
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
