"""Who does what in a sale, in which pod, and who is away (R39)."""

from __future__ import annotations

import datetime as dt

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, SalesRole, User
from leadline.crm.models import Absence, Pod
from leadline.history import members

BEFORE = dt.timedelta(days=400)
DEVELOPING = {  # by name; who sells is a closer, who leads a leader
    "Ellis Moor": SalesRole.INBOUND,
    "Kaya Demir": SalesRole.INBOUND,
    "Jude Okoro": SalesRole.OUTBOUND,
    "Anneke Vos": SalesRole.OUTBOUND,
}
KEEPING = ("Oskar Beck", "Lotte Haas")  # account managers
PODS = (
    ("Hotels", ("Ruth Calder", "Kaya Demir", "Anneke Vos", "Tom Harker", "Luis Ferreira", "Jonas Weil", "Oskar Beck")),
    ("Homes", ("Karl Osei", "Ellis Moor", "Jude Okoro", "Nadia Brandt", "Priya Raman", "Edith Moran", "Lotte Haas")),
)
AWAY = (("Luis Ferreira", -2, 5, "Jonas Weil", "Holiday"), ("Priya Raman", 6, 17, "Nadia Brandt", "Parental leave"))


def appoint(by: Actor, now: dt.datetime) -> None:
    """Roles and pods as they are since a year; one seller is away this week, another one soon."""
    users = {user.name: user for user in User.objects.filter(role__in=(Role.SELLER, Role.LEADER)).order_by("pk")}
    for name, user in users.items():
        members.change(user, by=by, sales_role=_role(name, user))
    for name, people in PODS:
        ids = sorted(users[each].pk for each in people if each in users)
        Pod(name=name, member_ids=ids).add(by=by, at=now - BEFORE)
    today = now.date()
    for name, first, last, stand_in, note in AWAY:
        if name in users and stand_in in users:
            start, end = (today + dt.timedelta(days=days) for days in (first, last))
            Absence(owner=users[name], start_on=start, end_on=end, stand_in=users[stand_in], note=note).add(by=by)


def _role(name: str, user: User) -> str:
    if user.role == Role.LEADER:
        return str(SalesRole.LEADER)
    return str(SalesRole.ACCOUNT_MANAGER if name in KEEPING else DEVELOPING.get(name, SalesRole.CLOSER))
