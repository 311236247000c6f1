"""Names of what records link to, read once for everything that is shown together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from leadline.accounts.models import Team, User
from leadline.accounts.permissions import visible
from leadline.crm.models import Currency, Rate, base_currency, custom_values
from leadline.history.numbers import number_of
from leadline.history.registry import model_of

# Tables so short that the whole of them is read at once, and offered to choose from.
SHORT = frozenset({
    "user", "pipeline", "stage", "source", "campaign", "lost_reason", "discard_reason", "label", "activity_type",
    "team",
})  # fmt: skip


MEMBERS: dict[str, Any] = {"user": User, "team": Team}


class Hidden:
    """Stands for a linked record that the reader may not see."""

    pk = None

    def __str__(self) -> str:
        return "•••"


HIDDEN = Hidden()


class Linked:
    """What one reader sees of linked records; lives as long as one answer.

    Short tables are read whole when first needed. Of long ones `load` reads those that are wanted; asking for one that
    was not loaded reads it alone. What the reader may not see is HIDDEN.
    """

    def __init__(self, user: User) -> None:
        self.user = user
        self._rows: dict[str, dict[int, Any]] = {}
        self._derived: dict[str, dict[int, Any]] = {}

    def get(self, kind: str, pk: int | None) -> Any:
        """The record, HIDDEN, or None without an id."""
        if pk is None:
            return None
        rows = self._table(kind) if kind in SHORT else self._rows.setdefault(kind, {})
        if pk not in rows:
            self.load(kind, [pk])
        return rows[pk]

    def load(self, kind: str, ids: Iterable[int | None]) -> None:
        """Read these records of a kind, as far as they are not known yet."""
        rows = self._rows.setdefault(kind, {})
        wanted = {pk for pk in ids if pk is not None} - rows.keys()
        if not wanted:
            return
        known = [pk for pk in wanted if number_of(pk) is not None]
        found = visible(_model(kind)._default_manager.filter(pk__in=known), self.user.via("web"))
        rows |= dict.fromkeys(wanted, HIDDEN) | {row.pk: row for row in found}

    def load_for(self, records: Collection[Any], fields: Iterable[Any]) -> None:
        """Read all that these fields of these records need, in one query a kind."""
        for field in fields:
            if _loads(field):
                self._load(field, [record.pk for record in records])
            elif field.to and field.to not in SHORT:
                self.load(field.to, [field.raw(record) for record in records])

    def value(self, field: Any, record: Any) -> Any:
        """See `Field.value`."""
        if _loads(field):
            return self._loaded(field, record)
        raw = field.raw(record)
        if field.custom is not None:
            raw = custom_values.typed_value(field.custom, raw)
        match field.kind.value:
            case "link":
                return self.get(field.to, raw)
            case "labels":
                return [label for label in (self.get("label", pk) for pk in raw) if label is not HIDDEN]
            case "choice":
                return self._word(field, raw)
            case "choices":
                return [self._word(field, choice) for choice in raw or []]
        return raw

    def options(self, field: Any) -> list[tuple[Any, str]] | None:
        """See `Field.options`."""
        if field.custom is not None and field.custom.options:
            return list(field.custom.labels.items())
        if field.choices:
            return [(value, str(word)) for value, word in field.choices]
        if field.name == "currency":
            return [(code, code) for code in self.currencies()]
        kind = "label" if field.kind.value == "labels" else field.to
        if kind not in SHORT:
            return None
        return [(row.pk, str(row)) for row in self._table(kind).values() if _offered(kind, row)]

    def table(self, kind: str) -> list[Any]:
        """All rows of a short table, in their order."""
        return list(self._table(kind).values())

    def _table(self, kind: str) -> dict[int, Any]:
        if kind not in self._rows:
            rows = _model(kind)._default_manager.all()
            if kind == "stage":
                rows = rows.select_related("pipeline").order_by("pipeline__position", "pipeline_id", "position", "pk")
            self._rows[kind] = {row.pk: row for row in rows}
        return self._rows[kind]

    def _loaded(self, field: Any, record: Any) -> Any:
        known = self._derived.setdefault(f"{field.entity}.{field.name}", {})
        if record.pk not in known:
            self._load(field, [record.pk])
        return known[record.pk]

    def _load(self, field: Any, ids: list[int]) -> None:
        known = self._derived.setdefault(f"{field.entity}.{field.name}", {})
        found = field.load(ids) if field.load is not None else field.loads_for(ids, self.user)
        known |= dict.fromkeys(ids) | dict(found)

    def _word(self, field: Any, raw: Any) -> str:
        if raw is None or raw == "":
            return ""
        if field.custom is not None:
            return str(field.custom.labels.get(raw, ""))
        return str(dict(field.choices).get(raw, raw))

    def currencies(self) -> list[str]:
        """The codes in use: listed, or with a rate; the base currency among them."""
        listed = Currency.objects.kept().values_list("code", flat=True)
        return sorted({*listed, *Rate.objects.kept().values_list("currency", flat=True), base_currency()})


def _loads(field: Any) -> bool:
    return field.load is not None or field.loads_for is not None


def _model(kind: str) -> Any:
    return MEMBERS[kind] if kind in MEMBERS else model_of(kind)


def _offered(kind: str, row: Any) -> bool:
    """Whether somebody may choose it still."""
    if kind == "user":
        return bool(row.may_own)
    if kind == "team":
        return True
    return row.deleted_at is None and (kind != "stage" or row.pipeline.deleted_at is None)
