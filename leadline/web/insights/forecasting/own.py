"""What people say themselves, beside the model; and who was nearer once the time was over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.accounts.models import Role, User
from leadline.crm.models import OwnForecast
from leadline.crm.models.own_forecast import Whose
from leadline.insights import periods
from leadline.insights.ask_forecasts_kept import Group, Score, group_of, label_of, scores, told_before, versions, widest
from leadline.insights.outlook.outlook import Outlook
from leadline.insights.sight import sight_of
from leadline.web.frame import formats
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import words
from leadline.web.insights.forecasting.found import KEPT, booked
from leadline.web.insights.forecasting.periods import EXPECTED, WON
from leadline.web.insights.forecasting.words import rounded
from leadline.web.insights.inquiry import Inquiry
from leadline.web.insights.period import company_calendar, company_today

AHEAD = {"month": 4, "fiscal_quarter": 2}  # so many of each can be said something of
NOW = (
    Column("amount", gettext_lazy("Said"), "money"),
    Column("on", gettext_lazy("When"), "day"),
    Column("p50", gettext_lazy("The model says now"), "money", "p5", "p95"),
)
THEN = (
    Column("own", gettext_lazy("Said"), "money"),
    Column("on", gettext_lazy("When"), "day"),
    Column("model", gettext_lazy("The model then"), "money", "low", "high"),
    Column("came", gettext_lazy("Came"), "money"),
    Column("nearer", gettext_lazy("Nearer"), "text"),
    Column("within", gettext_lazy("Within the model's range"), "text"),
)


@dataclass(frozen=True)
class Choice:
    """Something to choose in the form: its value, and how it reads."""

    value: str
    word: str


def own(inquiry: Inquiry) -> Table:
    """What is said of times that are not over, with the form to say it."""
    today, user = company_today(), inquiry.user
    rows = OwnForecast.objects.visible_to(user).kept().filter(end_on__gte=today).select_related("owner", "team")
    outlook = KEPT(inquiry).value
    said_at = {one.own: one.at for one in versions(user, start=today)}
    lines = [_line(row, outlook, said_at) for row in rows.order_by("end_on", "start_on", "owner__name", "pk")]
    form = {"stretches": stretches(today), "whose": whose(user)} if user.role != Role.READER else {}
    return Table(NOW, lines, ("period", "who", "whose"), more={"form": form})


def stretches(today: dt.date) -> list[Choice]:
    """The months and quarters of the company's year that are not over."""
    found, calendar = [], company_calendar()
    for kind, count in AHEAD.items():
        day = today
        for _each in range(count):
            period = periods.containing(kind, day, calendar)
            assert period.start is not None
            assert period.end is not None
            found.append(Choice(f"{period.start}_{period.end}", name_of(period.start, period.end)))
            day = period.end + dt.timedelta(days=1)
    return found


def whose(user: User) -> list[Choice]:
    """Of whose bookings this person may say something: of those of whom they see all."""
    sight, found = sight_of(user), []
    if user.team_id is not None and sight.whole(team=user.team_id):
        found.append(Choice(Whose.TEAM, str(Whose.TEAM.label)))
    if sight.whole():
        found.append(Choice(Whose.COMPANY, str(Whose.COMPANY.label)))
    return [Choice(Whose.OWN, str(Whose.OWN.label)), *found]


def before(inquiry: Inquiry) -> Table:
    """What was kept of the running quarter, week by week: the company's, or of what this person sees of it."""
    quarter = periods.containing("fiscal_quarter", company_today(), company_calendar())
    assert quarter.start is not None
    assert quarter.end is not None
    kept = told_before(widest(sight_of(inquiry.user)), quarter.start, quarter.end)
    columns = (EXPECTED, WON, Column("weighted", words.BESIDE["weighted"], "money"))
    rows: list[Row] = [
        {
            "day": formats.day(one.on), "p50": rounded(one.p50), "p5": rounded(one.p5), "p95": rounded(one.p95),
            "won": one.won, "weighted": rounded(one.beside.get("weighted")),
        }
        for one in kept
    ]  # fmt: skip
    points = [{"label": row["day"], "value": row["p50"], "low": row["p5"], "high": row["p95"]} for row in rows]
    return Table(columns, rows[::-1], ("day",), points=points)


def scored(inquiry: Inquiry) -> Table:
    """Times that are over: what was said, what the model said then, what came."""
    found = scores(inquiry.user)
    spoken = any(one.own for one in found)
    names = {row.pk: str(row) for row in User.objects.filter(pk__in={one.own.owner for one in found if one.own})}
    columns = THEN if spoken else tuple(column for column in THEN if column.key not in ("own", "on", "nearer"))
    rows = [_scored(one, names) for one in found]
    by = ("period", "whose", "who") if spoken else ("period", "whose")
    return Table(columns, rows, by, says=_tally(found))


def name_of(start: dt.date, end: dt.date) -> str:
    """2026-11, 2026-Q4 or FY2027-Q1."""
    calendar = company_calendar()
    if (end - start).days < 32:
        return periods.label("month", start, calendar)
    return periods.label("quarter" if calendar.fiscal_start == 1 else "fiscal_quarter", start, calendar)


def _line(row: OwnForecast, outlook: Outlook | None, said_at: Mapping[int, dt.datetime]) -> Row:
    said = None
    if outlook is not None:
        place = next(
            (at for at, one in enumerate(outlook.stretches) if (one.start, one.end) == (row.start_on, row.end_on)), None
        )
        group = outlook.group(*group_of(row))
        said = group.said[place] if group and place is not None else None
    return {
        "period": name_of(row.start_on, row.end_on),
        "who": str(row.owner),
        "whose": _whose(group_of(row)),
        "amount": row.amount,
        "on": said_at.get(row.pk),
        "p50": rounded(said.p50) if said else None,
        "p5": rounded(said.p5) if said else None,
        "p95": rounded(said.p95) if said else None,
    }


def _whose(group: Group) -> str:
    by, pk = group
    return _("The company") if by == "all" else label_of(by, pk) or ""


def _scored(one: Score, names: dict[int, str]) -> Row:
    by, pk = one.group
    labels = {} if by == "all" else {by: label_of(by, pk)}
    nearer = {"own": _("the person"), "model": _("the model"), "same": _("both alike"), "": None}
    within = {True: _("yes"), False: _("no"), None: None}
    return {
        "period": name_of(one.start, one.end),
        "whose": _whose(one.group),
        "who": names.get(one.own.owner, "") if one.own else _("the model alone"),
        "own": one.own.amount if one.own else None,
        "on": one.own.at if one.own else None,
        "model": rounded(one.model.p50) if one.model else None,
        "low": rounded(one.model.p5) if one.model else None,
        "high": rounded(one.model.p95) if one.model else None,
        "came": one.came,
        "nearer": nearer[one.nearer],
        "within": within[one.covered],
        "opens": {"came": booked(one.start, one.end, labels)},
    }


def _tally(found: Sequence[Score]) -> str:
    """Who was nearer so far."""
    both = [one for one in found if one.nearer]
    if not both:
        return ""
    people = sum(one.nearer == "own" for one in both)
    model = sum(one.nearer == "model" for one in both)
    told = {"people": formats.number(people), "model": formats.number(model), "n": formats.number(len(both))}
    return (
        ngettext(
            "Of %(n)s number beside the model's, people were nearer in %(people)s and the model in %(model)s.",
            "Of %(n)s numbers beside the model's, people were nearer in %(people)s and the model in %(model)s.",
            len(both),
        )
        % told
    )
