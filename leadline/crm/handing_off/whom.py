"""Whom something is handed to: by the path of the giver's pod, in turn or by load, passing over who is away (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils import timezone

from leadline.accounts.models import Role, SalesRole, User
from leadline.crm.assigning.away import away
from leadline.crm.assigning.choosing import NEVER, open_leads
from leadline.crm.models import Absence, Choosing, HandOff, Lead, Organization, Pod
from leadline.crm.offered import Handed
from leadline.history.writing import locked


@dataclass(frozen=True)
class Candidate:
    """Somebody it can be handed to, in their order: `last` they were handed one then, `having` so many open leads.

    (Of won deals: so many organizations.) `absence`: they are away. `by_path`: the giver's pod says so.
    """

    user: User
    by: str
    last: dt.datetime | None
    having: int
    absence: Absence | None
    by_path: bool


def candidates(record: Handed, giver: User | None, now: dt.datetime | None = None) -> list[Candidate]:
    """Those of the roles to which the giver's pods hand such a record, who is next first, who is away last.

    Where the giver is in no pod that hands it on: who closes takes leads, who manages accounts takes won deals.
    """
    by, people, by_path = _by_path(record, giver)
    people = [user for user in people if user.pk != record.owner_id and user.may_own and user.role != Role.READER]
    last, having = _last(people), _having(record, people)
    absent = away(people, now or timezone.now())
    found = [
        Candidate(user, by, last.get(user.pk), having.get(user.pk, 0), absent.get(user.pk), by_path) for user in people
    ]
    return sorted(found, key=_place)


def taker_for(record: Handed, giver: User | None) -> User | None:
    """Whose turn it is; None where nobody is there for it."""
    return next((one.user for one in candidates(record, giver) if one.absence is None), None)


def in_turn() -> None:
    """Whoever else hands on at the same moment waits until this transaction has: turns stay turns."""
    list(locked(Pod.objects.kept()).values_list("pk"))


def _place(one: Candidate) -> tuple[bool, int, dt.datetime, int]:
    load = one.having if one.by == Choosing.LOAD else 0
    return one.absence is not None, load, one.last or NEVER, one.user.pk


def _by_path(record: Handed, giver: User | None) -> tuple[str, list[User], bool]:
    """(how one is chosen, of whom, whether a pod says so)."""
    pods = [pod for pod in Pod.objects.kept() if giver is not None and giver.pk in pod.member_ids]
    for pod in pods:
        for path in pod.paths:
            if giver is not None and path["from"] == giver.sales_role and _leads_on(record, path["to"]):
                found = _of_role(path["to"], pod.member_ids)
                if found:
                    return str(path["by"]), found, True
    role = SalesRole.CLOSER if isinstance(record, Lead) else SalesRole.ACCOUNT_MANAGER
    return str(Choosing.TURN), _of_role(role), False


def _leads_on(record: Handed, role: str) -> bool:
    """Won deals go to who manages accounts, leads to all others."""
    return (role == SalesRole.ACCOUNT_MANAGER) is not isinstance(record, Lead)


def _of_role(role: str, among: Collection[int] | None = None) -> list[User]:
    users = User.objects.filter(sales_role=role)
    return list(users if among is None else users.filter(pk__in=among))


def _last(people: list[User]) -> dict[int, dt.datetime]:
    rows = HandOff.objects.kept().filter(taker__in=people).order_by().values_list("taker_id")
    return dict(rows.annotate(last=Max("handed_at")))


def _having(record: Handed, people: list[User]) -> dict[int, int]:
    if isinstance(record, Lead):
        return open_leads(people)
    rows = Organization.objects.kept().filter(owner__in=people).order_by().values_list("owner_id")
    return dict(rows.annotate(n=Count("pk")))
