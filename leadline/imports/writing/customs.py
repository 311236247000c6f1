"""Custom fields for columns that nothing here has a field for."""

import re
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import CustomField
from leadline.crm.models.custom_field import new_key
from leadline.imports.kinds import Kind
from leadline.imports.permitting import require_making, seller
from leadline.imports.planning.table import CustomColumn
from leadline.imports.values import spelling
from leadline.imports.writing.batch import State
from leadline.imports.writing.context import Context, states

ENTITIES = {
    Kind.DEALS: "deal",
    Kind.LEADS: "lead",
    Kind.PEOPLE: "person",
    Kind.ORGANIZATIONS: "organization",
    Kind.PRODUCTS: "product",
}


class Customs:
    """The custom fields of one kind of record, by heading."""

    def __init__(self, context: Context, kind: Kind) -> None:
        self.context = context
        self.entity = ENTITIES[kind]
        self.fields: dict[str, tuple[int, State]] = {}
        rows = CustomField.objects.kept().filter(entity=self.entity).order_by("-position")
        for pk, state in states(CustomField, rows.values_list("pk", flat=True)).items():
            self.fields[spelling.key(state["name"])] = (pk, state)
        self.position = len(self.fields)

    def propose(self, columns: tuple[CustomColumn, ...]) -> None:
        """Make the fields that are missing. Stands in a transaction."""
        for column in columns:
            if spelling.key(column.heading) in self.fields:
                continue
            if seller(self.context.by) is not None:
                self.context.notes[_("column %(name)s has no field and was left out") % {"name": column.heading}] += 1
            else:
                self.make(column)

    def make(self, column: CustomColumn) -> None:
        """A new field; its choices are the words of the column, spellings merged."""
        options = []
        if column.sort == "choice":
            words = spelling.merged(dict(column.words))
            options = [{"id": number, "label": label[:255]} for number, label in enumerate(words.values(), start=1)]
        state: State = {
            "entity": self.entity, "key": new_key(), "name": spelling.told(column.heading)[:255], "kind": column.sort,
            "options": options, "position": self.position,
        }  # fmt: skip
        pk = self.context.batch.create(CustomField, state, self.context.stamp)
        self.context.note(CustomField, f"{state['name']} ({column.sort})")
        self.position += 1
        self.fields[spelling.key(column.heading)] = self.fields[spelling.key(state["name"])] = (pk, state)

    def values(self, custom: dict[str, str]) -> dict[str, Any]:
        """What is kept in a record's `custom`, from heading -> plain value."""
        kept: dict[str, Any] = {}
        for heading, value in custom.items():
            if spelling.key(heading) not in self.fields:
                continue
            pk, state = self.fields[spelling.key(heading)]
            if state["kind"] == "choice":
                kept[state["key"]] = self.option(pk, state, value)
            elif state["kind"] == "choices":
                kept[state["key"]] = [self.option(pk, state, value)]
            elif fits(state["kind"], value):
                kept[state["key"]] = value
            else:
                self.context.notes[_("values of %(field)s do not fit the field of that name and were left out")
                                   % {"field": state["name"]}] += 1  # fmt: skip
        return kept

    def option(self, pk: int, state: State, value: str) -> int:
        """The id of a choice, added to the field where it is new."""
        wanted = spelling.key(value)
        for option in state["options"]:
            if spelling.key(option["label"]) == wanted:
                return int(option["id"])
        require_making(self.context.by, CustomField, value)
        number = max((option["id"] for option in state["options"]), default=0) + 1
        old = dict(state)
        state["options"] = [*state["options"], {"id": number, "label": value[:255]}]
        self.context.batch.change(CustomField, pk, {"options": old["options"]}, state, self.context.stamp)
        self.context.batch.set(CustomField, pk, {"options": state["options"]})
        return number


def fits(kind: str, value: str) -> bool:
    """Whether a plain value is one that a field of this kind keeps: the field may be older than the file."""
    if kind == "text":
        return True
    if kind in ("number", "money"):
        return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    return kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None
