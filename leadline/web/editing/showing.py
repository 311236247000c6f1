"""A field's value as it is read on a page.

Written as text, every value escaped by hand: lists draw hundreds, and Markup.format takes five times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from leadline.activities.zones import DAY_IS_OVER
from leadline.crm.fields import HIDDEN, Field
from leadline.web.frame import formats
from leadline.web.frame.names import linked
from leadline.web.frame.places import record_url
from leadline.web.frame.reader import reader

WEB = ("https://", "http://")


def shown(field: Field, record: Any) -> Markup:
    """The value, escaped, with its link where it has one; empty markup where there is none."""
    value = field.value(record, linked())
    if value is None or value == "" or value == []:
        return Markup("")
    return SHOW[field.kind.value](field, record, value)


def plain(field: Field, record: Any) -> str:
    """The value as bare text, for names of controls and for exports."""
    return " ".join(shown(field, record).striptags().split())


def currency_of(field: Field, record: Any) -> str:
    """The record's own currency, which is that of its money."""
    return getattr(record, "currency", "") or ""


def _text(field: Field, record: Any, value: Any) -> Markup:
    text = str(value)
    if field.name in ("website", "domain"):
        address = text if text.startswith(WEB) else f"https://{text}"
        return Markup(
            f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow">{escape(text)}</a>'
        )
    return escape(text)


def _long(field: Field, record: Any, value: Any) -> Markup:
    return Markup(f'<span class="long">{escape(str(value))}</span>')


def _money(field: Field, record: Any, value: Any) -> Markup:
    currency = currency_of(field, record)
    return escape(formats.exact_money(value, currency) if currency else formats.number(value, 2))


def _number(field: Field, record: Any, value: Any) -> Markup:
    return escape(formats.number(value, 0 if value == int(value) else 2))


def _day(field: Field, record: Any, value: Any) -> Markup:
    return Markup(f'<time datetime="{value.isoformat()}">{escape(formats.day(value))}</time>')


def _moment(field: Field, record: Any, value: Any) -> Markup:
    here = value.astimezone(reader().zone)
    if here.time() == DAY_IS_OVER:  # due on the day alone
        return _day(field, record, here.date())
    # js/moments.js tells the hour.
    return Markup(f'<time datetime="{value.isoformat()}">{escape(formats.day(value))}</time>')


def _flag(field: Field, record: Any, value: Any) -> Markup:
    return escape(_("Yes") if value else _("No"))


def _link(field: Field, record: Any, value: Any) -> Markup:
    if value is HIDDEN:
        return Markup(f'<span class="hidden-name" title="{escape(_("Not open to you"))}">{HIDDEN}</span>')
    address = record_url(value)
    word = escape(str(value))
    return Markup(f'<a href="{address}">{word}</a>') if address else word


def _choice(field: Field, record: Any, value: Any) -> Markup:
    return escape(str(value))


def _choices(field: Field, record: Any, value: Any) -> Markup:
    return escape(", ".join(map(str, value)))


def _labels(field: Field, record: Any, value: Any) -> Markup:
    return labels(value)


def labels(found: Iterable[Any]) -> Markup:
    """Labels as small coloured words."""
    drawn = (f'<span class="label" data-colour="{escape(one.colour)}">{escape(one.name)}</span>' for one in found)
    return Markup(" ".join(drawn))


def _addresses(field: Field, record: Any, value: Any) -> Markup:
    scheme = "mailto" if field.name == "emails" else "tel"
    return Markup(" ").join(_address(scheme, item) for item in value)


def _address(scheme: str, item: dict[str, Any]) -> Markup:
    target = item["value"] if scheme == "mailto" else "".join(c for c in item["value"] if c.isdigit() or c in "+#*,;")
    text = f'<a href="{scheme}:{escape(target)}">{escape(item["value"])}</a>'
    note = f' <span class="note">{escape(item["label"])}</span>' if item.get("label") else ""
    return Markup(f'<span class="address">{text}{note}</span>')


SHOW: dict[str, Callable[[Field, Any, Any], Markup]] = {
    "text": _text,
    "long": _long,
    "money": _money,
    "number": _number,
    "day": _day,
    "moment": _moment,
    "flag": _flag,
    "link": _link,
    "choice": _choice,
    "choices": _choices,
    "labels": _labels,
    "addresses": _addresses,
}
