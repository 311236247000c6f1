"""Sources, teams and owners to choose from, by the labels under which the numbers know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from leadline.accounts.models import Team, User
from leadline.crm.models import Deal, Source

Choices = list[tuple[str, str]]


def sources() -> Choices:
    """Every source."""
    return _labelled((row.name, f"#{row.pk}") for row in Source.objects.kept())


def teams() -> Choices:
    """Every team."""
    return _labelled((row.name, f"#{row.pk}") for row in Team.objects.all())


def owners(user: User) -> Choices:
    """Who owns a deal that the user may see."""
    owning = Deal.objects.visible_to(user).order_by().values("owner").distinct()
    people = User.objects.filter(pk__in=owning)
    return _labelled((str(person), person.email or f"#{person.pk}") for person in people)


def _labelled(named: Iterable[tuple[str, str]]) -> Choices:
    """Where two share a name, the numbers tell them apart by what stands in brackets."""
    rows = sorted(named, key=lambda row: row[0].casefold())
    often = Counter(name for name, _hint in rows)
    labels = [f"{name} ({hint})" if often[name] > 1 else name for name, hint in rows]
    return [(label, label) for label in labels]
