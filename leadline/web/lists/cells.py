"""Rows of a list as they are drawn: one way for the first page, for the next and for a change.

A page has hundreds of cells, so they are written as text, and what repeats (a stage, a day, an owner) is drawn once.
Everything that comes from a record is escaped: by `shown`, or here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from leadline.accounts.models import Role, User
from leadline.activities.being_due import is_late
from leadline.crm.fields import Field, FieldKind, Linked
from leadline.crm.models import Deal
from leadline.web.editing.showing import shown
from leadline.web.frame.icons import icon
from leadline.web.frame.names import linked
from leadline.web.frame.places import record_url
from leadline.web.frame.reader import reader

NUMBERS = (FieldKind.MONEY, FieldKind.NUMBER)
REPEATED = (FieldKind.LINK, FieldKind.CHOICE, FieldKind.DAY, FieldKind.FLAG)


@dataclass(frozen=True)
class Row:
    """One record: its cells as markup, and how it looks."""

    pk: int
    word: str
    classes: str
    name: Markup
    signs: Markup
    cells: Markup


@dataclass
class Drawing:
    """Draws the rows of one answer. `acts`: whether the reader may change anything at all."""

    fields: Sequence[Field]
    names: Linked
    acts: bool
    now: dt.datetime
    drawn: dict[Any, str] = field(default_factory=dict)

    def row(self, record: Any) -> Row:
        rotten = isinstance(record, Deal) and record.is_rotten(self.now)
        acts = self.acts and record.deleted_at is None
        cells = "".join(self._cell(record, one, acts) for one in self.fields[1:])
        signs = _rotten(record, self.now) if rotten else ""
        name = Markup(self._name(record, self.fields[0], acts))
        return Row(record.pk, str(record), _classes(record, rotten, self.now), name, Markup(signs), Markup(cells))

    def _name(self, record: Any, field: Field, acts: bool) -> str:
        href, word = record_url(record) or self._place(record), escape(str(record))
        link = f'<a class="row-link" href="{href}">{word}</a>' if href else str(word)
        tick = _tick(record) if acts and record.ENTITY == "activity" else ""
        return tick + (self._in_place(record, field, link) if acts and field.editable else link)

    def _cell(self, record: Any, field: Field, acts: bool) -> str:
        inner = self._next(field, record) if field.name == "next_activity" else self._shown(field, record)
        if acts and field.editable:
            inner = self._in_place(record, field, inner)
        number = ' class="n"' if field.kind in NUMBERS else ""
        return f'<td data-name="{field.name}"{number}>{inner}</td>'

    def _in_place(self, record: Any, field: Field, inner: str) -> str:
        """As `editable` does it, but briefly: the script knows where the editors are, and keys lead to the cell."""
        empty = "" if inner else " is-empty"
        return f'<span class="in-place{empty}" data-field="{field.name}">{inner or NOTHING}</span>'

    def _shown(self, field: Field, record: Any) -> str:
        raw = field.raw(record)
        if raw is None or raw == "" or raw == []:
            return ""
        if field.kind is FieldKind.MOMENT and isinstance(raw, dt.datetime):
            return str(shown(field, record))
        if field.kind not in REPEATED:
            return str(shown(field, record))
        key = (field.name, raw)
        if key not in self.drawn:
            self.drawn[key] = str(shown(field, record))
        return self.drawn[key]

    def _next(self, field: Field, record: Any) -> str:
        """When the next activity is due; late ones say so, and an open deal without any is marked."""
        due = field.value(record, self.names)
        if due is None:
            return f'<span class="none-next">{escape(_("No activity"))}</span>' if record.is_open else ""
        late = f' <span class="late">{escape(_("overdue"))}</span>' if due < self.now else ""
        return f"{shown(field, record)}{late}"

    def _place(self, record: Any) -> str:
        """An activity's own page."""
        return reverse("activity", args=[record.pk]) if record.ENTITY == "activity" else ""


NOTHING = '<span class="add-here">+</span>'


def rows_of(records: Sequence[Any], fields: Sequence[Field], user: User) -> list[Row]:
    """The rows of these records; all names they need are read together first."""
    names = linked()
    names.load_for(records, fields)
    if records and records[0].ENTITY == "activity":
        for name in ("deal", "lead", "person", "organization"):
            names.load(name, [getattr(record, f"{name}_id") for record in records])
    for record in records if records and isinstance(records[0], Deal) else ():  # how they look follows from their stage
        if (stage := names.get("stage", record.stage_id)) is not None and stage.pk:
            record.stage = stage
    drawing = Drawing(fields, names, user.is_active and user.role != Role.READER, timezone.now())
    return [drawing.row(record) for record in records]


def _tick(record: Any) -> str:
    """The box to tick an activity: js/activities.js sends it."""
    says, done = escape(_("Done: %(what)s") % {"what": record}), record.is_done
    at = reverse("activity", args=[record.pk])
    return (
        f'<span class="act-cell" id="activity-{record.pk}" data-activity="{record.pk}" data-edit="{at}edit/">'
        f'<form class="act-tick" method="post" action="{at}done/" data-activity-tick="{record.pk}">'
        f'<input type="hidden" name="done" value="{"0" if done else "1"}"><button class="tick" role="checkbox" '
        f'aria-checked="{"true" if done else "false"}" tabindex="-1"><span class="hidden">{says}</span>{icon("check")}'
        "</button></form></span>"
    )


def _rotten(record: Any, now: dt.datetime) -> str:
    says = escape(_("Rotten: untouched for %(days)d days") % {"days": int(record.idle_days(now) or 0)})
    return f'<span class="sign" title="{says}"><span class="hidden">{says}</span></span>'


def _classes(record: Any, rotten: bool, now: dt.datetime) -> str:
    found = ["rotten"] if rotten else []
    if record.ENTITY == "activity":
        found += ["done"] if record.is_done else ["overdue"] if is_late(record, now, reader().zone) else []
    if record.deleted_at is not None:
        found.append("trashed")
    if status := getattr(record, "status", ""):
        found.append(f"is-{status}")
    return " ".join(found)
