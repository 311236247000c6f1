"""Month by month and quarter by quarter: what is won, what will be, where it comes from, and the simple forecasts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.insights.outlook.outlook import Outlook, Said, Stretch
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import STILL_OPEN, asked_of, booked
from leadline.web.insights.forecasting.words import rounded
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.period import company_today

EXPECTED = Column("p50", gettext_lazy("Will be booked"), "money", "p5", "p95")
MEAN = Column("mean", gettext_lazy("On average"), "money")
WON = Column("won", gettext_lazy("Already won"), "money")
OPENED = Column("opened", gettext_lazy("From open deals"), "money", opens=STILL_OPEN)
NEW = Column("new", gettext_lazy("From deals not created yet"), "money")
SIMPLE = tuple(Column(key, title, "money") for key, title in words.BESIDE.items())


def periods(inquiry: Inquiry) -> Table:
    """A row a month and a quarter that have not ended."""
    asked = asked_of(inquiry)
    outlook = asked.outlook
    places = outlook.places("month", "quarter")
    rows = [_row(outlook, asked.said(place), place, asked.whole) for place in places]
    columns = (EXPECTED, MEAN, WON, OPENED, NEW, *(SIMPLE if asked.whole else ()))
    if outlook.cannot is not None:
        if outlook.cannot.reason == "ended":
            return Table((), [], nothing=words.cannot(outlook.cannot))
        said = " ".join([words.cannot(outlook.cannot), *_lacking(outlook)])
        known = [row for row in rows if any(row[column.key] is not None for column in SIMPLE)]
        return Table(SIMPLE, known, ("period",), says=said, nothing=said)
    if asked.group is None:
        return Table((), [], nothing=_("Nothing is open here, and nothing was won here lately."))
    return Table(columns, rows, ("period",), points=_points(rows), says=" ".join(_lacking(outlook)))


def name_of(stretch: Stretch, outlook: Outlook) -> str:
    """2026-11, 2026-Q4 (so far won counts in). What begins with the day after a past one is not running yet."""
    running = stretch.start < outlook.day or stretch.start == outlook.day == company_today()
    return _("%(period)s (running)") % {"period": stretch.label} if running else stretch.label


def said_row(said: Said | None) -> Row:
    """The numbers of one stretch."""
    if said is None:
        return dict.fromkeys(("p50", "p5", "p95", "mean", "won", "opened", "new"))
    return {
        "p50": rounded(said.p50), "p5": rounded(said.p5), "p95": rounded(said.p95), "mean": rounded(said.mean),
        "won": said.won, "opened": rounded(said.opened), "new": rounded(said.new + said.again),
    }  # fmt: skip


def _row(outlook: Outlook, said: Said | None, place: int, whole: bool) -> Row:
    stretch = outlook.stretches[place]
    row: Row = {"period": name_of(stretch, outlook), **said_row(said)}
    if whole:
        row |= {key: rounded(money) for key, money in words.simple(outlook, place).items()}
    for column in SIMPLE:
        row.setdefault(column.key, None)
    if stretch.start <= outlook.day:
        row["opens"] = {"won": booked(stretch.start, min(stretch.end, outlook.day))}
    return row


def _points(rows: list[Row]) -> list[Row]:
    return [
        {"label": row["period"], "value": row["p50"], "low": row["p5"], "high": row["p95"]}
        for row in rows if row["p50"] is not None
    ]  # fmt: skip


def _lacking(outlook: Outlook) -> list[str]:
    """Why a simple forecast is not there."""
    told = _("%(which)s: %(why)s")
    return [
        told % {"which": words.BESIDE[one.key], "why": words.cannot(one.cannot)}
        for one in outlook.beside if one.cannot is not None and one.key in words.BESIDE
    ]  # fmt: skip
