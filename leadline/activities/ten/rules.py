"""The rules by which people come onto the list, as somebody has set them: which, in which order, with which numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.accounts.models import User
from leadline.activities.models import Habits
from leadline.crm.models import Label
from leadline.history.numbers import number_of

NOT_CONTACTED, SECOND_DEGREE, ACCOUNTS = "not_contacted", "second_degree", "target_accounts"
REVISITS, IDEAS, NEVER = "revisits", "ideas", "never"
MOST_DAYS = 3650


@dataclass(frozen=True)
class Kind:
    """A rule as people know it; `days` is its usual number, 0 where it takes none; `label` whether it takes a label."""

    name: str
    word: str | Promise
    says: str | Promise
    days: int = 0
    label: bool = False


KINDS = (
    Kind(NOT_CONTACTED, _("Not contacted"), _("People of mine, or whom I know, with whom nobody was in touch"), 90),
    Kind(SECOND_DEGREE, _("Second degree"), _("People where a contact of mine is, whom I have never touched")),
    Kind(
        ACCOUNTS,
        _("Target accounts"),
        _("People at organizations with a label, with whom nobody was in touch"),
        30,
        True,
    ),
    Kind(REVISITS, _("Due revisits"), _("Lost and parked deals and leads of mine whose day has come")),
    Kind(IDEAS, _("Ideas"), _("Ideas of mine that nobody has touched yet")),
)
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Chosen:
    """One rule as it is set."""

    kind: Kind
    on: bool = True
    days: int = 0
    label: int | None = None

    def kept(self) -> dict[str, Any]:
        """As it stands in `Habits.ten_rules`."""
        return {"rule": self.kind.name, "on": self.on, "days": self.days, "label": self.label}


def chosen(habits: Habits) -> list[Chosen]:
    """All rules in their order; those that nobody has set, as usual, at the end."""
    found: dict[str, Chosen] = {}
    for row in _rows(habits):
        kind = BY_NAME.get(str(row.get("rule")))
        if kind is not None and kind.name not in found:
            days = number_of(str(row.get("days", ""))) or kind.days
            found[kind.name] = Chosen(kind, row.get("on") is not False, min(days, MOST_DAYS), _label(row))
    return [*found.values(), *(Chosen(kind, days=kind.days) for kind in KINDS if kind.name not in found)]


def never_label(user: User) -> int | None:
    """The label of whom this person never wants on a list; as long as they have said nothing, "Do not contact"."""
    rows = [row for row in _rows(Habits.of(user)) if row.get("rule") == NEVER]
    if rows:
        return _label(rows[0])
    return Label.objects.kept().filter(name__iexact="do not contact").values_list("pk", flat=True).first()


def choose(user: User, rules: list[Chosen], size: int, never: int | None) -> None:
    """Keep how somebody wants their lists. Raises ValidationError for a size that is none."""
    habits, _made = Habits.objects.get_or_create(user=user)
    habits.ten_size = size
    habits.ten_rules = [*(rule.kept() for rule in rules), {"rule": NEVER, "label": never}]
    habits.full_clean(exclude=["user"])
    habits.save(update_fields=["ten_size", "ten_rules"])


def _rows(habits: Habits) -> list[dict[str, Any]]:
    rows = habits.ten_rules if isinstance(habits.ten_rules, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _label(row: dict[str, Any]) -> int | None:
    label = row.get("label")
    return label if isinstance(label, int) else None
