"""Own fields as people read them: choices by label, people and colleagues by name. A few queries for many records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leadline.accounts.models import User
from leadline.crm.models import CustomField, Kind
from leadline.history.registry import model_of

_RECORDS = (Kind.PERSON, Kind.ORGANIZATION, Kind.USER)


class OwnWords:
    """The texts of the own fields of some records of one kind."""

    def __init__(self, kind: str, customs: Iterable[Mapping[str, Any]]) -> None:
        filled = [custom for custom in customs if custom]
        self.fields = {field.key: field for field in CustomField.objects.kept().filter(entity=kind)} if filled else {}
        self.labels = {key: field.labels for key, field in self.fields.items() if field.options}
        self.names = {to: self._names(to, filled) for to in _RECORDS}

    def of(self, custom: Mapping[str, Any]) -> list[str]:
        """The texts of one record's values."""
        return [self._text(self.fields[key], value) for key, value in custom.items() if key in self.fields]

    def _text(self, field: CustomField, value: Any) -> str:
        if field.kind in _RECORDS:
            return self.names[field.kind].get(value, "")
        if field.key in self.labels:
            several = value if isinstance(value, list) else [value]
            return " ".join(self.labels[field.key].get(one, "") for one in several)
        return str(value)

    def _names(self, to: str, customs: list[Mapping[str, Any]]) -> dict[Any, str]:
        keys = [key for key, field in self.fields.items() if field.kind == to]
        pks = {custom[key] for custom in customs for key in keys if key in custom}
        if not pks:
            return {}
        rows: Any = User.objects if to == Kind.USER else model_of(to).objects
        return dict(rows.filter(pk__in=pks).values_list("pk", "name"))
