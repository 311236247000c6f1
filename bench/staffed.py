"""Sellers who can sign in, with a day's work before them: `python -m bench.staffed DATA SELLERS`.

They take the names that the generated files brought, and as many more as are asked for; open deals are shared out anew
so that each has some. It prints the name of the session's cookie and a session for each, as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

from bench.opened import open_leadline

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DUE, GOALS = 12, (("activities_done", "day", 8), ("deals_added", "week", 3), ("activities_done", "week", 40))


def email(number: int) -> str:
    """By which a seller signs in."""
    return f"seller-at-work-{number}@bench.example"


def staff(sellers: int) -> None:
    """Leadline must be open. Twice is once."""
    from leadline.accounts.actors import SYSTEM
    from leadline.accounts.models import Team, User
    from leadline.activities.models import Goal
    from leadline.crm.models import Deal
    from leadline.history import members
    from leadline.history.bulk import change_each

    if User.objects.filter(email=email(0)).exists():
        return
    team, today = Team.objects.order_by("pk").first(), dt.date.today()
    people = []
    for number in range(sellers):
        user = members.add(User(email=email(number), name=f"At work {number}", team=team), by=SYSTEM)
        people.append(user)
        for metric, every, amount in GOALS:
            Goal(owner=user, metric=metric, every=every, amount=amount, start_on=today).add(by=SYSTEM)
    numbers = list(Deal.objects.open().order_by("pk").values_list("pk", flat=True))
    for place, user in enumerate(people):

        def take(deal: Any, user: Any = user) -> None:
            deal.owner = user

        change_each(Deal.objects.filter(pk__in=numbers[place::sellers][:80]), take, by=SYSTEM)
    _plan(people, today)


def _plan(people: list[Any], today: dt.date) -> None:
    """Some activities of each are overdue, some due today, some later."""
    from leadline.accounts.actors import SYSTEM
    from leadline.activities.models import Activity, ActivityType
    from leadline.crm.models import Deal

    kinds = list(ActivityType.objects.kept()[:3])
    for user in people:
        deals = Deal.objects.open().filter(owner=user).order_by("pk")[:DUE]
        for place, deal in enumerate(deals):
            due = dt.datetime.combine(today + dt.timedelta(days=place % 4 - 1), dt.time(9 + place % 8), dt.UTC)
            Activity(owner=user, type=kinds[place % len(kinds)], deal=deal, due_at=due, subject="Speak").add(by=SYSTEM)


def sessions(sellers: int) -> list[str]:
    """One for each, as signing in makes them: the cookie's name first."""
    from django.conf import settings
    from django.test import Client

    from leadline.accounts.models import User

    found = [settings.SESSION_COOKIE_NAME]
    for number in range(sellers):
        client = Client()
        client.force_login(User.objects.get(email=email(number)), backend=BACKEND)
        found.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return found


if __name__ == "__main__":
    open_leadline(Path(sys.argv[1]), os.environ.get("DATABASE_URL", ""))
    staff(int(sys.argv[2]))
    print(json.dumps(sessions(int(sys.argv[2]))))
