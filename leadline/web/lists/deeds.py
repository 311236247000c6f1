"""What can be done to many records at once, and what each deed needs to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.accounts.actors import Actor
from leadline.crm.fields import Field, FieldKind, field_of
from leadline.crm.handing_off import hand
from leadline.crm.models import Label
from leadline.history.numbers import number_of, numbers_of
from leadline.web.editing.reading import typed
from leadline.web.frame.names import linked
from leadline.web.handing_off.handing import named
from leadline.web.records.discarding import read_discard
from leadline.web.records.ending import read_loss, read_waiting

Do = Callable[[Any, Actor], Any]
Said = Callable[[int], str]
Word = str | Promise


@dataclass(frozen=True)
class Deed:
    """`asks` names the part of the form that it needs; "" for deeds that need nothing but the records."""

    name: str
    word: Word
    icon: str
    kinds: tuple[str, ...]
    asks: str = ""
    trashed: bool = False
    key: str = ""


DEAL, LEAD, ACTIVITY = ("deal",), ("lead",), ("activity",)
BEARING = ("deal", "lead", "person", "organization")
EVERY = (*BEARING, "product", "activity")
DEEDS = {
    deed.name: deed
    for deed in (
        Deed("field", gettext_lazy("Change"), "square-pen", EVERY, "field"),
        Deed("label", gettext_lazy("Label"), "tag", BEARING, "labels"),
        Deed("unlabel", gettext_lazy("Take labels off"), "tags", BEARING, "labels"),
        Deed("won", gettext_lazy("Won"), "trophy", DEAL),
        Deed("lost", gettext_lazy("Lost"), "circle-x", DEAL, "lost"),
        Deed("parked", gettext_lazy("Nurture"), "calendar-clock", (*DEAL, *LEAD), "parked"),
        Deed("open", gettext_lazy("Open again"), "rotate-ccw", (*DEAL, *LEAD)),
        Deed("handed", gettext_lazy("Hand over"), "handshake", (*DEAL, *LEAD), "handed"),
        Deed("discarded", gettext_lazy("Discard"), "circle-x", LEAD, "discarded"),
        Deed("done", gettext_lazy("Done"), "check", ACTIVITY),
        Deed("undone", gettext_lazy("Not done"), "rotate-ccw", ACTIVITY),
        Deed("trash", gettext_lazy("Delete"), "trash-2", EVERY),
        Deed("restore", gettext_lazy("Put back"), "archive-restore", EVERY, trashed=True),
    )
}


def deeds_of(kind: str, *, trashed: bool) -> list[Deed]:
    """Those that a list of this kind offers; what is in the trash can only be put back."""
    return [deed for deed in DEEDS.values() if kind in deed.kinds and deed.trashed == trashed]


def changeable_fields(kind: str, fields: dict[str, Field]) -> list[Field]:
    """The fields that can be set for many: not what names one record."""
    alone = ("title", "name", "subject", "emails", "phones", "first_name", "last_name", "domain", "code")
    found = [field for field in fields.values() if field.editable and field.name not in alone]
    return sorted(found, key=lambda field: {"owner": 0, "stage": 1}.get(field.name, 2))  # what is changed most is first


def deed_of(kind: str, name: str, given: QueryDict) -> tuple[Do, Said]:
    """What to do to each record, and the sentence about so many. Raises ValidationError, Http404."""
    if name not in DEEDS or kind not in DEEDS[name].kinds:
        raise Http404
    if name == "field":
        return _field(kind, given)
    if name in ("label", "unlabel"):
        return _labels(name, given)
    return SIMPLE[name](given)


def _field(kind: str, given: QueryDict) -> tuple[Do, Said]:
    try:
        field = field_of(kind, given.get("name", ""))
    except LookupError:
        raise Http404 from None
    if field.kind in (FieldKind.LABELS, FieldKind.CHOICES):
        text = ",".join(given.getlist("value"))
    else:
        text = given.get("value", "")
    value = typed(field, text)
    _known(field, value)

    def said(n: int) -> str:
        words = {"n": n, "field": field.word}
        return ngettext("%(field)s changed on %(n)d record.", "%(field)s changed on %(n)d records.", n) % words

    return lambda record, by: field.set(record, value, by=by), said


def _known(field: Field, value: Any) -> None:
    """Said once instead of by every record: a link to what the person does not see."""
    if field.kind is FieldKind.LINK and value not in (None, ""):
        number = number_of(value)
        found = linked().get(field.to, number) if number is not None else None
        if found is None or found.pk is None:
            raise ValidationError({field.attname: _("Choose one of the list.")})


def _labels(name: str, given: QueryDict) -> tuple[Do, Said]:
    labels = list(Label.objects.kept().filter(pk__in=_numbers(given.getlist("value"))))
    if not labels:
        raise ValidationError({"value": _("Choose at least one label.")})
    if name == "label":
        return lambda record, by: record.label(*labels, by=by), _count(
            "%(n)d record labelled.", "%(n)d records labelled."
        )
    return (
        lambda record, by: record.unlabel(*labels, by=by),
        _count("Labels taken off %(n)d record.", "Labels taken off %(n)d records."),
    )


def _won(given: QueryDict) -> tuple[Do, Said]:
    return lambda record, by: record.win(by=by), _count("%(n)d deal won.", "%(n)d deals won.")


def _lost(given: QueryDict) -> tuple[Do, Said]:
    loss = read_loss(given)
    return lambda record, by: loss.lose(record, by), _count("%(n)d deal lost.", "%(n)d deals lost.")


def _parked(given: QueryDict) -> tuple[Do, Said]:
    waiting = read_waiting(given)
    if waiting["come_back_on"] is None and not waiting["event"]:
        raise ValidationError({"come_back_on": _("Name the day on which they come back, or what must happen first.")})
    said = _count("%(n)d record put into nurture.", "%(n)d records put into nurture.")
    return lambda record, by: record.park(by=by, **waiting), said


def _open(given: QueryDict) -> tuple[Do, Said]:
    return lambda record, by: record.reopen(by=by), _count("%(n)d record opened again.", "%(n)d records opened again.")


def _discarded(given: QueryDict) -> tuple[Do, Said]:
    said = read_discard(given)
    return lambda record, by: said.discard(record, by), _count("%(n)d lead discarded.", "%(n)d leads discarded.")


def _handed(given: QueryDict) -> tuple[Do, Said]:
    """To one person, or each to whose turn it is."""
    to, note = named(given.get("to", "")), given.get("note", "").strip()
    return lambda record, by: hand(record, to, by=by, note=note), _count(
        "%(n)d record handed over.", "%(n)d records handed over."
    )


def _done(given: QueryDict) -> tuple[Do, Said]:
    return lambda record, by: record.complete(by=by), _count("%(n)d activity done.", "%(n)d activities done.")


def _undone(given: QueryDict) -> tuple[Do, Said]:
    said = _count("%(n)d activity is to be done again.", "%(n)d activities are to be done again.")
    return lambda record, by: record.reopen(by=by), said


def _trash(given: QueryDict) -> tuple[Do, Said]:
    return lambda record, by: record.trash(by=by), _count("%(n)d record deleted.", "%(n)d records deleted.")


def _restore(given: QueryDict) -> tuple[Do, Said]:
    return lambda record, by: record.restore(by=by), _count("%(n)d record put back.", "%(n)d records put back.")


SIMPLE: dict[str, Callable[[QueryDict], tuple[Do, Said]]] = {
    "won": _won,
    "lost": _lost,
    "parked": _parked,
    "open": _open,
    "discarded": _discarded,
    "handed": _handed,
    "done": _done,
    "undone": _undone,
    "trash": _trash,
    "restore": _restore,
}


def _count(one: str, many: str) -> Said:
    return lambda n: ngettext(one, many, n) % {"n": n}


def _numbers(texts: list[str]) -> list[int]:
    return numbers_of(texts)
