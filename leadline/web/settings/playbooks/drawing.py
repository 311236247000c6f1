"""The page of one stage's playbook: the draft in its form, or what is published, and the versions before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse

from leadline.accounts.models import User
from leadline.activities.models import ActivityType
from leadline.crm.models import Deal, ItemKind, Participant, Playbook, Stage
from leadline.crm.playbooks import draft_of, published
from leadline.history.models import Change
from leadline.web.settings.changing import NOTHING_WRONG, Wrong, may_change
from leadline.web.settings.frame import draw
from leadline.web.settings.playbooks.typed import Typed, read, shown

PLACE = "playbook"
SHOWN, ROLES = 20, 100  # versions, and roles that the form knows already


@dataclass(frozen=True)
class Version:
    """One that was published, and by whom."""

    book: Playbook
    by: User | None

    @property
    def required(self) -> int:
        return sum(1 for item in self.book.items if item["required"])


def draw_playbook(stage: Stage, request: HttpRequest, wrong: Wrong = NOTHING_WRONG, status: int = 200) -> HttpResponse:
    draft, versions = draft_of(stage), published(stage.pk)
    book = draft or (versions[0] if versions else None)
    refused = wrong.place == PLACE and "items" in wrong.typed
    typed: Typed = read(wrong.typed) if refused else shown(book)
    context: dict[str, Any] = {
        "stage": stage,
        "draft": draft,
        "book": book,
        "typed": typed,
        "seen": last_change(draft),
        "total": sum(_weight(item) for item in typed.items),
        "kinds": ItemKind.choices,
        "types": list(ActivityType.objects.kept().order_by("position", "name")),
        "type_names": dict(ActivityType.objects.values_list("pk", "name")),
        "roles": _roles(),
        "versions": _versions(versions[:SHOWN]),
        "following": (draft.version if draft else (versions[0].version + 1 if versions else 1)),
        "standing": Deal.objects.open().filter(stage=stage).count() if draft else 0,
        "can": may_change(request, Playbook),
        "wrong": wrong,
    }
    return draw(
        request, "settings/playbooks/playbook.html", context, part="settings/playbooks/_playbook.html", status=status
    )


def last_change(draft: Playbook | None) -> int:
    """The number of the last change of a draft; 0 where there is none."""
    if draft is None:
        return 0
    found = Change.objects.filter(entity=Playbook.ENTITY, record_id=draft.pk).aggregate(last=Max("id"))["last"]
    return int(found or 0)


def _versions(books: Sequence[Playbook]) -> list[Version]:
    """Who published each stands in the log."""
    rows = Change.objects.filter(entity=Playbook.ENTITY, record_id__in=[book.pk for book in books], undoes=None)
    by = {change.record_id: change.by_id for change in rows.order_by("id") if "published_at" in change.old}
    by |= {c.record_id: c.by_id for c in rows if c.record_id not in by and c.verb == Change.CREATE}
    users = User.objects.in_bulk({pk for pk in by.values() if pk})
    return [Version(book, users.get(by.get(book.pk) or 0)) for book in books]


def _roles() -> list[str]:
    """Roles that people have on deals already: an item asks for one of them, or for a new one."""
    rows = Participant.objects.kept().exclude(role="").order_by("role").values_list("role", flat=True).distinct()
    return list(rows[:ROLES])


def _weight(item: dict[str, Any]) -> int:
    return int(item["weight"]) if str(item["weight"]).isdigit() else 0
