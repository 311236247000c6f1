"""One field of one kind of record: how it is called, what it holds, where it stands, how it is set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from leadline.crm.fields import cleaning, setting
from leadline.crm.models import CustomField

if TYPE_CHECKING:
    from leadline.accounts.actors import By
    from leadline.accounts.models import User
    from leadline.crm.fields.linked import Linked

Word = str | Promise
Option = tuple[Any, str]


class FieldKind(Enum):
    """What a field holds, which decides how it is shown, edited and asked for."""

    TEXT = "text"
    LONG = "long"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    LINK = "link"
    CHOICE = "choice"
    CHOICES = "choices"
    LABELS = "labels"
    ADDRESSES = "addresses"


@dataclass(frozen=True, eq=False)
class Field:
    """`attname` is the attribute that holds it, `column` the ORM path by which it is filtered and sorted.

    `to` is the kind that a LINK links to. `choices` are those of a CHOICE. `load` answers for many records at once,
    {id: value}, where the value stands in no column of the record (its next activity); `loads_for` does so for one
    reader, of what they may see. `custom` is the own field.
    """

    entity: str
    name: str
    word: Word
    kind: FieldKind
    attname: str
    column: str
    to: str = ""
    choices: tuple[tuple[Any, Word], ...] = ()
    editable: bool = True
    sortable: bool = True
    filterable: bool = True
    required: bool = False
    load: Callable[[Collection[int]], Mapping[int, Any]] | None = None
    loads_for: Callable[[Collection[int], User], Mapping[int, Any]] | None = None
    custom: CustomField | None = None

    def raw(self, record: Any) -> Any:
        """What is kept: an id of a link, a list of ids of labels, decimal text of an own number."""
        return record.custom.get(self.custom.key) if self.custom else getattr(record, self.attname)

    def value(self, record: Any, linked: Linked) -> Any:
        """The value as Python sees it: a linked record (or HIDDEN), a list of labels, a label of a choice."""
        return linked.value(self, record)

    def options(self, linked: Linked) -> list[Option] | None:
        """What can be chosen, as (value, label); None where there is too much of it and one looks it up by typing."""
        return linked.options(self)

    def clean(self, given: Any) -> Any:
        """The value to set, from a form's text or list of texts in plain writing (1200.50, 2026-11-22, an id).

        Raises ValidationError with a message that says what is expected.
        """
        return cleaning.clean(self, given)

    def set(self, record: Any, value: Any, *, by: By, **expect: Any) -> None:
        """The one way to change one field; `was=` names the value that the person saw.

        Raises Conflict where it is another by now, ValidationError, PermissionDenied.
        """
        setting.set_field(self, record, value, by, expect)
