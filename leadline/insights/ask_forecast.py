"""The door to the forecast: worked out in the background and kept, or at once for the command line (R27, R28)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.insights import ask, moments
from leadline.insights.ask_forecasts_kept import day_of, keep_weekly
from leadline.insights.kept.asking import Kind
from leadline.insights.kept.plain import made, plain
from leadline.insights.kept.subject import Subject
from leadline.insights.measuring import ids
from leadline.insights.outlook.backtest import Backtest
from leadline.insights.outlook.outlook import Outlook

if TYPE_CHECKING:
    from leadline.insights.ledger.ledger import Ledger

WEEKS = 13
SINCE = 7  # days back: what the waterfall begins with


def forecast(subject: Subject, user: User | None = None) -> Outlook:
    """What will be booked, of what this person may see (None: of everything). Takes seconds; kept once a week.

    `subject.more` may hold ("weeks", "26"), how far ahead; 13 weeks else. Raises BadQuestion for a pipeline that there
    is not.
    """
    # numpy and what stands on it stay off the start-up path, here and below.
    from leadline.insights.forecast.forecasting import forecast as foretold  # noqa: PLC0415
    from leadline.insights.forecast.waterfall import waterfall  # noqa: PLC0415
    from leadline.insights.outlook.days import date_of  # noqa: PLC0415
    from leadline.insights.outlook.making import outlook  # noqa: PLC0415

    weeks = int(dict(subject.more).get("weeks", WEEKS))
    ledger, part = _ledgers(subject, user)
    found = foretold(ledger, weeks, part=part)
    moved = waterfall(ledger, ledger.as_of - SINCE, weeks, correction=found.correction, part=part)
    today = date_of(found.spans[0].start)
    told = outlook(part or ledger, found, moved, booked(subject, user, today), today)
    keep_weekly(subject, user, told)
    return told


def backtest(subject: Subject, user: User | None = None) -> Backtest:
    """The forecast as it would have stood on past days, against what happened. Raises as `forecast` does."""
    from leadline.insights.outlook.looking_back import looking_back  # noqa: PLC0415

    ledger, part = _ledgers(subject, user)
    return looking_back(ledger, WEEKS, part=part)


def _ledgers(subject: Subject, user: User | None) -> tuple[Ledger, Ledger | None]:
    """All there is, from which is learned how deals go, and the part of it that is asked for and may be seen.

    A past day is over: of it the forecast begins with the next. Targets are those of the part alone.
    """
    from leadline.insights.ask_ledger import ledger as ledger_of  # noqa: PLC0415
    from leadline.insights.forecast.clock import since_the_last_record  # noqa: PLC0415
    from leadline.insights.forecast.part import targets_of  # noqa: PLC0415
    from leadline.insights.ledger.narrowing import targets  # noqa: PLC0415
    from leadline.insights.ledger.reading import days  # noqa: PLC0415

    zone, moment = settings.LEADLINE_TIME_ZONE, end_of(subject.as_of)
    every = ledger_of(as_of=moment)
    if subject.as_of is None:
        every = since_the_last_record(every, days(moments.beginning(day_of(moment), zone)))
    else:
        every = replace(every, as_of=days(moments.after(subject.as_of, zone)))
    if user is None and subject.pipeline is None and subject.team is None:
        return every, None
    part = ledger_of(user=user, as_of=moment, pipeline=subject.pipeline, team=subject.team)
    held = targets(part.targets, targets_of(part, subject.pipeline, subject.team))
    if len(part.deals) == len(every.deals):
        return replace(every, targets=held), None
    return every, replace(part, as_of=every.as_of, targets=held)


FORECAST: Kind[Outlook] = Kind("forecast", 2, forecast, plain, lambda data: made(Outlook, data))
BACKTEST: Kind[Backtest] = Kind("backtest", 2, backtest, plain, lambda data: made(Backtest, data))


def booked(subject: Subject, user: User | None, today: dt.date) -> dict[dt.date, float]:
    """What was won on each day of the last half year up to `today`."""
    start = today - dt.timedelta(days=190)
    rows = ask.report("booked_revenue", by=("day",), **_asked(subject, user), start=start, end=today).rows
    return {dt.date.fromisoformat(row["day"]): float(row["value"]) for row in rows if row["day"]}


def end_of(day: dt.date | None) -> dt.datetime:
    """The end of a past day, or now."""
    if day is None:
        return timezone.now()
    return moments.end(day, settings.LEADLINE_TIME_ZONE).replace(tzinfo=dt.UTC)


def _asked(subject: Subject, user: User | None) -> dict[str, Any]:
    team = next((label for label, pk in ids("team").items() if pk == subject.team), None)
    where = {"team": team} if subject.team is not None else {}
    return {"as_of": subject.as_of, "pipeline": subject.pipeline, "user": user, "where": where}
