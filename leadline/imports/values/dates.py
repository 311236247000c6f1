"""Dates and times as people and programs write them.

`order` says how day, month and year follow each other where the text does not ("dmy", "mdy", "ymd");
it is settled for a whole column beforehand (`date_order`).
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from leadline.imports.faults import BadValue
from leadline.imports.values import months

ORDERS = ("dmy", "mdy", "ymd")
EARLIEST, LATEST = 1900, 2199
# Excel counts days from here (its 1900 leap-year fault included); 20000 = 1954, 80000 = 2119.
EXCEL_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
SERIALS = (20_000, 80_000)

SECOND = r"(?::(?P<second>\d{2})(?P<fraction>[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
CLOCK = r"(?:[T ,]+(?:(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})" + SECOND + "))?"
ZONE = r"\s*(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?"
NUMERIC = re.compile(r"(?P<a>\d{1,4})(?P<mark>[-/. ])\s?(?P<b>\d{1,2})(?P=mark)\s?(?P<c>\d{1,4})\.?" + CLOCK + ZONE)
DAY_FIRST = re.compile(
    r"(?:\w{2,9}, )?(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[-/ .]+(?:de )?"
    r"(?P<m>[^\W\d_]{3,10})\.?,?[-/ .]+(?:de )?(?P<y>\d{4}|\d{2})" + CLOCK + ZONE
)
MONTH_FIRST = re.compile(
    r"(?:\w{2,9},? )?(?P<m>[^\W\d_]{3,10})\.?[-/ .]+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[-/ .]+(?P<y>\d{4}|\d{2})"
    + CLOCK
    + ZONE
)
YEAR_NAMED = re.compile(r"(?P<y>\d{4})[-/ .](?P<m>[^\W\d_]{3,10})[-/ .](?P<d>\d{1,2})" + CLOCK + ZONE)
COMPACT = re.compile(r"(?P<y>(?:19|20|21)\d{2})(?P<m>\d{2})(?P<d>\d{2})" + CLOCK.replace("[T ,]+", "[T ]?") + ZONE)
WORDED = (DAY_FIRST, MONTH_FIRST, YEAR_NAMED)
MANGLED = re.compile(r"(?:\d{1,2}[-/ ][^\W\d_]{3,9}|[^\W\d_]{3,9}[-/ ]\d{2})")


class Moment(NamedTuple):
    """A time in UTC, and whether the text gave a clock time or only the day."""

    time: datetime
    clock: bool


def moment(text: str, order: str, zone: tzinfo) -> Moment:
    """The time meant by `text`; without an offset it is local time of `zone`, without a clock its midnight.

    Raises `BadValue` for what is no date, has no year, or names a day that does not exist.
    """
    if len(text) >= 10 and text[4] == "-" and text[7] == "-":
        found = iso(text, zone)
        if found is not None:
            return found
    return spelled(text, order, zone)


def iso(text: str, zone: tzinfo) -> Moment | None:
    """The quick way, for the commonest shape by far; None where `text` is not quite ISO."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not EARLIEST <= read.year <= LATEST:
        return None
    return Moment(in_utc(read, zone), len(text) > 10)


def in_utc(read: datetime, zone: tzinfo) -> datetime:
    """The same instant in UTC."""
    if read.tzinfo is not None:
        return read.astimezone(UTC)
    if zone is UTC:
        return read.replace(tzinfo=UTC)
    return read.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=65536)
def spelled(text: str, order: str, zone: tzinfo) -> Moment:
    """Any other shape than ISO."""
    if text.replace(".", "", 1).isdigit():
        return counted(text)
    match = NUMERIC.fullmatch(text)
    if match:
        return assembled(match, *placed(match, order), zone)
    for pattern in WORDED:
        match = pattern.fullmatch(text)
        month = months.number(match["m"]) if match else 0
        if match and month:
            return assembled(match, full_year(match["y"]), month, int(match["d"]), zone)
    match = COMPACT.fullmatch(text)
    if match:
        return assembled(match, int(match["y"]), int(match["m"]), int(match["d"]), zone)
    raise no_date(text)


def counted(text: str) -> Moment:
    """A bare number: an Excel serial day, YYYYMMDD, or seconds or milliseconds since 1970."""
    number = float(text)
    if SERIALS[0] <= number <= SERIALS[1]:
        days = timedelta(days=int(number), seconds=round((number % 1) * 86400))
        return Moment(EXCEL_DAY_ZERO + days, number % 1 > 0)
    if len(text) == 8 and COMPACT.fullmatch(text):
        match = COMPACT.fullmatch(text)
        assert match is not None
        return assembled(match, int(match["y"]), int(match["m"]), int(match["d"]), UTC)
    for scale, length in ((1, 10), (1000, 13)):
        if len(text.partition(".")[0]) == length:
            return Moment(datetime.fromtimestamp(number / scale, UTC), True)
    raise no_date(text)


def placed(match: re.Match[str], order: str) -> tuple[int, int, int]:
    """Year, month and day of three numbers."""
    a, b, c = match["a"], match["b"], match["c"]
    if len(a) >= 3:
        return int(a), int(b), int(c)
    if len(c) >= 3 and order == "ymd":
        raise BadValue(
            _("the year stands last, but the order was said to be year first"), _("Give --dates dmy or mdy.")
        )
    if order == "ymd":
        return full_year(a), int(b), int(c)
    if order == "mdy":
        return full_year(c), int(a), int(b)
    if order == "dmy":
        return full_year(c), int(b), int(a)
    raise BadValue(_("day and month cannot be told apart"), _("Give --dates dmy or mdy."))


def full_year(text: str) -> int:
    """Two digits mean 1969 to 2068, as POSIX has it."""
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if year < 69 else 1900 + year


def assembled(match: re.Match[str], year: int, month: int, day: int, zone: tzinfo) -> Moment:
    """A moment from its parts. Raises `BadValue` where there is no such day or time."""
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    fraction = int(float("0." + (match["fraction"] or ".0")[1:]) * 1_000_000)
    half = (match["half"] or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if not EARLIEST <= year <= LATEST:
        raise BadValue(_("the year %(year)s cannot be right") % {"year": year}, _("Correct the year."))
    try:
        read = datetime(year, month, day, hour, minute, second, fraction)  # noqa: DTZ001 - the zone follows
    except ValueError as error:
        raise BadValue(_("there is no such day or time"), _("Correct the date.")) from error
    return Moment(in_utc(with_offset(read, match["zone"]), zone), match["hour"] is not None)


def with_offset(read: datetime, zone: str | None) -> datetime:
    """The time with the offset written behind it, if any."""
    if not zone:
        return read
    if zone.upper() in ("Z", "UTC", "GMT"):
        return read.replace(tzinfo=UTC)
    try:
        return datetime.fromisoformat(read.isoformat() + (zone if len(zone) > 3 else zone + ":00"))
    except ValueError as error:
        raise BadValue(_("there is no such offset from UTC"), _("Correct the offset, e.g. +05:00.")) from error


def day(text: str, order: str, zone: tzinfo) -> date:
    """The calendar day meant by `text`, in `zone`."""
    return moment(text, order, zone).time.astimezone(zone).date()


def no_date(text: str) -> BadValue:
    """The text is no date; a spreadsheet's "May-20" gets its own reason."""
    if mangled(text):
        return BadValue(
            _("a spreadsheet has turned this value into a day or month without a year"),
            _("Look up the value in the source and write it in full, e.g. 2018-05-20."),
        )
    return BadValue(_("this is not a date"), _("Write it as 2026-11-22 or 2026-11-22 14:30."))


def mangled(text: str) -> bool:
    """Whether `text` looks like "May-20" or "5-Jan": what spreadsheets make of "5-20" or "1-5"."""
    match = MANGLED.fullmatch(text)
    return bool(match) and any(months.number(word) for word in re.findall(r"[^\W\d_]+", text))
