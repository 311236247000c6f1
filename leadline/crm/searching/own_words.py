"""Own fields as people read them: choices by label, colleagues by name. A few queries for many records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leadline.accounts.models import User
from leadline.crm.models import CustomField, Kind

# Not everybody who sees a record sees whom such a field of it names.
_HIDEABLE = (Kind.PERSON, Kind.ORGANIZATION)


class OwnWords:
    """The texts of the own fields of some records of one kind."""

    def __init__(self, kind: str, customs: Iterable[Mapping[str, Any]]) -> None:
        filled = [custom for custom in customs if custom]
        rows = CustomField.objects.kept().filter(entity=kind).exclude(kind__in=_HIDEABLE) if filled else ()
        self.fields = {field.key: field for field in rows}
        self.labels = {key: field.labels for key, field in self.fields.items() if field.options}
        keys = [key for key, field in self.fields.items() if field.kind == Kind.USER]
        pks = {custom[key] for custom in filled for key in keys if key in custom}
        self.colleagues = dict(User.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}

    def of(self, custom: Mapping[str, Any]) -> list[str]:
        """The texts of one record's values."""
        return [self._text(self.fields[key], value) for key, value in custom.items() if key in self.fields]

    def _text(self, field: CustomField, value: Any) -> str:
        if field.kind == Kind.USER:
            return self.colleagues.get(value, "")
        if field.key in self.labels:
            several = value if isinstance(value, list) else [value]
            return " ".join(self.labels[field.key].get(one, "") for one in several)
        return str(value)
