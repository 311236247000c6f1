"""The one place that decides who may see and who may do what.

Two questions: `seen_by(user, kind)` narrows a query, `may(user, act, record)` answers for one record. Records are open
to everyone, to the owner's team or to the owner (`Visibility`, per kind); a leader reaches whoever is in the teams
below theirs; an administrator reaches everything; a reader changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import Actor
from leadline.accounts.models import Level, Role, User
from leadline.accounts.models.team import family
from leadline.accounts.models.visibility import levels

# What shapes the company rather than a sale: changed by those who lead.
CONFIGURATION = frozenset(
    {
        "pipeline",
        "stage",
        "source",
        "campaign",
        "label",
        "lost_reason",
        "product",
        "currency",
        "rate",
        "custom_field",
        "activity_type",
        "working_week",
        "own_day",
        "target",
        "outcome",
        "hour_rate",
        "playbook",
        "pod",
        "discard_reason",
        "lack",
        "fit_criterion",
        "assignment_rule",
        "door",
        "rule",
    }
)
# Who is in the company and what each may do: changed by administrators.
ADMINISTRATION = frozenset({"user", "team", "visibility"})

# What is guarded by its own owner and nothing else.
OWNED = frozenset({"deal", "lead", "person", "organization"})

REFUSED = {
    "add": gettext_lazy("You may not add this."),
    "change": gettext_lazy("You may not change this."),
    "delete": gettext_lazy("You may not delete this."),
}
REFUSALS = {
    ("add", "deal"): gettext_lazy("You may not add deals."),
    ("change", "deal"): gettext_lazy("You may not change this deal."),
    ("delete", "deal"): gettext_lazy("You may not delete this deal."),
    ("add", "lead"): gettext_lazy("You may not add leads."),
    ("change", "lead"): gettext_lazy("You may not change this lead."),
    ("delete", "lead"): gettext_lazy("You may not delete this lead."),
    ("add", "person"): gettext_lazy("You may not add people."),
    ("change", "person"): gettext_lazy("You may not change this person."),
    ("delete", "person"): gettext_lazy("You may not delete this person."),
    ("add", "organization"): gettext_lazy("You may not add organizations."),
    ("change", "organization"): gettext_lazy("You may not change this organization."),
    ("delete", "organization"): gettext_lazy("You may not delete this organization."),
    ("add", "activity"): gettext_lazy("You may not add activities."),
    ("change", "activity"): gettext_lazy("You may not change this activity."),
    ("delete", "activity"): gettext_lazy("You may not delete this activity."),
    ("add", "note"): gettext_lazy("You may not add notes."),
    ("change", "note"): gettext_lazy("You may not change this note."),
    ("delete", "note"): gettext_lazy("You may not delete this note."),
    ("add", "file"): gettext_lazy("You may not add files."),
    ("delete", "file"): gettext_lazy("You may not delete this file."),
    ("add", "product"): gettext_lazy("You may not add products."),
    ("change", "product"): gettext_lazy("You may not change this product."),
    ("delete", "product"): gettext_lazy("You may not delete this product."),
    ("add", "lost_reason"): gettext_lazy("You may not add lost reasons."),
    ("change", "user"): gettext_lazy("You may not change this user."),
    ("add", "user"): gettext_lazy("You may not add users."),
}

EVERYTHING, NOTHING = Q(), Q(pk__in=[])


def seen_by(user: User, kind: str) -> Q:
    """The condition under which `user` sees records of `kind`; for `Model.objects.visible_to`."""
    if not user.is_active:
        return NOTHING
    if user.is_administrator or kind in CONFIGURATION or kind in ADMINISTRATION:
        return EVERYTHING
    return _reach(user, levels(kind)[0])


def may(user: User, act: str, record: Any) -> bool:
    """Whether `user` may `act` ("add", "change", "delete") on the record, which names its kind by ENTITY.

    Adding to something else (a note to a deal) asks about that as well: `require_place`.
    """
    if not user.is_active or user.role == Role.READER:
        return False
    if user.is_administrator:
        return True
    if record.ENTITY in ADMINISTRATION:
        return False
    if record.ENTITY in CONFIGURATION:
        return user.leads
    if act == "add" or record.pk is None:
        return True
    return _may_change(user, record)


def changeable(user: User, kind: str) -> Q | None:
    """The condition under which `user` may change records of `kind`, for many at once; as `may` says of each.

    None for kinds that are guarded by what they hang on: those are asked about one by one.
    """
    if not user.is_active or user.role == Role.READER:
        return NOTHING
    if user.is_administrator:
        return EVERYTHING
    if kind in ADMINISTRATION or kind in CONFIGURATION:
        return EVERYTHING if kind in CONFIGURATION and user.leads else NOTHING
    if kind not in OWNED:
        return None
    see, change = levels(kind)
    return Q(owner=user) | (_reach(user, see) & _reach(user, change))


def require(by: Actor, act: str, record: Any) -> None:
    """Raises PermissionDenied when the person may not. Leadline itself (no user) may do everything."""
    if by.user is not None and not may(by.user, act, record):
        raise PermissionDenied(refusal(act, record.ENTITY))


def refusal(act: str, kind: str) -> str:
    """To whoever asked, in a whole sentence: other languages bend the kind and the verb."""
    return str(REFUSALS.get((act, kind)) or REFUSED.get(act, REFUSED["change"]))


def require_place(by: Actor, record: Any, before: Mapping[str, Any]) -> None:
    """Whoever hangs a record on another one, new or from elsewhere, must be allowed to change that other one."""
    guard = record.guarded_by()
    if guard is not record and before.get(f"{guard.ENTITY}_id") != guard.pk:
        require(by, "change", guard)


def visible(rows: QuerySet[Any], by: Actor) -> QuerySet[Any]:
    """The rows that the doer may see; kinds without an owner, such as users, are seen by all."""
    see = getattr(rows, "visible_to", None)
    return see(by.user) if see and by.user else rows


def changed_by(user: User, kind: str) -> Q:
    """The condition under which `user` may change records of a kind that have an owner: `may`, for many at once."""
    if not user.is_active or user.role == Role.READER:
        return NOTHING
    if user.is_administrator:
        return EVERYTHING
    see, change = levels(kind)
    return Q(owner=user) | (_reach(user, see) & _reach(user, change))


def owners_changed_by(user: User, kind: str) -> frozenset[int | None] | None:
    """Whose records of a kind `user` may change, as `may` says of each; None for everybody's. None in it: nobody's.

    For many records at once, of which the owners are known: it asks of people, not of records.
    """
    if not user.is_active or user.role == Role.READER:
        return frozenset()
    if user.is_administrator:
        return None
    found: frozenset[int | None] | None = None
    for level in sorted(set(levels(kind)) - {Level.EVERYONE}):
        reached = _owners_reached(user, level)
        found = reached if found is None else found & reached
    return found


def owners_seen_by(user: User, kind: str) -> frozenset[int | None] | None:
    """Whose records of a kind `user` sees, all of them; None for everybody's. None in it: nobody's."""
    if not user.is_active:
        return frozenset()
    level = levels(kind)[0]
    return None if user.is_administrator or level == Level.EVERYONE else _owners_reached(user, level)


def reaches(user: User, level: str, owner: User) -> bool:
    """Whether records of this owner lie within somebody's reach at a level: what the queries answer, for one owner."""
    if not user.is_active:
        return False
    if user.is_administrator or level == Level.EVERYONE or user.pk == owner.pk:
        return True
    if level == Level.OWNER and user.role != Role.LEADER:
        return False
    if user.role == Role.LEADER and user.team_id is not None:
        return owner.team_id in family(user.team_id)
    return owner.team_id == user.team_id


def _may_change(user: User, record: Any) -> bool:
    """Owner first, which costs no query; else whoever both sees the record and may change its kind."""
    guarded = record.guarded_by()
    if user.pk in (getattr(record, "owner_id", None), guarded.owner_id):
        return True
    rows = type(guarded)._base_manager.filter(pk=guarded.pk)
    see, change = levels(guarded.ENTITY)
    return bool(rows.filter(_reach(user, see) & _reach(user, change)).exists())


def _reach(user: User, level: str) -> Q:
    if level == Level.EVERYONE:
        return EVERYTHING
    mine = Q(owner=user)
    if level == Level.TEAM or user.role == Role.LEADER:
        mine |= Q(owner__in=_colleagues(user))
    if level == Level.TEAM or user.leads:
        mine |= Q(owner=None)  # nobody's record is everybody's to pick up
    return mine


def _owners_reached(user: User, level: str) -> frozenset[int | None]:
    """The owners whose records `_reach` lets through, None among them where those without an owner are."""
    owners: set[int | None] = {user.pk}
    if level == Level.TEAM or user.role == Role.LEADER:
        owners |= set(_colleagues(user).values_list("pk", flat=True))
    if level == Level.TEAM or user.leads:
        owners.add(None)
    return frozenset(owners)


def _colleagues(user: User) -> Any:
    """Those of the user's team; for a leader also of the teams below it.

    People without a team are one team: the whole small firm.
    """
    if user.role == Role.LEADER and user.team_id is not None:
        return User.objects.filter(team__in=family(user.team_id))
    return User.objects.filter(team=user.team_id)
