"""How the cells of each column are read, into the plain values of the log: times and dates as ISO text in UTC,
amounts as decimal text, the rest as text, flags and lists."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from leadline.crm.models import WorkingWeek
from leadline.imports.faults import BadValue
from leadline.imports.planning.table import CustomColumn, Table
from leadline.imports.values import contacts, dates, flags, numbers, targets

Reader = Callable[[str], Any]
CENT = Decimal("0.01")
DUE = ("due_at", "date")  # of activities, which may be due on a day alone
LONGEST = {"title": 255, "name": 255, "subject": 255, "first_name": 150, "last_name": 150, "external_id": 255}


@lru_cache(maxsize=131072)
def plain_time(text: str, order: str, zone: tzinfo) -> str:
    """ "2017-03-01T00:00:00.000000Z". Raises `BadValue`."""
    time = dates.moment(text, order, zone).time
    return time.isoformat(timespec="microseconds")[:26] + "Z"


@lru_cache(maxsize=131072)
def plain_due(text: str, order: str, zone: tzinfo) -> str:
    """As `plain_time`; where no clock time is told, the day alone: "2017-03-01". Raises `BadValue`."""
    found = dates.moment(text, order, zone)
    return plain_time(text, order, zone) if found.clock else found.time.astimezone(zone).date().isoformat()


@lru_cache(maxsize=65536)
def plain_day(text: str, order: str, zone: tzinfo) -> str:
    """ "2017-03-01". Raises `BadValue`."""
    return dates.day(text, order, zone).isoformat()


@lru_cache(maxsize=65536)
def plain_money(text: str, mark: str) -> str:
    """ "1054.00". Raises `BadValue`."""
    return format(numbers.read(text, mark).quantize(CENT), "f")


@lru_cache(maxsize=65536)
def plain_number(text: str, mark: str) -> str:
    """Up to nine decimals, none that say nothing. Raises `BadValue`."""
    number = round(numbers.read(text, mark), 9).normalize()
    return format(number if number else Decimal(0), "f")


def plain_emails(text: str) -> list[str]:
    """All addresses of the cell. Raises `BadValue` where there is none."""
    found = contacts.emails(text)
    if not found:
        raise BadValue(_("this is not an e-mail address"), _("Correct the address."))
    return found


def plain_domain(text: str) -> str:
    """The host alone. Raises `BadValue` where there is none."""
    found = contacts.domain(text)
    if not found:
        raise BadValue(_("this is not a domain"), _("Write it as example.com."))
    return found


def plain_words(text: str) -> list[str]:
    """Several words of one cell."""
    return [word.strip() for word in text.replace(";", ",").split(",") if word.strip()]


def cut(length: int) -> Reader:
    """Text of at most `length` characters."""

    def read(text: str) -> str:
        if len(text) > length:
            raise BadValue(
                _("this text is longer than %(length)s characters") % {"length": length}, _("Shorten the text.")
            )
        return text

    return read


def as_is(text: str) -> str:
    """Text without a limit."""
    return text


def reader(table: Table, heading: str, field: str, sort: str, zone: tzinfo) -> Reader:
    """How the cells of one column are read."""
    decision = table.dates.get(heading)
    order = decision.order if decision else ""
    mark = table.marks.get(heading, ".")
    if heading in table.offsets:
        # Nearly all times of the column carry this offset: the few without one were meant so too.
        zone = datetime.fromisoformat("2000-01-01T00:00" + table.offsets[heading]).tzinfo or zone
    if field in DUE:
        return lambda text: plain_due(text, order, zone)
    if sort == "time":
        return lambda text: plain_time(text, order, zone)
    if sort == "day":
        return lambda text: plain_day(text, order, zone)
    if sort == "money":
        return lambda text: plain_money(text, mark)
    if sort == "number":
        return lambda text: plain_number(text, mark)
    if sort == "period":
        month = WorkingWeek.company().fiscal_month
        return lambda text: targets.period(text, month)
    fixed: dict[str, Reader] = {
        "flag": flags.read,
        "metric": targets.metric,
        "emails": plain_emails,
        "phones": contacts.phones,
        "domain": plain_domain,
        "words": plain_words,
    }
    if sort in fixed:
        return fixed[sort]
    return cut(LONGEST[field]) if field in LONGEST else as_is


def custom_reader(column: CustomColumn, order: str, mark: str, zone: tzinfo) -> Reader:
    """How the cells of a custom field's column are read."""
    if column.sort == "date":
        return lambda text: plain_day(text, order, zone)
    if column.sort == "money":
        return lambda text: plain_money(text, mark)
    if column.sort == "number":
        return lambda text: plain_number(text, mark)
    return as_is
