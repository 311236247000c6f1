"""Telling fields briefly: a kind's table reads like a list of what people know of it."""

from __future__ import annotations

from typing import Any

from leadline.crm.fields.field import Field, FieldKind, Word


class Making:
    """Makes the fields of one kind of record; what is not said otherwise is edited, sorted and filtered."""

    def __init__(self, entity: str) -> None:
        self.entity = entity

    def text(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.TEXT, name, word, **more)

    def long(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.LONG, name, word, sortable=False, **more)

    def money(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.MONEY, name, word, **more)

    def number(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.NUMBER, name, word, **more)

    def day(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.DAY, name, word, **more)

    def moment(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.MOMENT, name, word, **{"editable": False, **more})

    def flag(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.FLAG, name, word, **more)

    def link(self, name: str, word: Word, to: str = "", **more: Any) -> Field:
        to = to or name
        order = {"column": f"{name}_id", "attname": f"{name}_id", "to": to}
        return self.of(FieldKind.LINK, name, word, **{**order, **more})

    def choice(self, name: str, word: Word, choices: Any = (), **more: Any) -> Field:
        return self.of(FieldKind.CHOICE, name, word, choices=tuple(choices), **more)

    def labels(self, word: Word) -> Field:
        more = {"attname": "label_ids", "column": "label_ids", "sortable": False}
        return self.of(FieldKind.LABELS, "labels", word, **more)

    def addresses(self, name: str, word: Word, **more: Any) -> Field:
        return self.of(FieldKind.ADDRESSES, name, word, **more)

    def of(self, kind: FieldKind, name: str, word: Word, **more: Any) -> Field:
        return Field(self.entity, name, word, kind, **{"attname": name, "column": name, **more})
