"""Rows of a list as they are drawn: one way for the first page, for the next and for a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from leadline.accounts.models import Role, User
from leadline.crm.fields import Field, FieldKind
from leadline.crm.models import Deal
from leadline.web.editing.drawing import edit_url, editable
from leadline.web.editing.showing import shown
from leadline.web.frame.icons import icon
from leadline.web.frame.names import linked
from leadline.web.frame.places import record_url

NUMBERS = (FieldKind.MONEY, FieldKind.NUMBER)
NAME = Markup(
    '<span class="in-place" data-edit="{}" data-field="{}"><a class="row-link" href="{}">{}</a>'
    '<button type="button" class="in-place-open" aria-label="{}"></button></span>'
)
LINK = Markup('<a class="row-link" href="{}">{}</a>')
CELL = Markup('<td data-name="{}" class="{}">{}</td>')


@dataclass(frozen=True)
class Row:
    """One record: its cells as markup, and how it looks."""

    pk: int
    word: str
    classes: str
    name: Markup
    signs: Markup
    cells: Markup


def rows_of(records: Sequence[Any], fields: Sequence[Field], user: User) -> list[Row]:
    """The rows of these records; all names they need are read together first."""
    names = linked()
    names.load_for(records, fields)
    if records and isinstance(records[0], Deal):  # how they look follows from their stage
        for record in records:
            stage = names.get("stage", record.stage_id)
            if stage:
                record.stage = stage
    acts, now = user.is_active and user.role != Role.READER, timezone.now()
    return [_row(record, fields, acts and record.deleted_at is None, now) for record in records]


def _row(record: Any, fields: Sequence[Field], acts: bool, now: Any) -> Row:
    rotten = isinstance(record, Deal) and record.is_rotten(now)
    overdue = getattr(record, "is_overdue", None)
    classes = " ".join(
        name
        for name, is_so in (
            ("rotten", rotten),
            ("overdue", bool(overdue and overdue(now))),
            ("done", bool(getattr(record, "is_done", False))),
            ("trashed", record.deleted_at is not None),
            (f"is-{getattr(record, 'status', '')}", bool(getattr(record, "status", ""))),
        )
        if is_so
    )
    return Row(
        record.pk, str(record), classes, _name(record, fields[0], acts), _signs(record, rotten, now),
        Markup("").join(_cells(record, fields[1:], acts, now)),
    )  # fmt: skip


def _name(record: Any, field: Field, acts: bool) -> Markup:
    href, word = record_url(record) or _place(record), str(record)
    if not acts:
        return LINK.format(href, word) if href else Markup("{}").format(word)
    if not href:
        return editable(record, field)
    return NAME.format(edit_url(field, record.pk), field.name, href, word, _("Edit %(field)s") % {"field": field.word})


def _place(record: Any) -> str:
    """An activity is read where it was done: on its deal, lead, person or organization."""
    for name in ("deal", "lead", "person", "organization"):
        pk = getattr(record, f"{name}_id", None)
        if record.ENTITY == "activity" and pk:
            found = linked().get(name, pk)
            return record_url(found) if found is not None and found.pk else ""
    return ""


def _signs(record: Any, rotten: bool, now: Any) -> Markup:
    if not rotten:
        return Markup("")
    idle = int(record.idle_days(now) or 0)
    says = _("Rotten: untouched for %(days)d days") % {"days": idle}
    return Markup('<span class="sign" title="{}">{}<span class="hidden">{}</span></span>').format(
        says, icon("hourglass"), says
    )


def _cells(record: Any, fields: Iterable[Field], acts: bool, now: Any) -> Iterable[Markup]:
    for field in fields:
        drawn = editable(record, field) if acts and field.editable else shown(field, record)
        if field.name == "next_activity":
            drawn = _next(field, record, now)
        yield CELL.format(field.name, "n" if field.kind in NUMBERS else "", drawn)


def _next(field: Field, record: Any, now: Any) -> Markup:
    """When the next activity is due; late ones say so, and an open deal without any is marked."""
    due = field.value(record, linked())
    if due is None:
        if getattr(record, "is_open", False):
            return Markup('<span class="none-next">{}{}</span>').format(icon("triangle-alert"), _("none"))
        return Markup("")
    late = Markup(' <span class="late">{}</span>').format(_("overdue")) if due < now else Markup("")
    return Markup("{}{}").format(shown(field, record), late)
