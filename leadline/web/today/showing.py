"""What the page shows: the line at its head, what is to be done, and the regions beside it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from babel import dates
from django.http import HttpRequest

from leadline.accounts.models import Role
from leadline.activities.models import Activity
from leadline.crm.models import LostReason
from leadline.history.numbers import number_of
from leadline.web.activities.rows import ActivityRow, rows_of
from leadline.web.frame.navigation import address
from leadline.web.frame.reader import reader
from leadline.web.pipeline.showing import ending_days
from leadline.web.today import deals, habits, handed_over, offered, reasons, reviews, untouched
from leadline.web.today.day import Day
from leadline.web.today.due import ToDo, to_do, whole
from leadline.web.today.next_things import next_things
from leadline.web.today.whose import led_by

SHOWN, MOST_SHOWN = 25, 200


def surroundings(request: HttpRequest, day: Day) -> dict[str, Any]:
    """Everything that the page draws."""
    found, back = to_do(day), offered.returned(day)
    given = handed_over.region(day)
    elsewhere = {*(given["places"] if given else ()), *(back["places"] if back else ())}
    return {
        "day": day,
        "of": "" if day.own else f"?of={day.person.pk}",
        "led": led_by(day.viewer),
        "head": head(day, found),
        "to_do": listed(request, day, found),
        "held": [*_rows(day, found, found.held)],
        "rotten": deals.rotten(day),
        "unplanned": deals.unplanned(day),
        "offered": offered.waiting(day),
        "returned": back,
        "handed_over": given,
        "untouched": untouched.region(day, elsewhere),
        "reviews": reviews.region(day),
        "goals_at": address("today_goals"),
        "keeps_habits": day.person.role != Role.READER,
        "block": habits.block(day),
        "ten": habits.ten(day),
        "idea_stock": habits.idea_stock(day),
        "digest_at": address("digest"),
        "focus_at": address("today_focus") if day.may_act else "",
        "next_things": next_things(day),
        **(asked(day) if day.may_act else {}),
    }


def head(day: Day, found: ToDo) -> dict[str, Any]:
    """The figures at the top, each with the rows behind it."""
    mine = f"{address('activities')}?owner={day.person.pk}&"
    theirs = f"{address('activities')}?taking_part={'me' if day.own else day.person.pk}&"  # as `due.planned` counts
    return {
        "date": dates.format_date(day.date, "full", locale=reader().locale),
        "due": found.count,
        "overdue": found.overdue,
        "held": len(found.held),
        "done": done_today(day),
        "due_at": theirs + urlencode({"done": "no", "due_at": f"..{day.date.isoformat()}"}),
        "overdue_at": theirs + urlencode({"overdue": "yes"}),
        "done_at": mine + urlencode({"done_at": day.date.isoformat()}),
    }


def done_today(day: Day) -> int:
    rows = Activity.objects.kept().filter(owner=day.person, done_at__gte=day.begins, done_at__lt=day.ends)
    return int(rows.count())


def listed(request: HttpRequest, day: Day, found: ToDo) -> dict[str, Any]:
    """The first of what is to be done, and how many more there are."""
    wanted = min(number_of(request.GET.get("shown", "")) or SHOWN, MOST_SHOWN)
    weighed = found.weighed
    left = len(weighed) - wanted
    query = {**({} if day.own else {"of": day.person.pk}), "shown": min(wanted + 2 * SHOWN, MOST_SHOWN)}
    return {
        "rows": _rows(day, found, weighed[:wanted]),
        "count": found.count - len(found.held),
        "more": f"{address('today')}?{urlencode(query)}#to-do" if left > 0 and wanted < MOST_SHOWN else "",
        "left": found.count - len(found.held) - wanted,
    }


def asked(day: Day) -> dict[str, Any]:
    """What the small questions offer: why a deal is lost, until when it is parked."""
    return {
        "lost_reasons": list(LostReason.objects.kept()),
        "may_add_reason": day.viewer.leads,
        **ending_days(day.date),
    }


def deal_of(row: ActivityRow) -> Any:
    """Its deal, as far as the viewer sees it."""
    return next((record for record in row.on if record.ENTITY == "deal"), None)


def _rows(day: Day, found: ToDo, pks: list[int]) -> list[tuple[Any, str]]:
    """Rows as `activities/parts.html` draws them, each with why it stands there."""
    activities = whole(pks)
    shown = rows_of([activities[pk] for pk in pks if pk in activities], day.viewer, day.now)
    if not day.own:
        for row in shown:
            row.may = False
    return [(row, reasons.why(found.due[row.pk], deal_of(row))) for row in shown]
