"""What the forecast and people said before, and how near each came once the time was over."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models import ForecastSnapshot, OwnForecast
from leadline.crm.models.own_forecast import Whose
from leadline.history.models import Change
from leadline.insights import ask
from leadline.insights.kept.subject import Subject
from leadline.insights.measuring import ids
from leadline.insights.outlook.keeping import Told, brief, told
from leadline.insights.outlook.outlook import Outlook
from leadline.insights.sight import Sight, sight_of

WEEKLY = dt.timedelta(days=7)
NEAR = dt.timedelta(days=8)  # within it a model's number stands beside a person's
Group = tuple[str, int | None]  # as the forecast's groups: ("all", None), ("team", 3), ("owner", 7)


@dataclass(frozen=True)
class Version:
    """What a person said at a moment of a stretch of days; `group` is whose bookings it is about."""

    own: int
    owner: int
    group: Group
    start: dt.date
    end: dt.date
    at: dt.datetime
    amount: Decimal


@dataclass(frozen=True)
class Score:
    """A time that is over: what the model said, what a person said (None: nothing), and what came."""

    start: dt.date
    end: dt.date
    group: Group
    model: Told | None
    own: Version | None
    came: Decimal

    @property
    def covered(self) -> bool | None:
        """Whether what came lay within the model's interval."""
        return None if self.model is None else self.model.p5 <= float(self.came) <= self.model.p95

    @property
    def nearer(self) -> str:
        """ "own", "model" or "same"; "" where one of them said nothing."""
        if self.model is None or self.own is None:
            return ""
        own, model = abs(self.own.amount - self.came), abs(Decimal(repr(self.model.p50)) - self.came)
        return "same" if own == model else "own" if own < model else "model"


def day_of(moment: dt.datetime) -> dt.date:
    """The company's day of a moment."""
    return moment.astimezone(ZoneInfo(settings.LEADLINE_TIME_ZONE)).date()


def is_due(now: dt.datetime | None = None) -> bool:
    """Whether the latest kept forecast is a week old."""
    return not ForecastSnapshot.objects.filter(said_at__gt=(now or timezone.now()) - WEEKLY).exists()


def keep(outlook: Outlook, now: dt.datetime | None = None) -> ForecastSnapshot:
    """Keep what was said of everything as it is now; nobody rewrites it. The same is kept once a day."""
    body = brief(outlook)
    latest: ForecastSnapshot | None = ForecastSnapshot.objects.last()
    if latest is not None and (latest.said_on, latest.body) == (outlook.day, json.loads(json.dumps(body))):
        return latest
    kept: ForecastSnapshot = ForecastSnapshot.objects.create(
        said_at=now or timezone.now(), said_on=outlook.day, body=body
    )
    return kept


def keep_weekly(subject: Subject, user: User | None, outlook: Outlook) -> None:
    """The same where something is said, of everything and as of now, and a week has passed."""
    if subject == Subject() and user is None and outlook.cannot is None and is_due():
        keep(outlook)


def widest(sight: Sight) -> Group:
    """Of whom at most a person is told: the company, their team, themselves."""
    person, team = sight.widest
    return ("owner", person) if person is not None else ("team", team) if team is not None else ("all", None)


def told_before(group: Group, start: dt.date, end: dt.date) -> list[Told]:
    """What was said of these days, the first first."""
    return [one for one in _told([group])[group] if (one.start, one.end) == (start, end)]


def versions(user: User, *, start: dt.date | None = None) -> list[Version]:
    """Every number that this person and those whom they lead said, of times that end on `start` or later."""
    rows = OwnForecast.objects.visible_to(user).kept()
    rows = rows.filter(end_on__gte=start) if start else rows
    known = {row.pk: row for row in rows}
    changes = Change.objects.filter(entity=OwnForecast.ENTITY, record_id__in=known).order_by("pk")
    return list(_versions(known, changes))


def scores(user: User, today: dt.date | None = None, most: int = 60) -> list[Score]:
    """Times that are over, the newest first: the company's (or what this person sees of it), and whatever was said.

    The model stands with what it had said last when the person spoke, else with what it said when the time began.
    """
    today = today or day_of(timezone.now())
    sight = sight_of(user)
    group = widest(sight)
    said = [one for one in versions(user) if one.end < today and _seen(sight, one.group)]
    spoken = {(one.owner, one.group, one.start, one.end, one.at.date()): one for one in said}  # of one day the last
    known = _told({group, *(one.group for one in said)})
    asked = [(one.group, one.start, one.end, one) for one in spoken.values()]
    over = {(one.start, one.end) for one in known[group] if one.end < today and one.kind in ("month", "quarter")}
    alone = over - {(start, end) for of, start, end, _own in asked if of == group}
    wanted = [*asked, *((group, start, end, None) for start, end in alone)]
    wanted.sort(key=lambda one: (one[2], one[1], one[3].at.date() if one[3] else one[1]), reverse=True)
    return [
        Score(start, end, of, _beside(known[of], start, end, own), own, came(user, of, start, end))
        for of, start, end, own in wanted[:most]
    ]


def came(user: User | None, group: Group, start: dt.date, end: dt.date) -> Decimal:
    """What was booked in these days, as it is known now."""
    by, pk = group
    where = {} if by == "all" else {by: label_of(by, pk)}
    row = ask.report("booked_revenue", start=start, end=end, where=where, user=user).rows
    return Decimal(str(row[0]["value"])) if row and row[0]["value"] is not None else Decimal(0)


def label_of(by: str, pk: int | None) -> str | None:
    """The label under which numbers know an owner, a team, a source, a pipeline."""
    return None if pk is None else next((label for label, known in ids(by).items() if known == pk), f"#{pk}")


def _seen(sight: Sight, group: Group) -> bool:
    by, pk = group
    return sight.whole(pk if by == "owner" else None, pk if by == "team" else None)


def _beside(known: Sequence[Told], start: dt.date, end: dt.date, own: Version | None) -> Told | None:
    """What the model had said last when somebody spoke, or soon after; else what it said as the time began."""
    known = [one for one in known if (one.start, one.end) == (start, end)]
    if own is not None:
        before = [one for one in known if one.at <= own.at]
        after = [one for one in known if own.at < one.at <= own.at + NEAR]
        return before[-1] if before else after[0] if after else None
    before = [one for one in known if one.on <= start]
    return before[-1] if before else known[0] if known else None


def _told(groups: Iterable[Group]) -> dict[Group, list[Told]]:
    """What was said of each of these groups, the first first; the snapshots are read once."""
    found: dict[Group, list[Told]] = {group: [] for group in groups}
    for row in ForecastSnapshot.objects.order_by("said_at", "pk").iterator():
        for group, lines in found.items():
            lines += told(row.body, row.said_at, row.said_on, *group)
    return found


def _versions(known: dict[int, OwnForecast], changes: Iterable[Change]) -> Iterator[Version]:
    for change in changes:
        amount, row = change.new.get("amount"), known[change.record_id]
        if amount is not None and (change.verb == Change.CREATE or "amount" in change.old):
            at = change.occurred_at
            yield Version(row.pk, row.owner_id, group_of(row), row.start_on, row.end_on, at, Decimal(str(amount)))


def group_of(row: OwnForecast) -> Group:
    """Whose bookings a number is about."""
    if row.whose == Whose.TEAM:
        return ("team", row.team_id)
    return ("all", None) if row.whose == Whose.COMPANY else ("owner", row.owner_id)
