"""What somebody works through while they sit to a block: whom, in which order, by which type of activity."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.activities.ideas import ideas_of
from leadline.activities.models import Activity, ActivityType, Block, Sitting, Work
from leadline.crm.listing.sorting import page as page_of
from leadline.crm.models import Deal, View
from leadline.web.frame.names import linked
from leadline.web.frame.reader import reader
from leadline.web.lists.asked import asked_of
from leadline.web.lists.kinds import KINDS

LISTS: dict[str, str | Promise] = {
    "ideas": _("Targets not yet contacted"),
    "due": _("Calls and e-mails that are due"),
    "rotten": _("Rotten deals"),
}
WORKED = ("lead", "deal", "person")  # what saved views may be of
REACHING = ("phone", "mail", "message", "send")  # how the icons of types begin by which one reaches somebody
MOST = 200  # people in one sitting


@dataclass(frozen=True)
class Target:
    """Somebody to get in touch with: a record, and the planned activity that is due on it (0: none)."""

    kind: str
    pk: int
    planned: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}-{self.planned}" if self.planned else f"{self.kind}-{self.pk}"

    @classmethod
    def read(cls, key: str) -> Target | None:
        """The way back from `key`; None for what is none."""
        kind, *numbers = key.split("-")
        if kind not in WORKED or len(numbers) not in (1, 2) or not all(n.isascii() and n.isdigit() for n in numbers):
            return None
        return cls(kind, *(int(number[:18]) for number in numbers))


def targets(block: Block, user: User, sitting: Sitting, now: dt.datetime) -> list[Target]:
    """The list of a block in its order, without those who were spoken to in this sitting."""
    name = list_of(block)
    seen = _spoken_to(sitting)
    found = {"ideas": _ideas, "due": _due, "rotten": _rotten}.get(name)
    rows = found(user, now) if found else _of_view(user, name)
    return [one for one in dict.fromkeys(rows) if (one.kind, one.pk) not in seen]


def list_of(block: Block) -> str:
    """The one chosen, else what suits the kind of work."""
    usual = "ideas" if block.work == Work.PROSPECTING else "due"
    return str(block.through.get("list") or usual)


def lists_for(user: User) -> list[tuple[str, str]]:
    """What there is to choose from: the ready ones, and the saved views that the person sees."""
    views = View.objects.visible_to(user).kept().filter(kind__in=WORKED).order_by("name", "pk")
    return [*((name, str(word)) for name, word in LISTS.items()), *((str(one.pk), one.name) for one in views)]


def type_of(block: Block, types: list[ActivityType]) -> ActivityType | None:
    """By which type outcomes are logged: the one chosen, else the first that reaches somebody, else any."""
    chosen = next((one for one in types if one.pk == block.through.get("type")), None)
    reaching = next((one for one in types if one.icon.startswith(REACHING)), None)
    return chosen or reaching or next(iter(types), None)


def _spoken_to(sitting: Sitting) -> set[tuple[str, int]]:
    rows = Activity.objects.kept().filter(owner=sitting.owner_id, external_id__startswith=f"sitting-{sitting.pk}-")
    found = rows.filter(done_at__isnull=False).values_list("lead_id", "deal_id", "person_id")
    return {(kind, pk) for row in found for kind, pk in zip(WORKED, row, strict=True) if pk}


def _ideas(user: User, now: dt.datetime) -> list[Target]:
    rows = ideas_of(user).order_by("created_at", "pk").values_list("pk", flat=True)
    return [Target("lead", pk) for pk in rows[:MOST]]


def _rotten(user: User, now: dt.datetime) -> list[Target]:
    rows: Any = Deal.objects.visible_to(user).filter(owner=user) & Deal.objects.rotten(now)
    return [Target("deal", pk) for pk in rows.order_by("-value_base", "pk").values_list("pk", flat=True)[:MOST]]


def _due(user: User, now: dt.datetime) -> list[Target]:
    """The longest overdue first; of several on one record the first."""
    end = now.astimezone(reader().zone).replace(hour=23, minute=59, second=59)
    types = [one.pk for one in ActivityType.objects.all() if one.icon.startswith(REACHING)]
    rows = Activity.objects.planned().filter(owner=user, due_at__lte=end, type__in=types)
    found: dict[tuple[str, int], Target] = {}
    for pk, *hooks in rows.values_list("pk", "lead_id", "deal_id", "person_id")[: MOST * 2]:
        for kind, on in zip(WORKED, hooks, strict=True):
            if on:
                found.setdefault((kind, on), Target(kind, on, pk))
                break
    return list(found.values())[:MOST]


def _of_view(user: User, number: str) -> list[Target]:
    """Those of a saved view in its order; none where it is gone."""
    view = View.objects.visible_to(user).kept().filter(kind__in=WORKED, pk=number if number.isdigit() else 0).first()
    if view is None:
        return []
    ask = asked_of(KINDS[view.kind], user, QueryDict(f"view={view.pk}"))
    return [Target(view.kind, row.pk) for row in page_of(ask.rows, ask.sort, linked(), size=MOST)]
