"""Each kind of field: how the words of an address about it become a condition."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.crm.fields import HIDDEN, Field, FieldKind
from leadline.crm.filtering import amounts, days
from leadline.crm.filtering.columns import among, between, contains, empty, in_days
from leadline.crm.filtering.meaning import ANY, NONE, NOT, Asker, Meaning, Unreadable
from leadline.crm.models.custom_field import Kind
from leadline.history.numbers import number_of, numbers_of

MOST = 200  # values of one condition
LONGEST = 200  # characters of a text
ME = "me"
OWN_DAYS: dict[tuple[str, str], Callable[[str, Asker], Meaning]] = {}  # moments of floors above that are days as well


def read_field(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    """The meaning of `name=text`. Raises Unreadable, with the mend."""
    if text == NONE:
        return Meaning(empty(field, model), NONE, lambda write: _("empty"))
    if text == ANY:
        return Meaning(~empty(field, model), ANY, lambda write: _("not empty"))
    return READINGS[field.kind](field, model, text, asker)


def _among(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    """3,5 or !3,5; `none` may stand among them, and `me` among people."""
    without = text.startswith(NOT)
    written = list(dict.fromkeys(part.strip() for part in text.removeprefix(NOT).split(",") if part.strip()))
    if not written:
        raise Unreadable(_("Choose at least one."))
    if len(written) > MOST:
        raise Unreadable(_("Choose at most %(most)d.") % {"most": MOST})
    values = [_value(field, part, asker) for part in written if part != NONE]
    condition = among(field, values) if values else Q()
    if NONE in written:
        condition = condition | empty(field, model) if values else empty(field, model)
    elif without:
        condition &= ~empty(field, model)  # nothing is never one of them: said so, NOT stays true for it
    return Meaning(
        ~condition if without else condition,
        (NOT if without else "") + ",".join(written),
        lambda write: _among_told(field, written, without, asker),
    )


def _value(field: Field, part: str, asker: Asker) -> Any:
    if field.kind == FieldKind.LINK and field.to == "user" and part == ME:
        return asker.user.pk
    if field.kind == FieldKind.CHOICE and field.custom is None:
        if part in (known := {str(value): value for value, _label in field.options(asker.linked) or ()}):
            return known[part]
        raise Unreadable(_("There is no choice %(text)s.") % {"text": part[:60]})
    if not re.fullmatch(r"\d{1,18}", part, re.ASCII):
        raise Unreadable(_("%(text)s is not the number of anything.") % {"text": part[:60]})
    return int(part)


def _among_told(field: Field, written: Sequence[str], without: bool, asker: Asker) -> str:
    said = names(field, written, asker)
    shown = said if len(said) <= 3 else [*said[:2], _("%(n)d more") % {"n": len(said) - 2}]
    text = (
        shown[0] if len(shown) == 1 else _("%(some)s or %(last)s") % {"some": ", ".join(shown[:-1]), "last": shown[-1]}
    )
    return _("not %(text)s") % {"text": text} if without else text


def names(field: Field, written: Sequence[str], asker: Asker) -> list[str]:
    """What these values are called; what the asker may not see, or what is not there, has no name."""
    options = {str(value): str(label) for value, label in field.options(asker.linked) or ()}
    if field.to:
        asker.linked.load(field.to, numbers_of(written))
    return [options.get(part) or _name(field, part, asker) for part in written]


def _name(field: Field, part: str, asker: Asker) -> str:
    if part in (NONE, ME):
        return _("empty") if part == NONE else _("me")
    number = number_of(part)
    known = field.to and number is not None
    record = asker.linked.get("label" if field.kind == FieldKind.LABELS else field.to, number) if known else HIDDEN
    return _("no. %(number)s") % {"number": part[:60]} if record is HIDDEN else str(record)


def _number(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    money = field.kind == FieldKind.MONEY or (field.custom is not None and field.custom.kind == Kind.MONEY)
    bounds, plain = amounts.bounds(text, 2 if money else 9)
    return Meaning(between(field, bounds, model), plain, lambda write: amounts.told(plain, write))


def _day(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    (first, last), plain = days.span(text, asker.today)
    return Meaning(in_days(field, first, last), plain, lambda write: days.told(plain, write))


def _moment(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    if own := OWN_DAYS.get((model.__name__, field.column)):
        return own(text, asker)
    (first, last), plain = days.span(text, asker.today)
    return Meaning(moments(field.column, first, last, asker), plain, lambda write: days.told(plain, write))


def moments(path: str, first: dt.date | None, last: dt.date | None, asker: Asker) -> Q:
    """Whether a moment lies on one of these days, as the company's days begin."""
    condition = Q()
    if first is not None:
        condition &= Q(**{f"{path}__gte": _midnight(first, asker)})
    if last is not None:
        condition &= Q(**{f"{path}__lt": _midnight(last + days.DAY, asker)})
    return condition


def _midnight(day: dt.date, asker: Asker) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), asker.zone).astimezone(dt.UTC)


def _flag(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    return yes_or_no(text, Q(**{field.column: True}))


def yes_or_no(text: str, condition: Q, opposite: Q | None = None) -> Meaning:
    """A condition that holds, or does not; `opposite` says the latter in a way that an index understands."""
    if text not in ("yes", "no"):
        raise Unreadable(_("Write yes or no."))
    if text == "yes":
        return Meaning(condition, text, lambda write: _("yes"))
    return Meaning(~condition if opposite is None else opposite, text, lambda write: _("no"))


def _text(field: Field, model: type[models.Model], text: str, asker: Asker) -> Meaning:
    text = searched(text)
    return Meaning(contains(field, text), text, lambda write: _told_text(text))


def searched(text: str) -> str:
    """A text to look for, as databases take it."""
    clean = " ".join(text.replace("\0", " ").encode("utf-8", "ignore").decode().split())
    if not clean:
        raise Unreadable(_("Write what to look for."))
    if len(clean) > LONGEST:
        raise Unreadable(_("Write at most %(most)d characters.") % {"most": LONGEST})
    return clean


def _told_text(text: str) -> str:
    return _("contains “%(text)s”") % {"text": text}


Reader = Callable[[Field, type[models.Model], str, Asker], Meaning]
READINGS: dict[FieldKind, Reader] = {
    FieldKind.LINK: _among,
    FieldKind.CHOICE: _among,
    FieldKind.CHOICES: _among,
    FieldKind.LABELS: _among,
    FieldKind.MONEY: _number,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.MOMENT: _moment,
    FieldKind.FLAG: _flag,
    FieldKind.TEXT: _text,
    FieldKind.LONG: _text,
    FieldKind.ADDRESSES: _text,
}
