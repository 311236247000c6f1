"""The fields of every kind of record."""

from __future__ import annotations

from collections.abc import Iterable

from leadline.crm.fields import deals, leads, organizations, people, products
from leadline.crm.fields.field import Field, FieldKind
from leadline.crm.models import CustomField, Kind
from leadline.history.numbers import number_of
from leadline.history.statements import Statement

_fields: dict[str, list[Field]] = {
    "deal": list(deals.FIELDS),
    "lead": list(leads.FIELDS),
    "person": list(people.FIELDS),
    "organization": list(organizations.FIELDS),
    "product": list(products.FIELDS),
}
OWN_KINDS = {
    Kind.TEXT: FieldKind.TEXT,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.MONEY: FieldKind.MONEY,
    Kind.DATE: FieldKind.DAY,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.CHOICES: FieldKind.CHOICES,
    Kind.PERSON: FieldKind.LINK,
    Kind.ORGANIZATION: FieldKind.LINK,
    Kind.USER: FieldKind.LINK,
}


def add_fields(entity: str, fields: Iterable[Field]) -> None:
    """For floors above: the fields of their own kinds, and what they know of the kinds below."""
    _fields.setdefault(entity, []).extend(fields)


def kinds() -> list[str]:
    """The kinds of record that have fields."""
    return list(_fields)


def fields_of(entity: str) -> dict[str, Field]:
    """Name -> field, in the order in which people read them; own fields last, as `own_<number>`.

    Raises LookupError for a kind that has none.
    """
    own = _own_fields.records(entity) if entity in BEARERS else ()
    return {field.name: field for field in (*_fields[entity], *map(_own, own))}


def field_of(entity: str, name: str) -> Field:
    """Raises LookupError for a kind or a name that is not there."""
    for field in _fields[entity]:
        if field.name == name:
            return field
    number = number_of(name.removeprefix("own_")) if name.startswith("own_") else None
    if entity in BEARERS and number is not None:
        own = CustomField.objects.kept().filter(entity=entity, pk=number).first()
        if own is not None:
            return _own(own)
    raise LookupError(f"{entity} has no field {name}")


BEARERS = frozenset({"deal", "lead", "person", "organization", "product"})
_own_fields = Statement(lambda: CustomField.objects.kept().filter(entity="").order_by("position", "pk"))


def _own(field: CustomField) -> Field:
    return Field(
        field.entity,
        f"own_{field.pk}",
        field.name,
        OWN_KINDS[Kind(field.kind)],
        attname="custom",
        column="custom",
        to=field.kind if OWN_KINDS[Kind(field.kind)] is FieldKind.LINK else "",
        sortable=field.kind not in (Kind.CHOICES,),
        custom=field,
    )
